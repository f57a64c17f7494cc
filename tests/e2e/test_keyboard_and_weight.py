"""A keyboard reaches everything, right to left breaks nothing, and pages stay light."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.e2e.test_every_page import SIDEWAYS

TABS_MOST = 120
BYTES_MOST = 60 * 1024
OVERLAPS = """() => {
  const isShown = (one) => one.offsetParent && one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const controls = [...document.querySelectorAll("header a, header button, header input, header summary, .acts a, .acts button, .acts summary")]
    .filter(isShown).filter((one) => !one.closest(".vh, .skip, .pop"));
  const boxes = controls.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([other, b]) => meet(a, b) && !one.contains(other) && !other.contains(one))
    .map(([other]) => `${one.outerHTML.slice(0, 80)} meets ${other.outerHTML.slice(0, 80)}`));
}"""


def tab_to(page, selector):
    """Press Tab until what matches has the focus."""
    for _ in range(TABS_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}.")


def test_the_first_tab_skips_to_the_content(new_page):
    page = new_page()
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_keyboard_votes_and_answers(new_page, scene):
    page = new_page(who="mo")
    page.goto(scene["posts"]["hebrew"]["path"])
    vote = f"#vote-{scene['posts']['hebrew']['id']} button"

    tab_to(page, vote)
    page.keyboard.press("Enter")
    expect(page.locator(vote).first).to_have_attribute("aria-pressed", "true")
    # What was pressed keeps the focus, although htmx has put a new one in its place.
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=vote)

    tab_to(page, "#answer [name=body]")
    page.keyboard.type("Typed and sent by keyboard.")
    tab_to(page, "#answer button.btn-primary")
    page.keyboard.press("Enter")

    expect(page.locator(".answer .prose", has_text="Typed and sent by keyboard.")).to_have_count(1)


def test_a_menu_opens_by_enter_and_closes_by_escape(new_page):
    page = new_page(who="ann")
    page.goto("/")
    menu = ".site-head details.menu:not([data-bell-menu]) > summary"
    list_of_it = page.locator(".site-head .pop", has_text="Signed in as")

    tab_to(page, menu)
    page.keyboard.press("Enter")
    expect(list_of_it).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(list_of_it).to_be_hidden()
    assert page.evaluate("selector => document.activeElement.matches(selector)", menu)


def test_a_slash_goes_to_the_search_and_stays_a_letter_in_a_text(new_page):
    page = new_page()
    page.goto("/ask/")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.locator("main [name=title]").press_sequentially("and/or")

    assert page.locator("main [name=title]").input_value() == "and/or"


@pytest.mark.parametrize("name", ["home", "question", "ask"])
def test_a_page_weighs_less_than_60_kilobytes(new_page, scene, name):
    page = new_page()
    parts = []
    page.on("response", lambda one: parts.append(one))  # noqa: PLW0108 (Playwright cannot call a list's own method)

    page.goto({"home": "/", "question": scene["posts"]["main"]["path"], "ask": "/ask/"}[name], wait_until="networkidle")

    counted = [one for one in parts if one.request.resource_type in {"document", "stylesheet", "script"}]
    weights = {one.url: len(gzip.compress(one.body(), 6)) for one in counted}
    assert sum(weights.values()) < BYTES_MOST, weights
    assert {one.request.resource_type for one in counted} == {"document", "stylesheet", "script"}


def test_nothing_comes_from_elsewhere(new_page, scene, server):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(scene["posts"]["main"]["path"], wait_until="networkidle")

    assert [url for url in asked if not url.startswith(server.url)] == []


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("path", ["/", "{main[path]}", "{hebrew[path]}", "/ask/"])
def test_neither_direction_overlaps_or_scrolls(new_page, scene, path, direction, width):
    page = new_page(width, who="ann")
    page.goto(path.format(**scene["posts"]))

    page.evaluate("direction => { document.documentElement.dir = direction; }", direction)

    assert (page.evaluate(SIDEWAYS), page.evaluate(OVERLAPS)) == ([], [])
