"""The server and the browser of the end-to-end tests; `make e2e` runs them."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.support.server import ROOT, running_server

HERE = Path(__file__).parent

# A container has no sandbox and no graphics; the rest keeps Chromium from calling home while it is tested.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds for what takes tens of them on a machine that does nothing else.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items):
    """Mark what lies here, so that the quick run leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def server():
    """A seeded forum in processes of its own, behind one proxy: the tests say where each visitor comes from."""
    with running_server(TRUSTED_PROXIES="1") as running:
        yield running


@pytest.fixture(scope="session")
def scene(server):
    """What `tests.support.scene` put on the server: sessions of people, posts, names."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.scene"],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def new_household():
    """Return the headers of visitors whom nobody has seen: limits count them for themselves."""
    homes = itertools.count(1)

    def headers():
        home = next(homes)
        return {"X-Forwarded-For": f"198.51.{home // 250}.{home % 250 + 1}"}

    return headers


@pytest.fixture(scope="session")
def new_context(browser, server, scene, new_household):
    """Open a browser as somebody: `new_context("phone", who="ann")`; each is a household of its own."""

    def open_context(width="desk", *, who="guest", dark=False, javascript=True):
        context = browser.new_context(
            base_url=server.url,
            viewport=WIDTHS[width],
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            extra_http_headers=new_household(),
        )
        context.set_default_timeout(PATIENCE)
        cookies = {"session": scene["sessions"].get(who), "guest": scene["guests"].get(who)}
        for name, value in cookies.items():
            if value:
                context.add_cookies([{"name": name, "value": value, "url": server.url}])
        return context

    return open_context


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium with an empty profile; CHROMIUM names another one."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "The browser tests need Chromium (Debian: apt-get install chromium)."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(new_context):
    """Open a page as a new visitor: `new_page("phone", dark=True, javascript=False, who="ann")`.

    The test fails when any of its pages raised an error in JavaScript or broke the Content-Security-Policy.
    """
    contexts, complaints = [], []

    def open_page(width="desk", **options):
        context = new_context(width, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page on a desk's screen, in the light, with JavaScript."""
    return new_page()
