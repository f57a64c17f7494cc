"""The reasons to report and to close: edited by administrators, through the action that logs it."""

import pytest

from forum.actions import closing, configuring, flagging, undoing
from forum.models import CloseReason, FlagReason, LogEntry
from tests.admin.filling import errors_of, said, save
from tests.factories import make_question
from tests.support.records import everything

FLAGS, CLOSES = "/admin/forum/flagreason/", "/admin/forum/closereason/"
NEW_FLAG = {"label": "Too loud", "hint": "Shouts", "icon": "chat", "urgency": "3", "position": "9", "for_posts": True}
NEW_CLOSE = {"label": "Too broad", "sentence": "This question is closed.", "position": "9"}


@pytest.mark.parametrize(
    ("path", "table", "thing"),
    [
        (f"{FLAGS}unkind/change/", FlagReason, "FlagReason:unkind"),
        (f"{CLOSES}heated/change/", CloseReason, "CloseReason:heated"),
    ],
)
def test_a_change_is_saved_and_logged_and_taken_back(path, table, thing, ada, signed_in):
    before = list(table.objects.order_by("pk").values())

    answer = save(signed_in(ada), path, label="Said otherwise")

    entry = LogEntry.objects.get()
    assert (answer.status_code, table.objects.filter(label="Said otherwise").count()) == (302, 1)
    assert (entry.verb, entry.actor, entry.thing) == ("configuration.saved", ada, thing)
    undoing.undo_entry(ada, entry)
    assert list(table.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("path", "table", "typed", "key"),
    [
        (FLAGS, FlagReason, NEW_FLAG, "too_loud"),
        (FLAGS, FlagReason, {**NEW_FLAG, "label": "Spam"}, "spam_2"),
        (FLAGS, FlagReason, {**NEW_FLAG, "label": "謝謝"}, "text"),
        (CLOSES, CloseReason, NEW_CLOSE, "too_broad"),
        (CLOSES, CloseReason, {**NEW_CLOSE, "label": "A very long name of a reason"}, "a_very_long"),
    ],
)
def test_a_new_reason_gets_a_key_of_its_own_which_stays(path, table, typed, key, ada, signed_in):
    browser = signed_in(ada)

    save(browser, f"{path}add/", **typed)
    save(browser, f"{path}{key}/change/", label="Renamed")

    assert table.objects.get(key=key).label == "Renamed"


def test_a_reason_for_nothing_is_refused(ada, signed_in):
    browser, before = signed_in(ada), everything()

    page = save(browser, f"{FLAGS}add/", **{**NEW_FLAG, "for_posts": False})

    assert (page.status_code, list(errors_of(page))) == (422, ["for_posts"])
    assert everything() == before


@pytest.mark.parametrize("path", [f"{FLAGS}spam/", f"{CLOSES}duplicate/"])
def test_what_the_site_comes_with_is_switched_off_and_not_deleted(path, ada, signed_in):
    browser, before = signed_in(ada), everything()

    answer = browser.post(f"{path}delete/", {"post": "yes"})

    assert (answer.status_code, everything()) == (403, before)
    save(browser, f"{path}change/", is_active=False)
    assert [table.objects.filter(is_active=False).count() for table in (FlagReason, CloseReason)].count(1) == 1


@pytest.mark.parametrize("table", [FlagReason, CloseReason])
def test_the_action_keeps_what_the_site_comes_with(table, ada):
    before = everything()

    with pytest.raises(Exception, match="This is built in and would come back"):
        configuring.delete_configuration(ada, table.objects.first())

    assert everything() == before


def test_a_reason_in_use_stays_and_one_that_is_not_goes(ann, bob, mo, ada, signed_in):
    browser = signed_in(ada)
    for path, typed in ((FLAGS, NEW_FLAG), (CLOSES, NEW_CLOSE)):
        save(browser, f"{path}add/", **typed)
    flag = flagging.flag_post(bob, make_question(ann), reason="too_loud")
    closing.close_question(mo, make_question(ann), reason="too_broad")

    used = [
        browser.post(f"{path}delete/", {"post": "yes"}, follow=True)
        for path in (f"{FLAGS}too_loud/", f"{CLOSES}too_broad/")
    ]
    flag.delete()
    unused = browser.post(f"{FLAGS}too_loud/delete/", {"post": "yes"})

    refusal = "It’s in use, so it can’t be deleted. Switch it off instead, where you can."
    assert [said(page)[-1] for page in used] == [refusal, refusal]
    assert (unused.status_code, FlagReason.objects.filter(key="too_loud").exists()) == (302, False)
    assert CloseReason.objects.filter(key="too_broad").exists()


@pytest.mark.parametrize("path", [FLAGS, CLOSES])
def test_moderators_read_and_do_not_change(path, mo, signed_in):
    browser, before = signed_in(mo), everything()

    answers = [browser.get(path), browser.get(f"{path}add/"), browser.post(f"{path}add/", NEW_FLAG)]

    assert [answer.status_code for answer in answers] == [200, 403, 403]
    assert everything() == before


def test_what_is_not_offered_leaves_the_form(question, bob, ada, signed_in):
    save(signed_in(ada), f"{FLAGS}unkind/change/", is_active=False)

    page = signed_in(bob).get(f"/posts/{question.pk}/flag/").content.decode()

    assert ('value="spam"' in page, 'value="unkind"' in page) == (True, False)
