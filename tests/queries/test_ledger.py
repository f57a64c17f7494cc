"""The ledger of a member's points."""

import pytest
from django.http import Http404

from forum.actions import answering, editing, voting
from forum.choices import Direction
from forum.limits import LEDGER_A_PAGE
from forum.models import Guest
from forum.queries.ledger import get_ledger
from forum.queries.paging import TOP
from tests.factories import make_answer, make_comment, make_member, make_question


def lines(member, viewer):
    return [(line.points, line.label, line.path) for line in get_ledger(member, viewer, TOP).page.rows]


def test_each_line_leads_to_its_cause(ann, newt, question):
    answer = make_answer(question, newt)
    voting.cast_vote(ann, answer, Direction.UP)
    answering.accept_answer(ann, answer)
    place = f"{question.get_absolute_url()}#a{answer.pk}"

    assert lines(newt, newt) == [
        (300, "Best answer", place),
        (20, "Votes on an answer", place),
        (40, "Posted an answer", place),
        (100, "Points from before records began", ""),
    ]


def test_what_was_taken_back_says_so(newt, question):
    answer = make_answer(question, newt)
    editing.withdraw_post(newt, answer)

    assert [line[:2] for line in lines(newt, newt)][:2] == [
        (-40, "Posted an answer, undone"),
        (40, "Posted an answer"),
    ]


def test_the_member_sees_their_anonymous_posts_and_votes(newt, question):
    answer = make_answer(question, newt, is_anonymous=True)
    voting.cast_vote(newt, question, Direction.UP)

    assert lines(newt, newt)[:2] == [
        (10, "Voted", question.get_absolute_url()),
        (40, "Posted an answer", f"{question.get_absolute_url()}#a{answer.pk}"),
    ]


def test_an_administrator_sees_what_leads_to_no_anonymous_post_and_to_no_vote(newt, ada, question):
    make_answer(question, newt, is_anonymous=True)
    voting.cast_vote(newt, question, Direction.UP)
    named = make_answer(make_question(), newt)
    hidden = make_answer(make_question(), newt)
    editing.edit_post(newt, hidden, body=hidden.body, is_anonymous=True)

    rows = get_ledger(newt, ada, TOP).page.rows

    assert [(row.points, row.label, row.path, row.has_time) for row in rows] == [
        (40, "Posted an answer", f"{named.question.get_absolute_url()}#a{named.pk}", False),
        (100, "Points from before records began", "", False),
    ]


def test_what_is_for_show_is_in_no_ledger_but_an_administrators(newt, ada):
    answer = make_answer(make_question(newt, is_anonymous=True), newt)
    answering.accept_answer(newt, answer)

    own, others = lines(newt, newt), lines(newt, ada)

    assert [line[:2] for line in own][:3] == [
        (30, "Marked a best answer"),
        (40, "Posted an answer"),
        (20, "Asked a question"),
    ]
    assert [line[:2] for line in others][:2] == [(300, "Best answer"), (40, "Posted an answer")]


def test_nobody_else_sees_a_line(ann, mo, newt):
    for viewer in (Guest(), ann, mo):
        with pytest.raises(Http404, match="Only members themselves can see their points history"):
            get_ledger(newt, viewer, TOP)


def test_it_pages_by_place(db):
    member = make_member(points=0)
    for _ in range(LEDGER_A_PAGE + 1):
        make_question(member)

    page = get_ledger(member, member, TOP).page

    assert len(page.rows) == LEDGER_A_PAGE
    assert page.older_url.startswith(f"{member.get_absolute_url()}points/?older=")


def test_a_page_costs_three_queries(django_assert_num_queries, newt, question):
    make_answer(question, newt)
    with django_assert_num_queries(3):
        get_ledger(newt, newt, TOP)

    make_answer(make_question(), newt)
    make_comment(question, newt)
    make_question(newt)
    with django_assert_num_queries(3):
        get_ledger(newt, newt, TOP)
