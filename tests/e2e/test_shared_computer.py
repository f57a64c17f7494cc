"""What a form leaves on a device that the next person uses too."""

import json
import re

from playwright.sync_api import expect

KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('draft:')).map(([, value]) => value)"


def kept(page):
    """Return what the drafts script keeps on this device."""
    return page.evaluate(KEPT)


def type_a_question(page):
    form = page.locator("form[action='/ask/']")
    form.locator("[name=guest_name]").fill("Early Bird")
    form.locator("[name=guest_email]").fill("bird@example.org")
    form.locator("[name=title]").fill("Who reads this after me?")


def test_nothing_stays_here_once_the_server_has_it(new_page):
    page = new_page()
    page.goto("/ask/")
    type_a_question(page)

    expect(page.locator("[data-draft-status]").first).to_have_text(re.compile("Draft saved"))
    assert kept(page) == []
    page.locator("[name=title]").fill("Who reads this after I left?")
    page.goto("/help/")
    assert kept(page) == []


def test_a_text_that_could_not_be_sent_stays_without_who_typed_it_and_comes_back(new_page):
    page = new_page()
    page.goto("/ask/")
    page.route("**/drafts/save/**", lambda route: route.abort())
    type_a_question(page)
    expect(page.locator("[data-draft-status]").first).to_have_text(re.compile("Draft kept on this device"))

    (text,) = kept(page)
    assert "Who reads this after me?" in text
    assert [word for word in ("Early Bird", "bird@example.org") if word in text] == []
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("Who reads this after me?")


def test_what_is_older_than_a_day_is_gone(new_page):
    page = new_page()
    page.goto("/help/")
    old = json.dumps({"at": 0, "fields": json.dumps([["title", "Yesterday's secret"]])})
    page.evaluate("([old]) => { localStorage.setItem('draft:x', old); localStorage.setItem('draft:y', '[]'); }", [old])

    page.goto("/ask/")

    expect(page.locator("[name=title]")).to_have_value("")
    assert kept(page) == []
