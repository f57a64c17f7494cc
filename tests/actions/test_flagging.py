"""Reporting posts and members, and what becomes of reports."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import editing, flagging, moderating, undoing
from forum.actions.recounting import recount
from forum.models import Case, Flag, FlagReason, Guest, LogEntry, Message, Post
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything, verbs

pytestmark = pytest.mark.django_db


def last():
    """The latest act of the log."""
    return LogEntry.objects.newest_first()[0]


def cases(**about):
    """Kind, urgency and outcome of each case, oldest first."""
    return list(Case.objects.filter(**about).order_by("pk").values_list("kind", "urgency", "outcome"))


def told(member):
    """What the site told `member` and did not withdraw, oldest first."""
    said = Message.objects.filter(conversation__member=member, withdrawn_at=None)
    return list(said.order_by("pk").values_list("kind", "text"))


def states(post):
    """What became of the reports of `post`, oldest first."""
    return list(Flag.objects.filter(post=post).order_by("pk").values_list("state", "outcome"))


def test_a_flag_says_who_and_why(newt, question):
    flag = flagging.flag_post(newt, question, reason="unkind", text="It made me sad.")

    assert (flag.post_id, flag.reporter, flag.reason_id, flag.text) == (question.pk, newt, "unkind", "It made me sad.")
    assert (flag.state, verbs(post=question)) == ("open", ["question.asked", "post.flagged"])


def test_a_second_flag_changes_nothing(newt, question):
    first = flagging.flag_post(newt, question, reason="unkind")
    before = everything()

    assert flagging.flag_post(newt, question, reason="spam") == first
    assert everything() == before


def test_neither_guests_nor_authors_flag(ann, guest, question):
    before = everything()

    with pytest.raises(PermissionDenied, match="This is your own post"):
        flagging.flag_post(ann, question, reason="spam")
    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            flagging.flag_post(person, question, reason="spam")
    assert everything() == before


@pytest.mark.parametrize("upheld, state", [(True, "upheld"), (False, "declined")])
def test_a_flag_is_settled_once_and_can_be_reopened(mo, newt, question, upheld, state):
    flag = flagging.flag_post(newt, question, reason="spam")

    settled = flagging.settle_flag(mo, flag, upheld=upheld, outcome="Looked at it")
    assert (settled.state, settled.settled_by, settled.outcome) == (state, mo, "Looked at it")
    before = everything()
    flagging.settle_flag(mo, flag, upheld=not upheld)
    assert everything() == before

    flagging.reopen_flag(mo, flag)
    assert Flag.objects.values_list("state", "settled_at", "settled_by", "outcome").get() == ("open", None, None, "")
    before = everything()
    flagging.reopen_flag(mo, flag)
    assert everything() == before


def test_a_settled_flag_stays_settled_when_its_reporter_flagged_again(mo, newt, question):
    first = flagging.flag_post(newt, question, reason="spam")
    flagging.settle_flag(mo, first, upheld=False, outcome="Fine")
    second = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    flagging.reopen_flag(mo, first)

    assert second != first
    assert everything() == before


@pytest.mark.parametrize("act", [lambda who, flag: flagging.settle_flag(who, flag, upheld=True), flagging.reopen_flag])
def test_only_moderators_settle_flags(bob, newt, question, act):
    flag = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    for person in (bob, newt, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            act(person, flag)
    assert everything() == before


def test_only_a_reason_that_is_offered_is_taken(newt, question):
    FlagReason.objects.filter(pk="spam").update(is_active=False)
    before = everything()

    for reason in ("spam", "loud", ""):
        with pytest.raises(ValidationError, match="Choose a reason"):
            flagging.flag_post(newt, question, reason=reason)
    assert everything() == before


def test_a_report_of_a_member_opens_their_case(ann, newt):
    flag = flagging.flag_member(newt, ann, reason="unkind", text="In three threads.")

    assert (flag.post_id, flag.member, flag.reporter, flag.reason_id) == (None, ann, newt, "unkind")
    assert cases(member=ann) == [("report", 2, "")]
    before = everything()
    assert flagging.flag_member(newt, ann, reason="spam") == flag
    assert everything() == before


def test_a_member_is_reported_for_what_a_member_can_do_wrong_and_not_by_themselves(ann, newt, guest):
    before = everything()

    with pytest.raises(ValidationError, match="Choose a reason"):
        flagging.flag_member(newt, ann, reason="duplicate")
    with pytest.raises(PermissionDenied, match="This is your own account"):
        flagging.flag_member(newt, newt, reason="spam")
    with pytest.raises(PermissionDenied, match="Sign in first"):
        flagging.flag_member(guest, ann, reason="spam")
    assert everything() == before


@pytest.mark.parametrize(
    "right, wrong, weight", [(0, 0, 100), (1, 0, 133), (0, 1, 67), (98, 0, 198), (1000, 0, 200), (0, 30, 25)]
)
def test_a_report_weighs_what_its_reporter_was_right_about(newt, right, wrong, weight):
    past = make_question()
    Flag.objects.bulk_create(
        Flag(post=past, reporter=newt, reason_id="spam", state=state)
        for state in ["upheld"] * right + ["declined"] * wrong
    )

    assert flagging.flag_post(newt, make_question(), reason="spam").weight == weight


def test_weighty_reports_fold_a_post_until_somebody_has_looked(mo, question):
    for _ in range(2):
        flagging.flag_post(make_member(), question, reason="unkind")
    assert Post.objects.get(pk=question.pk).is_being_checked is False

    flagging.flag_post(make_member(), question, reason="spam")
    assert Post.objects.get(pk=question.pk).is_being_checked is True
    assert recount(check=True) == []

    flagging.keep_post(mo, question, reason="It is kind enough.")
    assert Post.objects.get(pk=question.pk).is_being_checked is False
    assert recount(check=True) == []


def test_worry_for_a_person_goes_to_the_top_and_folds_nothing(question):
    for _ in range(4):
        flagging.flag_post(make_member(), question, reason="danger")

    assert Post.objects.get(pk=question.pk).is_being_checked is False
    assert cases(post=question) == [("report", 0, "")]
    assert recount(check=True) == []


def test_keeping_a_post_declines_its_reports_with_a_reason_and_closes_its_case(mo, bob, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    flagging.flag_post(bob, question, reason="spam")

    flagging.keep_post(mo, question, reason="It asks, and sells nothing.")

    assert states(question) == [("declined", "It asks, and sells nothing.")] * 2
    assert cases(post=question) == [("report", 2, "post.kept")]
    sentence = (
        "Thank you for telling us. A moderator has looked at the question you reported, and it stays as it is. "
        "It asks, and sells nothing."
    )
    assert (told(newt), told(bob)) == ([("outcome", sentence)], [("outcome", sentence)])
    assert Message.objects.filter(author=mo).count() == 0


def test_keeping_twice_is_once(mo, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    flagging.keep_post(mo, question, reason="Fine.")
    before = everything()

    flagging.keep_post(mo, question, reason="Fine.")

    assert everything() == before


def test_reports_are_not_declined_without_a_reason(mo, newt, question):
    flag = flagging.flag_post(newt, question, reason="unkind")
    before = everything()

    with pytest.raises(ValidationError, match="Say in a sentence why it can stay"):
        flagging.keep_post(mo, question, reason=" ")
    with pytest.raises(ValidationError, match="Say in a sentence why it can stay"):
        flagging.settle_flag(mo, flag, upheld=False)
    assert everything() == before


def test_members_keep_nothing(bob, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    before = everything()

    for person in (bob, newt, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            flagging.keep_post(person, question, reason="Fine.")
        with pytest.raises(PermissionDenied, match="Only moderators"):
            flagging.keep_member(person, newt, reason="Fine.")
    assert everything() == before


def test_keeping_undone_opens_the_reports_and_the_case_again_and_withdraws_the_thanks(mo, newt, question):
    flag = flagging.flag_post(newt, question, reason="unkind")
    before = (list(Flag.objects.values()), list(Case.objects.values()), list(Post.objects.values()))
    flagging.keep_post(mo, question, reason="Fine.")

    undone = undoing.undo_entry(mo, last())

    assert undone.verb == "post.raised"
    assert (list(Flag.objects.values()), list(Case.objects.values()), list(Post.objects.values())) == before
    assert (told(newt), recount(check=True)) == ([], [])

    undoing.undo_entry(mo, undone)
    assert (states(question), cases(post=question)) == ([("declined", "Fine.")], [("report", 2, "post.kept")])
    assert len(told(newt)) == 1

    undoing.undo_entry(mo, last())
    flag.refresh_from_db()
    assert (flag.state, told(newt), recount(check=True)) == ("open", [], [])


def test_a_hidden_post_tells_its_reporters_and_showing_it_again_withdraws_that(mo, newt, question):
    flagging.flag_post(newt, question, reason="unkind")
    moderating.hide_post(mo, question, reason="Please leave out the insult.")
    thanks = "Thank you. A moderator has looked at the question you reported and acted on your report."
    assert (states(question), told(newt)) == (
        [("upheld", "Please leave out the insult.")],
        [("outcome", thanks)],
    )

    undoing.undo_entry(mo, last())

    assert (states(question), told(newt)) == ([("open", "")], [])
    assert (cases(post=question), recount(check=True)) == ([("report", 2, "")], [])


def test_who_worried_about_somebody_is_thanked_for_that(mo, newt, question):
    flagging.settle_flag(mo, flagging.flag_post(newt, question, reason="danger"), upheld=True)

    thanks = "Thank you for looking out for someone. A moderator has read your report and is taking care of it."
    assert told(newt) == [("outcome", thanks)]


def test_a_member_is_let_be_with_a_reason_and_that_can_be_taken_back(mo, ann, newt):
    flagging.flag_member(newt, ann, reason="unkind")
    before = (list(Flag.objects.values()), list(Case.objects.values()))

    flagging.keep_member(mo, ann, reason="We have talked with them.")

    assert cases(member=ann) == [("report", 2, "member.kept")]
    assert told(newt)[0][1].endswith("the member you reported, and nothing needs to be done. We have talked with them.")
    undoing.undo_entry(mo, last())
    assert (list(Flag.objects.values()), list(Case.objects.values())) == before
    assert (told(newt), recount(check=True)) == ([], [])


def test_one_report_of_two_leaves_the_case_open_and_the_last_closes_it(mo, bob, newt, question):
    first = flagging.flag_post(newt, question, reason="danger")
    second = flagging.flag_post(bob, question, reason="spam")

    flagging.settle_flag(mo, first, upheld=True)
    assert cases(post=question) == [("report", 2, "")]
    flagging.settle_flag(mo, second, upheld=False, outcome="It sells nothing.")
    assert cases(post=question) == [("report", 2, "flag.declined")]

    undone = undoing.undo_entry(mo, last())
    assert (undone.verb, cases(post=question)) == ("flag.reopened", [("report", 2, "")])
    assert (states(question), told(bob)) == ([("upheld", ""), ("open", "")], [])


def test_reopening_a_flag_withdraws_its_outcome_and_its_undo_gives_it_back(mo, newt, question):
    flag = flagging.flag_post(newt, question, reason="spam")
    flagging.settle_flag(mo, flag, upheld=False, outcome="It sells nothing.")
    sentence = told(newt)

    flagging.reopen_flag(mo, flag)
    assert (told(newt), cases(post=question, closed_at=None)) == ([], [("report", 2, "")])

    settled = undoing.undo_entry(mo, last())
    assert (settled.verb, states(question), told(newt)) == (
        "flag.declined",
        [("declined", "It sells nothing.")],
        sentence,
    )
    undoing.undo_entry(mo, settled)
    assert (states(question), told(newt), recount(check=True)) == ([("open", "")], [], [])


def test_a_withdrawn_post_closes_its_case_until_it_returns(ann, newt, question):
    flagging.flag_post(newt, question, reason="spam")

    editing.withdraw_post(ann, question)
    assert (cases(post=question), recount(check=True)) == ([("report", 2, "withdrawn")], [])

    editing.return_post(ann, question)
    assert (cases(post=question), recount(check=True)) == ([("report", 2, "")], [])


def test_worry_for_somebody_stays_when_they_withdraw_what_they_wrote(ann, newt, question):
    flagging.flag_post(newt, question, reason="danger")

    editing.withdraw_post(ann, question)

    assert (cases(post=question), recount(check=True)) == ([("report", 0, "")], [])


def test_a_waiting_post_that_is_let_be_waits_on(mo, newt, question):
    answer = make_answer(question, newt)
    moderating.hold_post(mo, answer)

    flagging.keep_post(mo, answer, reason="Not yet.")

    assert (Post.objects.get(pk=answer.pk).status, cases(post=answer, closed_at=None)) == (
        "waiting",
        [("approval", 3, "")],
    )
    assert recount(check=True) == []


def test_what_waited_before_it_was_hidden_has_its_case_again_when_it_is_shown(mo, newt, question):
    answer = make_answer(question, newt)
    moderating.hold_post(mo, answer)
    moderating.hide_post(mo, answer)
    assert (cases(post=answer, closed_at=None), recount(check=True)) == ([], [])

    moderating.show_post(mo, answer)

    assert (cases(post=answer, closed_at=None), recount(check=True)) == ([("approval", 3, "")], [])


def test_recounting_finds_and_mends_cases_that_are_missing_or_idle(ann, newt, question):
    flagging.flag_post(newt, question, reason="spam")
    flagging.flag_member(newt, ann, reason="spam")
    waiting = make_answer(question, newt, must_wait=True)
    Case.objects.all().delete()
    other = make_question()
    Case.objects.create(kind="report", post=other)
    Case.objects.create(kind="approval", post=other)

    found = recount()

    assert found == [
        f"Post {question.pk}: it has open reports and no case.",
        f"Post {other.pk}: it has a case of reports and no open report.",
        f"Member {ann.pk}: it has open reports and no case.",
        f"Post {waiting.pk}: it waits and has no case.",
        f"Post {other.pk}: it has a case of approval and does not wait.",
    ]
    assert recount(check=True) == []


def test_what_waited_before_there_were_cases_has_one_after_the_migration(ann, bob, newt, question):
    flagging.flag_post(newt, question, reason="spam")
    flagging.flag_post(bob, question, reason="danger")
    answer = make_answer(question, newt, must_wait=True)
    Case.objects.all().delete()

    for _ in range(2):
        import_module("forum.migrations.0013_cases_of_what_waits").open_cases(apps, None)

    assert cases() == [("approval", 3, ""), ("report", 0, "")]
    assert set(Case.objects.values_list("post", "category")) == {
        (answer.pk, question.category_id),
        (question.pk, question.category_id),
    }
    assert recount(check=True) == []
