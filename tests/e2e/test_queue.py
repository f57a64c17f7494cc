"""The moderation queue in a browser: by keyboard alone, by thumb, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

QUEUE = "/moderation/"


def focused(page):
    """Return the id of what has the focus."""
    return page.evaluate("document.activeElement.id")


def first_that_can_be_kept(page):
    """Return the id of the first case with a button to keep it, and go there with J."""
    case = page.locator("[data-case]:has([data-tap=a])").first.get_attribute("id")
    for _ in range(page.locator("[data-case]").count()):
        page.keyboard.press("j")
        if focused(page) == case:
            return case
    raise AssertionError("J does not reach it.")


def test_a_keyboard_claims_decides_and_undoes(new_page):
    page = new_page(who="mo")
    page.goto(QUEUE)
    number = page.locator("[data-case]").count()
    case = first_that_can_be_kept(page)

    page.keyboard.press("c")
    expect(page.locator(f"#{case} .case-who", has_text="You’re on it")).to_be_visible()
    page.wait_for_function("id => document.activeElement.id === id", arg=case)
    page.keyboard.press("a")
    expect(page.locator(f"#{case}.case-done")).to_contain_text("Kept as it is.")
    page.wait_for_function("id => document.activeElement.id === id", arg=case)
    page.keyboard.press("u")

    expect(page.locator("#messages")).to_contain_text("Undone.")
    expect(page.locator("[data-case]")).to_have_count(number)


def test_keys_stay_letters_where_somebody_types(new_page):
    page = new_page(who="mo")
    page.goto(QUEUE)
    case = first_that_can_be_kept(page)

    page.keyboard.press("m")
    page.keyboard.type("just a hack?")

    assert page.locator(f"#{case} [name=reason]").input_value() == "just a hack?"
    expect(page.locator("[data-keys][open]")).to_have_count(0)


def test_a_question_mark_lists_the_shortcuts_and_escape_closes_them(new_page):
    page = new_page(who="mo")
    page.goto(QUEUE)

    page.keyboard.press("?")
    expect(page.locator("[data-keys] .pop")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("[data-keys] .pop")).to_be_hidden()
    assert page.url.endswith(QUEUE)


def test_a_reply_is_filled_in_at_once(new_page):
    page = new_page(who="mo")
    page.goto(QUEUE)
    first_that_can_be_kept(page)
    page.keyboard.press("m")

    page.locator("[data-more][open] [data-reply=kinder]").click()

    expect(page.locator("[data-more][open] [name=reply]")).to_have_value(re.compile("^You may well be right"))
    assert page.url.endswith(QUEUE)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_without_javascript_a_case_is_kept_and_taken_back(new_page, width):
    page = new_page(width, who="mo", javascript=False)
    page.goto(QUEUE)
    case = page.locator("[data-case]:has([data-tap=a])").first.get_attribute("id")

    page.locator(f"#{case} [data-tap=a]").click()
    expect(page.locator(f"#{case}")).to_have_count(0)
    page.locator("#messages form button").click()

    expect(page.locator(f"#{case}")).to_have_count(1)


def test_news_leave_what_is_typed_alone(new_page):
    page = new_page(who="mo")
    page.goto(QUEUE)
    first_that_can_be_kept(page)
    page.keyboard.press("m")
    page.keyboard.type("half a thought")

    with page.expect_response("**/moderation/news/**"):
        page.evaluate("document.querySelector('[data-queue-news]').dispatchEvent(new CustomEvent('queue:look'))")
    page.wait_for_timeout(200)

    assert page.locator("[data-more][open] [name=reason]").input_value() == "half a thought"
    assert page.evaluate("document.activeElement.name") == "reason"
