"""Taking cases on, putting them down and handing them over; what helpers decide; who comes too late is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.choices import Role
from forum.actions import flagging, handling, moderating, moving, undoing
from forum.models import Case, Flag, Guest, LogEntry, Post
from tests.factories import make_answer, make_category, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(db):
    """Moderates too."""
    return make_member("mia", role=Role.MODERATOR)


@pytest.fixture
def hal(sleep):
    """Helps in the topic of sleep."""
    helper = make_member("hal", role=Role.HELPER)
    sleep.helpers.add(helper)
    return helper


@pytest.fixture
def case(newt, question):
    """A report on Ann's question."""
    flagging.flag_post(newt, question, reason="unkind")
    return Case.objects.get()


def held(case):
    """Who holds the case as its row says, its note, and whether a second moderator is wanted."""
    return Case.objects.values_list("claimed_by__username", "note", "wants_second").get(pk=case.pk)


def test_a_case_is_claimed_and_released(mo, case):
    assert handling.claim_case(mo, case.pk).claimer == mo
    before = everything()
    handling.claim_case(mo, case.pk)
    assert everything() == before

    handling.release_case(mo, case.pk)
    assert held(case) == (None, "", False)


def test_a_claimed_case_is_taken_over_only_when_asked_to(mo, mia, case):
    handling.claim_case(mo, case.pk)
    before = everything()

    with pytest.raises(ValidationError, match="mo is looking at this"):
        handling.claim_case(mia, case.pk)
    handling.release_case(mia, case.pk)
    assert everything() == before

    assert handling.claim_case(mia, case.pk, takes_over=True).claimer == mia


def test_a_claim_ends_after_half_an_hour_and_with_a_suspension(mo, mia, case):
    handling.claim_case(mo, case.pk)
    Case.objects.update(claimed_at=timezone.now() - timedelta(minutes=31))
    assert handling.claim_case(mia, case.pk).claimer == mia

    mia.suspended_until = timezone.now() + timedelta(days=1)
    mia.save()
    assert handling.claim_case(mo, case.pk).claimer == mo


def test_whoever_takes_a_break_puts_everything_down(mo, case):
    handling.claim_case(mo, case.pk)

    assert (handling.release_all(mo), held(case), handling.release_all(Guest())) == (1, (None, "", False), 0)


def test_a_case_is_handed_over_with_a_word(mo, mia, hal, case):
    handling.claim_case(mo, case.pk)

    handling.hand_over(mo, case.pk, to=mia, note="You know them.")
    assert held(case) == ("mia", "You know them.", False)

    handling.hand_over(mia, case.pk, to=hal, note="It is yours.")
    assert held(case) == ("hal", "It is yours.", False)


def test_a_second_moderator_is_asked_for(mo, case):
    handling.claim_case(mo, case.pk)

    handling.hand_over(mo, case.pk, to=None, note="I am not sure.")

    assert held(case) == (None, "I am not sure.", True)


def test_a_case_is_not_handed_to_who_may_not_decide_it(bob, mo, mia, case):
    elsewhere = make_member("hugo", role=Role.HELPER)
    before = everything()

    for to, sentence in (
        (bob, "doesn’t handle this kind of case."),
        (elsewhere, "doesn’t handle this kind of case."),
        (mo, "someone else"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            handling.hand_over(mo, case.pk, to=to)
    assert everything() == before

    handling.claim_case(mia, case.pk)
    with pytest.raises(ValidationError, match="mia is looking at this"):
        handling.hand_over(mo, case.pk, to=None)


def test_members_handle_nothing(bob, newt, guest, case):
    before = everything()

    for person in (bob, newt, guest, Guest()):
        for act in (handling.claim_case, handling.release_case):
            with pytest.raises(PermissionDenied, match="This page is for the team"):
                act(person, case.pk)
    assert everything() == before


def test_helpers_handle_what_stands_in_their_topics_and_below(hal, newt, sleep):
    below = make_question(category=make_category("Naps", parent=sleep))
    elsewhere = make_question(category=make_category("Work"))
    for question in (below, elsewhere):
        flagging.flag_post(newt, question, reason="spam")

    assert handling.claim_case(hal, Case.objects.get(post=below, kind="report").pk).claimer == hal
    with pytest.raises(ValidationError, match="no longer exists"):
        handling.claim_case(hal, Case.objects.get(post=elsewhere, kind="report").pk)
    with pytest.raises(PermissionDenied, match="Only moderators"):
        flagging.keep_post(hal, elsewhere, reason="Fine.")


def test_a_helper_lets_a_post_be_and_takes_that_back(hal, case, question):
    flagging.keep_post(hal, question, reason="It is kind.", case_id=case.pk)
    assert Flag.objects.get().state == "declined"

    undoing.undo_entry(hal, LogEntry.objects.newest_first()[0])
    assert Flag.objects.get().state == "open"


def test_a_helper_approves_what_waits_in_their_topic_and_hides_nothing(hal, newt, question):
    answer = make_answer(question, newt, must_wait=True)

    with pytest.raises(PermissionDenied, match="Only moderators"):
        moderating.hide_post(hal, answer)
    moderating.approve_post(hal, answer)
    before = everything()
    moderating.approve_post(hal, answer)

    assert Post.objects.get(pk=answer.pk).status == "published"
    assert everything() == before


def test_what_may_be_about_somebody_in_danger_is_the_moderators(hal, bob, case, question):
    flagging.flag_post(bob, question, reason="danger")
    before = everything()

    for act in (
        lambda: flagging.keep_post(hal, question, reason="Fine."),
        lambda: handling.claim_case(hal, case.pk),
    ):
        with pytest.raises(PermissionDenied, match="Please leave it to a moderator"):
            act()
    assert everything() == before


def test_helpers_do_not_decide_about_their_own_posts(hal, newt, question):
    answer = make_answer(question, hal)
    flagging.flag_post(newt, answer, reason="spam")

    with pytest.raises(PermissionDenied, match="This is your own post"):
        flagging.keep_post(hal, answer, reason="Fine.")


def test_cases_follow_a_question_to_another_topic(mo, hal, newt, question):
    flagging.flag_post(newt, question, reason="spam")
    work = make_category("Work")

    moving.move_question(mo, question, category=work, reason="It is about work.")

    assert (Case.objects.get().category, list(Case.objects.visible_to(hal))) == (work, [])


def test_who_comes_too_late_is_told_and_changes_nothing(mo, mia, case, question):
    flagging.keep_post(mo, question, reason="It is kind.", case_id=case.pk)
    before = everything()

    for act in (
        lambda: flagging.keep_post(mia, question, reason="Fine.", case_id=case.pk),
        lambda: moderating.hide_post(mia, question, reason="No.", case_id=case.pk),
        lambda: handling.claim_case(mia, case.pk),
    ):
        with pytest.raises(ValidationError, match="mo has already decided this"):
            act()
    assert everything() == before
