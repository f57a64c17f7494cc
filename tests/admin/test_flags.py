"""Reports: most urgent first, settled one by one or several at once, and taken back."""

import pytest

from forum.actions import flagging, moderating
from forum.models import Event, Flag, Post
from tests.admin.acting import REASON, act, act_on_several, undo_last
from tests.factories import make_answer, make_member
from tests.support.records import everything

LIST = "/admin/forum/flag/"
ACTS = [
    ("hide-flagged", "hidden", "upheld"),
    ("keep-flagged", "published", "declined"),
    ("uphold", "published", "upheld"),
    ("decline", "published", "declined"),
]
LOGGED = {"hide-flagged": "post.hidden", "keep-flagged": "post.kept"}
each_act = pytest.mark.parametrize(("name", "status", "decision"), ACTS, ids=[row[0] for row in ACTS])


@pytest.fixture
def answer(question, bob):
    """Bob's answer."""
    return make_answer(question, bob)


@pytest.fixture
def flag(ann, answer):
    """Ann's report of it."""
    return flagging.flag_post(ann, answer, reason="unkind", text="It hurts")


def state(flag):
    flag = Flag.objects.select_related("post").get(pk=flag.pk)
    return flag.post.status, flag.state


def path_of(flag):
    return f"{LIST}{flag.pk}/"


@each_act
def test_the_button_decides_and_says_why(name, status, decision, mo, flag, signed_in):
    answer = act(signed_in(mo), path_of(flag), name)

    assert (answer.status_code, answer.url) == (302, LIST)
    assert state(flag) == (status, decision)
    last = Event.objects.order_by("-pk").values_list("verb", "actor__username", "reason")[0]
    assert last == (LOGGED.get(name, f"flag.{decision}"), "mo", REASON)


@each_act
def test_several_are_decided_at_once(name, status, decision, mo, flag, signed_in):
    other = flagging.flag_post(make_member(), make_answer(), reason="spam")

    answer = act_on_several(signed_in(mo), LIST, name, [flag, other])

    assert (answer.status_code, answer.url) == (302, LIST)
    assert [state(flag), state(other)] == [(status, decision)] * 2


@each_act
def test_undo_takes_the_decision_back(name, status, decision, mo, flag, signed_in):
    browser = signed_in(mo)
    act(browser, path_of(flag), name)

    undo_last(browser)

    assert state(flag) == ("published", "open")


@each_act
def test_twice_is_once(name, status, decision, mo, flag, signed_in):
    browser = signed_in(mo)
    act(browser, path_of(flag), name)
    once = everything()

    act(browser, path_of(flag), name)

    assert everything() == once


@each_act
def test_without_a_reason_nothing_happens(name, status, decision, mo, flag, signed_in):
    browser = signed_in(mo)
    before = everything()

    answers = [
        act(browser, path_of(flag), name, reason=""),
        act_on_several(browser, LIST, name, [flag], reason=""),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert everything() == before


@pytest.mark.parametrize(("name", "decision"), [("hide-flagged", "upheld"), ("keep-flagged", "declined")])
def test_a_decision_on_the_post_settles_every_report_on_it(name, decision, mo, answer, flag, signed_in):
    other = flagging.flag_post(make_member(), answer, reason="spam")

    act(signed_in(mo), path_of(flag), name)

    assert [state(flag)[1], state(other)[1]] == [decision, decision]


def test_the_list_begins_with_the_most_urgent(mo, flag, signed_in):
    danger, advice, spam = (
        flagging.flag_post(make_member(), make_answer(), reason=reason)
        for reason in ("danger", "harmful_advice", "spam")
    )

    rows = signed_in(mo).get(LIST).context["cl"].result_list

    assert [row.pk for row in rows] == [danger.pk, advice.pk, flag.pk, spam.pk]


def test_the_list_shows_settled_reports_when_asked(mo, flag, signed_in):
    flagging.settle_flag(mo, flag, upheld=False, outcome="Fine")
    browser = signed_in(mo)

    rows = [
        [row.pk for row in browser.get(f"{LIST}{query}").context["cl"].result_list]
        for query in ("", "?state=declined", "?state=upheld", "?state=all")
    ]

    assert rows == [[], [flag.pk], [], [flag.pk]]


def test_a_report_is_read_on_the_page_of_its_post(mo, flag, signed_in):
    answer = signed_in(mo).get(f"{path_of(flag)}change/")

    assert (answer.status_code, answer.url) == (302, f"/admin/forum/post/{flag.post_id}/change/#reports")


def test_the_first_page_begins_with_the_most_urgent(mo, flag, signed_in):
    danger = flagging.flag_post(make_member(), make_answer(), reason="danger")
    second = flagging.flag_post(make_member(), Post.objects.get(pk=flag.post_id), reason="spam")

    shown = signed_in(mo).get("/admin/").context["overview"].flagged

    assert [(case.flag_id, case.urgency, case.reports) for case in shown] == [
        (danger.pk, "Urgent", 1),
        (flag.pk, "Medium", 2),
    ]
    assert second.pk not in {case.flag_id for case in shown}


def test_the_first_page_decides_with_one_tap(mo, flag, signed_in):
    browser = signed_in(mo)
    page = browser.get("/admin/").content.decode()
    assert f'action="{path_of(flag)}act/hide-flagged/"' in page

    answer = browser.post(f"{path_of(flag)}act/hide-flagged/", {"reason": "Unkind", "next": "/admin/"})

    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert state(flag) == ("hidden", "upheld")


def test_the_first_page_shows_what_waits(mo, question, answer, signed_in):
    moderating.hold_post(mo, answer, reason="Let us look")

    page = signed_in(mo).get("/admin/")

    assert [case.post_id for case in page.context["overview"].waiting] == [answer.pk]
    assert f'action="/admin/forum/post/{answer.pk}/act/approve/"' in page.content.decode()


def test_the_first_page_counts(mo, flag, question, answer, signed_in):
    moderating.hold_post(mo, answer, reason="Let us look")

    numbers = signed_in(mo).get("/admin/").context["overview"].numbers

    assert [(name, number) for name, number, _path in numbers] == [
        ("Questions today", "1"),
        ("Open reports", "1"),
        ("Waiting posts", "1"),
        ("New members, 7 days", "3"),
    ]


def test_hiding_with_one_tap_tells_the_author_kind_words(mo, question, signed_in):
    flagging.flag_post(make_member(), question, reason="danger")
    browser = signed_in(mo)
    [case] = browser.get("/admin/").context["overview"].flagged

    browser.post(f"{LIST}{case.flag_id}/act/hide-flagged/", {"reason": case.told})

    assert case.told == "We are worried about you. Please look at the page with help near you."
    assert Post.objects.get(pk=question.pk).removals.get().reason == case.told


def test_the_list_is_called_what_people_call_it(mo, flag, signed_in):
    browser = signed_in(mo)

    pages = [browser.get(path).content.decode() for path in (LIST, f"{path_of(flag)}act/uphold/", "/admin/")]

    assert ["Flags" in page for page in pages] == [False, False, False]
    assert "<h1>Reports</h1>" in pages[0]


@pytest.mark.parametrize(
    "name, decision", [("keep-flagged", "declined"), ("uphold", "upheld"), ("decline", "declined")]
)
def test_a_report_on_a_member_is_decided_like_any_other(name, decision, mo, ann, newt, signed_in):
    report = flagging.flag_member(newt, ann, reason="unkind")
    browser = signed_in(mo)
    assert ">ann</a>" in browser.get(LIST).content.decode()

    act(browser, path_of(report), name)
    assert Flag.objects.get().state == decision

    undo_last(browser)
    assert Flag.objects.get().state == "open"


def test_a_member_cannot_be_hidden(mo, ann, newt, signed_in):
    report = flagging.flag_member(newt, ann, reason="unkind")
    browser = signed_in(mo)
    before = everything()

    act(browser, path_of(report), "hide-flagged")

    assert "This report is about a member, not a post." in browser.get("/admin/").content.decode()
    assert everything() == before


def test_a_report_on_a_member_is_read_on_their_page(mo, ann, newt, signed_in):
    report = flagging.flag_member(newt, ann, reason="unkind")

    answer = signed_in(mo).get(f"{path_of(report)}change/")

    assert (answer.status_code, answer.url) == (302, f"/admin/accounts/user/{ann.pk}/change/")
