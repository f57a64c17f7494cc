"""The team's log over HTTP."""

import pytest

from accounts.choices import Role
from forum.actions import configuring, erasing, moderating, staffing, undoing
from forum.effects import log
from forum.limits import Rules
from forum.models import LogEntry, Page
from forum.queries.acts_list import Filters, get_acts
from forum.queries.paging import TOP
from tests.factories import make_answer, make_comment, make_question

ACTS = "/moderation/acts/"


def told(viewer, **filters):
    """Return the sentences of the log, newest first."""
    return [str(act.sentence) for act in get_acts(viewer, Filters(**filters), TOP, Rules()).page.rows]


@pytest.mark.parametrize(("who", "status"), [("mo", 200), ("ada", 200), ("ann", 403), ("helper", 403)])
def test_moderators_read_it_and_nobody_else(request, signed_in, ann, who, status):
    member = ann if who == "helper" else request.getfixturevalue(who)
    if who == "helper":
        type(ann).objects.filter(pk=ann.pk).update(role=Role.HELPER)

    assert signed_in(member).get(ACTS).status_code == status


def test_guests_are_asked_to_sign_in(client):
    assert client.get(ACTS).url == "/accounts/login/?next=%2Fmoderation%2Facts%2F"


def test_each_act_is_a_sentence_with_who_what_and_whose(mo, ada, ann, bob, question):
    answer = make_answer(question, bob)
    comment = make_comment(answer, ann)
    moderating.hide_post(mo, question, reason="Spam")
    moderating.delete_post(mo, answer, reason="Spam")
    moderating.hide_post(mo, comment, reason="Spam")
    staffing.change_role(ada, bob, role=Role.MODERATOR, reason="Kind")
    configuring.save_configuration(ada, Page(slug="privacy", title="Privacy"))
    undoing.undo_entry(mo, LogEntry.objects.get(number=1))

    assert told(mo) == [
        "mo took act 1 back, and so showed again a question by ann “How do I sleep better?”",
        "ada saved page “Privacy”",
        "ada changed the role of bob (Member → Moderator)",
        "mo hid a comment by ann below “How do I sleep better?”",
        "mo deleted an answer by bob to “How do I sleep better?”",
        "mo hid a question by ann “How do I sleep better?”",
    ]


def test_names_are_those_people_had(mo, ada, ann):
    staffing.change_role(ada, ann, role=Role.HELPER, reason="Kind")
    staffing.correct_member(ada, ann, name="Anna", about="")

    assert told(mo) == [
        "ada corrected the name or words of ann",
        "ada changed the role of ann (Member → Helper)",
    ]


def test_a_closed_account_is_a_former_member(mo, ada, ann):
    staffing.change_role(ada, ann, role=Role.HELPER, reason="Kind")
    type(ann).objects.filter(pk=ann.pk).update(closed_at=ann.date_joined)

    assert told(mo) == ["ada changed the role of Former member (Member → Helper)"]


def test_who_wrote_anonymously_is_named_nowhere(signed_in, mo, ada, ann):
    question = make_question(ann, is_anonymous=True, title="Why do I hide?")
    own = make_question(mo, is_anonymous=True, title="Why do I moderate?")
    for post in (question, own):
        moderating.hide_post(ada, post, reason="Names somebody")
        log.append("member.warned", actor=ada, post=post, reason="Please be kind")

    page = signed_in(mo).get(ACTS).content.decode()

    assert told(mo)[:2] == [
        "ada warned the author of a question by Anonymous “Why do I moderate?”",
        "ada hid a question by Anonymous “Why do I moderate?”",
    ]
    assert "ann" not in page.replace("cannot", "")
    assert told(mo, member="ann") == told(mo, member="mo") == []


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"kind": "posts"}, [2, 1]),
        ({"kind": "members"}, [3]),
        ({"kind": "appeals"}, []),
        ({"actor": "ada"}, [3, 2]),
        ({"member": "bob"}, [3]),
        ({"post": "{question}"}, [1]),
        ({"month": "2020-01"}, []),
        ({"month": "{now}"}, [3, 2, 1]),
        ({"kind": "posts", "actor": "ada"}, [2]),
    ],
)
def test_it_is_narrowed_by_kind_person_post_and_month(signed_in, mo, ada, bob, filters, numbers):
    question = make_question()
    moderating.hide_post(mo, question, reason="Spam")
    moderating.hide_post(ada, make_question(), reason="Spam")
    staffing.change_role(ada, bob, role=Role.MODERATOR, reason="Kind")
    now = LogEntry.objects.get(number=1).created_at
    query = {name: value.format(question=question.pk, now=f"{now:%Y-%m}") for name, value in filters.items()}

    found = signed_in(mo).get(ACTS, query).context["acts"]

    assert [act.number for act in found.page.rows] == numbers


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "post=x",
        "post=-1",
        "post=²",
        f"post={'9' * 40}",
        "month=x",
        "month=2026-13",
        "month=0-1",
        "actor=nobody",
        "older=x",
    ],
)
def test_what_no_link_of_ours_says_is_not_found(signed_in, mo, query):
    assert signed_in(mo).get(f"{ACTS}?{query}").status_code == 404


def test_what_can_be_taken_back_has_a_button_and_what_was_says_by_whom(signed_in, mo, ada, question):
    moderating.hide_post(mo, question, reason="Spam")
    undoing.undo_entry(ada, LogEntry.objects.get(number=1))
    staffing.correct_member(ada, mo, name="Moritz", about="")
    log.append("log.member_forgotten", actor=None, member=mo)

    rows = signed_in(mo).get(ACTS).context["acts"].page.rows

    assert [(act.number, act.undo, act.undone_by) for act in rows] == [
        (4, "", ""),
        (3, "", ""),
        (2, "2", ""),
        (1, "", "ada"),
    ]


def test_the_button_takes_it_back_and_leads_to_the_same_place(signed_in, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(mo)
    page = client.get(f"{ACTS}?kind=posts").content.decode()

    assert '<input type="hidden" name="next" value="/moderation/acts/?kind=posts">' in page
    answer = client.post("/moderation/undo/", {"entries": "1", "next": "/moderation/acts/?kind=posts"})
    assert (answer.status_code, answer.url) == (302, "/moderation/acts/?kind=posts")


def test_erased_words_are_gone_and_the_act_is_there(mo, ada, question):
    moderating.hide_post(mo, question, reason="Names Eve")
    erasing.erase_words(ada, LogEntry.objects.get(), reason="A letter")

    acts = get_acts(mo, Filters(), TOP, Rules()).page.rows

    assert [(str(act.sentence), act.reason) for act in acts] == [
        ("ada erased the words of a question by ann “How do I sleep better?”", "A letter"),
        ("mo hid a question by ann “How do I sleep better?”", ""),
    ]


def test_pages_follow_each_other(signed_in, mo, monkeypatch):
    monkeypatch.setattr("forum.queries.acts_list.ACTS_A_PAGE", 2)
    for _ in range(5):
        log.append("site.looked_at", actor=mo)
    client = signed_in(mo)

    first = client.get(ACTS).context["acts"].page
    second = client.get(first.older_url).context["acts"].page

    assert ([act.number for act in first.rows], [act.number for act in second.rows]) == ([5, 4], [3, 2])
    assert [act.number for act in client.get(second.newer_url).context["acts"].page.rows] == [5, 4]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_few_queries(signed_in, mo, ada, bob, count, django_assert_num_queries):
    for _ in range(count):
        answer = make_answer()
        moderating.hide_post(mo, answer, reason="Spam")
        undoing.undo_entry(ada, LogEntry.objects.newest_first().first())
        staffing.change_role(ada, make_question().author, role=Role.HELPER, reason="Kind")
    client = signed_in(mo)
    client.get("/")

    with django_assert_num_queries(7):
        client.get(ACTS)
