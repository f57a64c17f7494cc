"""Typed without a connection, in two tabs, or just before a preview: every text is still there."""

import re

from playwright.sync_api import expect

from tests.e2e.test_main_journey import HUMAN_MILLISECONDS
from tests.e2e.test_shared_computer import kept

OFFLINE = "You seem to be offline, so this was not sent."
STATUS = "[data-draft-status]"


def fill(page, title, body):
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill(body)


def choose_topic(page):
    topic = page.locator("[name=category]")
    topic.select_option(topic.locator("option:not([value='']):not([disabled])").first.get_attribute("value"))


def drafts_of(page):
    other = page.context.new_page()
    other.goto("/drafts/")
    titles = other.locator("article h3").all_inner_texts()
    other.close()
    return sorted(titles)


def test_a_question_written_offline_stays_on_the_page_until_it_is_posted(new_page):
    page = new_page()
    page.goto("/ask/")
    choose_topic(page)
    fill(page, "Who is awake at four with me?", "I lie here.")
    expect(page.locator(STATUS).first).to_have_text(re.compile("Draft saved"))
    page.context.set_offline(True)
    fill(page, "Who is awake at four with me?", "I lie here and listen.")

    page.get_by_role("button", name="Post question").click()
    expect(page.locator("#messages")).to_contain_text(f"{OFFLINE} Your text is still here.")
    expect(page.locator("[name=body]")).to_have_value("I lie here and listen.")
    (copy,) = kept(page)
    assert "I lie here and listen." in copy
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[name=body]")).to_have_value("I lie here and listen.")
    page.wait_for_timeout(HUMAN_MILLISECONDS)
    page.get_by_role("button", name="Post question").click()

    expect(page.locator("h1")).to_have_text("Who is awake at four with me?")
    assert (kept(page), drafts_of(page)) == ([], [])


def test_a_server_out_of_reach_leaves_the_form_and_a_vote_speaks_of_no_text(new_page, scene):
    page = new_page(who="newt")
    page.goto(scene["posts"]["noted"]["path"])
    page.locator("#answer [name=body]").fill("An answer into the void.")
    page.route("**", lambda route: route.abort())

    page.get_by_role("button", name="Post answer").click()
    expect(page.locator("#messages")).to_contain_text(f"{OFFLINE} Your text is still here.")
    expect(page.locator("#answer [name=body]")).to_have_value("An answer into the void.")
    page.context.set_offline(True)
    page.locator("form[action$='/vote/'] button").first.click()

    expect(page.locator("#messages")).to_contain_text(f"{OFFLINE} Try again once you are connected.")
    assert len(kept(page)) == 1


def test_two_tabs_keep_two_questions_and_posting_one_leaves_the_other(new_page):
    one = new_page()
    one.goto("/ask/")
    fill(one, "How do I sleep alone?", "My bed is cold since he left us in March.")
    expect(one.locator(STATUS).first).to_have_text(re.compile("Draft saved"))
    other = one.context.new_page()
    other.goto("/ask/")
    expect(other.locator("[name=title]")).to_have_value("How do I sleep alone?")
    fill(other, "What if my boss shouts?", "Every Monday meeting ends in tears for me.")
    expect(other.locator(STATUS).first).to_have_text("Draft saved")

    both = drafts_of(one)
    choose_topic(other)
    other.get_by_role("button", name="Post question").click()
    expect(other.locator("h1")).to_have_text("What if my boss shouts?")

    assert both == ["How do I sleep alone?", "What if my boss shouts?"]
    assert drafts_of(one) == ["How do I sleep alone?"]


def test_a_preview_without_script_keeps_the_text(new_page, scene):
    page = new_page(who="bob", javascript=False)
    page.goto(scene["posts"]["main"]["path"])
    page.locator("#answer [name=body]").fill("The last words before the preview.")

    page.locator("#answer").get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview-h")).to_be_visible()
    page.locator("h1 a").click()

    expect(page.locator("#answer [name=body]")).to_have_value("The last words before the preview.")
