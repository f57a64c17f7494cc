"""Take the README's two screenshots: `python -m tests.support.screenshots`, on a demo site that is gone afterwards."""

import io
import os
import shutil
import sys
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM_FLAGS
from tests.support.server import ROOT, running_server

FOLDER = ROOT / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 900}
COLOURS = 160  # enough for drawings and text; a third of the bytes of full colour
MOST_BYTES = 150_000
QUESTION = "How do you make a friend after thirty-five?"


def main() -> int:
    """Write both pictures; return 1 when one is too heavy for a README."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print("The screenshots need Chromium (Debian: apt-get install chromium).")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with running_server(DATABASE_URL="", TRUSTED_PROXIES="0") as server, sync_playwright() as playwright:
        server.manage("seed", "--demo")
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM_FLAGS)
        page = browser.new_page(base_url=server.url, viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto("/")
        home = _keep(page, "home.png")
        page.goto(f"/search/?q={quote(QUESTION)}")
        page.get_by_role("link", name=QUESTION).click()
        question = _keep(page, "question.png")
        browser.close()
    return 0 if max(home, question) < MOST_BYTES else 1


def _keep(page: Page, name: str) -> int:
    """Save what the window shows, in few colours; return its bytes."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)
    weight = (FOLDER / name).stat().st_size
    print(f"docs/screenshots/{name}: {weight:,} bytes")
    return weight


if __name__ == "__main__":
    sys.exit(main())
