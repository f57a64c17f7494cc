"""The library of ready texts: edited by administrators, through the action that logs it."""

import pytest

from forum.models import LogEntry, Reply
from tests.admin.filling import errors_of, save
from tests.support.records import everything

ADD = "/admin/forum/reply/add/"
PATH = "/admin/forum/reply/worried/change/"
NEW = {"title": "Thank you!", "kind": "message", "text": "Thank you for telling us.", "position": "3"}


def test_a_change_is_saved_and_logged(ada, signed_in):
    answer = save(signed_in(ada), PATH, text="How are you today?")

    assert answer.status_code == 302
    assert Reply.objects.get(key="worried").text == "How are you today?"
    entry = LogEntry.objects.get()
    assert (entry.verb, entry.actor, entry.thing) == ("configuration.saved", ada, "Reply:worried")


@pytest.mark.parametrize(("title", "key"), [("Thank you!", "thank_you"), ("Worried", "worried_2"), ("謝謝", "text")])
def test_a_new_text_gets_a_key_of_its_own(ada, signed_in, title, key):
    save(signed_in(ada), ADD, **{**NEW, "title": title})

    assert Reply.objects.get(key=key).title == title


def test_a_text_without_words_and_too_long_a_reason_are_refused(ada, signed_in):
    browser, before = signed_in(ada), everything()

    empty = save(browser, ADD, **{**NEW, "text": " "})
    long = save(browser, ADD, **{**NEW, "kind": "suspension", "text": "x" * 501})

    assert list(errors_of(empty)) == ["text"]
    assert errors_of(long) == {"text": ["Keep the reason of a suspension to 500 characters."]}
    assert everything() == before


@pytest.mark.usefixtures("ann")
def test_what_is_not_offered_any_more_leaves_the_forms(mo, signed_in):
    client = signed_in(mo)
    assert 'value="worried"' in client.get("/moderation/members/ann/write/").content.decode()

    Reply.objects.filter(key="worried").update(is_active=False)

    assert 'value="worried"' not in client.get("/moderation/members/ann/write/").content.decode()


def test_moderators_read_and_do_not_change(mo, signed_in):
    browser, before = signed_in(mo), everything()

    assert browser.get("/admin/forum/reply/").status_code == 200
    assert (browser.get(ADD).status_code, browser.post(PATH, NEW).status_code) == (403, 403)
    assert everything() == before
