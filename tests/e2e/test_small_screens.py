"""Phones and large letters: nothing scrolls sideways, and what opens is in view."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_every_page import SIDEWAYS

LARGE = 32  # pixels, twice a browser's own
IN_VIEW = """(pop) => {
  const box = pop.getBoundingClientRect();
  const bar = document.querySelector(".tabbar").getBoundingClientRect();
  return [box.left >= 0, box.right <= innerWidth, box.top >= 0, box.bottom <= (bar.height ? bar.top : innerHeight)];
}"""
PAGES = {
    "guest": ["/", "/ask/", "/search/?q=sleep", "/accounts/signup/", "/help/crisis/", "{main[path]}"],
    "ann": ["/following/", "/settings/notifications/", "/inbox/", "{main[path]}", "/posts/{main[id]}/edit/"],
    "mo": ["/moderation/"],
}
# A click of Playwright's would first scroll it to the middle.
OPEN_AT_THE_FOOT = """one => {
  scrollTo(0, one.getBoundingClientRect().bottom + scrollY - innerHeight + 10);
  one.querySelector("summary").click();
}"""


@pytest.mark.parametrize("who", PAGES)
def test_letters_twice_as_large_push_no_page_sideways(new_page, scene, who):
    page = new_page("phone", who=who)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": LARGE}})
    found = {}
    for path in PAGES[who]:
        page.goto(path.format(**scene["posts"]))
        size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        found[path] = (size, page.evaluate(SIDEWAYS))

    assert found == {path: (f"{LARGE}px", []) for path in PAGES[who]}


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_menus_of_a_phone_open_in_view(new_page, scene, javascript):
    page = new_page("phone", who="ann", javascript=javascript)
    found = []
    for path, menu in [
        ("/", ".list-head details.menu"),
        ("/", ".site-head details.menu:not([data-bell-menu])"),
        (scene["posts"]["main"]["path"], ".acts details.menu"),
    ]:
        page.goto(path)
        summary = page.locator(f"{menu} > summary").first
        summary.scroll_into_view_if_needed()
        summary.click()
        expect(page.locator(f"{menu} > .pop").first).to_be_visible()
        found.append(page.locator(f"{menu} > .pop").first.evaluate(IN_VIEW))

    assert found == [[True] * 4] * 3


def test_a_menu_at_the_foot_of_a_window_opens_upwards(new_page, scene):
    page = new_page(who="ann")
    page.goto(scene["posts"]["main"]["path"])
    menu = page.locator(".acts details.menu").first
    menu.evaluate(OPEN_AT_THE_FOOT)

    expect(menu).to_have_class("menu up")
    assert menu.locator("> .pop").evaluate(IN_VIEW) == [True] * 4


def test_the_search_of_a_phone_leads_into_its_field(new_page):
    page = new_page("phone")
    page.goto("/")

    page.locator(".head-act").get_by_role("link", name="Search").click()

    expect(page.locator("#page-search")).to_be_focused()
