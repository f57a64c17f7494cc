"""Somebody in danger writes, in a browser: help lines while they write and after posting, and a moderator's email."""

import pytest
from playwright.sync_api import expect

from tests.support.mails import newest_mail_to, words_of

SENTENCE = "I want to kill myself tonight, I have the pills ready"
NOBODY_HELPS = "My neighbours are loud and I am tired"


@pytest.mark.parametrize("who", ["guest", "newt"])
def test_the_card_comes_while_writing_and_after_posting_and_a_moderator_has_mail(new_page, server, who):
    page = new_page("phone", who=who)
    page.goto("/ask/")
    page.locator("[name=title]").fill(f"What is left for me, asks {who}")
    with page.expect_response("**/care/") as quiet:
        page.locator("[name=body]").press_sequentially(NOBODY_HELPS)
    card = page.locator("form .care-card")
    assert (quiet.value.status, card.count()) == (204, 0)

    page.locator("[name=body]").press_sequentially(f". {SENTENCE}")
    expect(card).to_be_visible()
    post = page.get_by_role("button", name="Post question")
    lines, button = card.locator("a[href^='tel:']").first, post.bounding_box()
    assert lines.bounding_box()["y"] < button["y"]
    page.locator("[name=category]").select_option(index=1)
    page.wait_for_timeout(2_000)  # nobody writes a question in less than three seconds
    post.click()

    top = page.locator("#messages .care-card")
    expect(top.locator("a[href^='tel:']").first).to_be_in_viewport()
    letter = newest_mail_to(server, "Mo.Keeper@example.org", about="Please check the moderation queue now")
    assert "someone may be in danger" in words_of(letter)
    page.reload()
    expect(page.locator("#messages .care-card")).to_have_count(0)


def test_a_comment_in_danger_leads_to_the_top_of_its_page(new_page, scene):
    page = new_page("phone", who="bob")
    page.goto(scene["posts"]["hebrew"]["path"])
    page.get_by_role("link", name="Add a comment").first.click()
    page.locator("form[action$='/comment/'] [name=body]").fill(SENTENCE)
    expect(page.locator("form[action$='/comment/'] .care-card")).to_be_visible()

    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#messages .care-card a[href^='tel:']").first).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_country_and_its_numbers_stand_on_the_first_screen_of_a_phone(new_page, javascript):
    page = new_page("phone", javascript=javascript)
    page.goto("/help/crisis/")
    page.locator("#country").select_option("es")
    page.get_by_role("button", name="Show").click()

    calls = page.locator("a.call")
    expect(page.locator("#here-h")).to_have_text("Spain")
    expect(calls.nth(0)).to_be_in_viewport(ratio=1)
    expect(calls.nth(1)).to_be_in_viewport(ratio=1)
    assert calls.nth(0).bounding_box()["height"] >= 52
    page.goto("/search/?q=quiero+morir")
    expect(page.locator(".care-card a[href='tel:024']")).to_be_in_viewport(ratio=1)
