"""Two moderators act on the same item at the same moment: one wins, the other is told. On PostgreSQL."""

import pytest
from django.core.exceptions import ValidationError

from accounts.choices import Role
from forum.actions import appealing, flagging, handling, moderating
from forum.actions.recounting import recount
from forum.models import Case, LogEntry, Message, Post
from tests.effects.test_races import at_once
from tests.factories import make_answer, make_member

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(db):
    """Four moderators."""
    return [make_member(role=Role.MODERATOR) for _ in range(4)]


def outcome(act):
    """Return "won", or the code of the refusal."""
    try:
        act()
    except ValidationError as refusal:
        return refusal.code
    return "won"


def test_of_four_decisions_on_one_case_one_stands(team, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    case = Case.objects.get(kind="report")
    acts = [
        lambda who=who, act=act: outcome(lambda: act(who, question, reason="So.", case_id=case.pk))
        for who, act in zip(team, [moderating.hide_post, flagging.keep_post] * 2, strict=True)
    ]

    assert sorted(at_once(*acts)) == ["decided", "decided", "decided", "won"]

    case.refresh_from_db()
    verb = LogEntry.objects.get().verb
    assert (case.outcome, Message.objects.filter(conversation__member=newt).count()) == (verb, 1)
    assert Post.objects.get(pk=question.pk).status == {"post.hidden": "hidden", "post.kept": "published"}[verb]
    assert recount(check=True) == []


def test_of_four_claims_one_holds(team, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    case = Case.objects.get(kind="report")

    said = at_once(*[lambda who=who: outcome(lambda: handling.claim_case(who, case.pk)) for who in team])

    assert sorted(said) == ["claimed", "claimed", "claimed", "won"]


def test_of_four_decisions_on_one_appeal_one_stands(team, ann, mo, question):
    moderating.hide_post(mo, question)
    appeal = appealing.appeal_act(ann, LogEntry.objects.get(), text="It was kind.")
    acts = [
        lambda who=who, granted=granted: outcome(
            lambda: appealing.decide_appeal(who, appeal, granted=granted, outcome="So.")
        )
        for who, granted in zip(team, [True, False] * 2, strict=True)
    ]

    assert sorted(at_once(*acts)) == ["decided", "decided", "decided", "won"]
    assert Message.objects.filter(conversation__member=ann).count() == 1
    assert recount(check=True) == []


def test_reports_decisions_and_withdrawals_at_once_leave_cases_that_agree(team, bob, question):
    answers = [make_answer(question, bob) for _ in range(3)]
    reporters = [make_member() for _ in range(6)]
    report = [
        lambda who=who, post=post: flagging.flag_post(who, post, reason="spam")
        for who in reporters
        for post in (answers[0], answers[1])
    ]
    decide = [
        lambda: moderating.hide_post(team[0], answers[0]),
        lambda: flagging.keep_post(team[1], answers[1], reason="Fine."),
        lambda: flagging.keep_post(team[2], answers[0], reason="Fine."),
        lambda: moderating.show_post(team[3], answers[0]),
    ]

    at_once(*report, *decide)

    assert recount(check=True) == []
