"""The server and the browser of the end-to-end tests; `make e2e` runs them."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.support.server import running_server

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
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items):
    """Mark what lies here, so that the quick run leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def server():
    """A seeded forum in processes of its own."""
    with running_server() as running:
        yield running


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
def new_page(browser, server):
    """Open a page as a new visitor: `new_page("phone", dark=True, javascript=False)`.

    The test fails when any of its pages raised an error in JavaScript or broke the Content-Security-Policy.
    """
    contexts, complaints = [], []

    def open_page(width="desk", *, dark=False, javascript=True):
        context = browser.new_context(
            base_url=server.url,
            viewport=WIDTHS[width],
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
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
