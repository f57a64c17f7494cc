"""Who may vote, accept, save, report and moderate."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from forum import permissions
from forum.choices import Direction
from tests.permissions import people
from tests.permissions.people import (
    ADA,
    ANN,
    BOB,
    DELETED,
    GIL,
    HIDDEN,
    MO,
    NEWT,
    READER,
    RULES,
    SAM,
    SIGN_IN,
    SUSPENDED,
    TRUSTED,
    WAITING,
    WITHDRAWN,
    answer,
    comment,
    guest_question,
    question,
)

OWN_POST = "You can’t vote on your own post."
NOT_NOW = "This post can’t be voted on at the moment."
NOT_THE_ASKER = "Only the person who asked can mark the best answer."


@pytest.mark.parametrize(
    "person, post, direction, sentence",
    [
        (NEWT, question(), Direction.UP, ""),
        (NEWT, answer(), Direction.UP, ""),
        (NEWT, comment(), Direction.UP, ""),
        (NEWT, question(is_closed=True), Direction.UP, ""),
        (READER, question(), Direction.UP, SIGN_IN),
        (GIL, question(), Direction.UP, SIGN_IN),
        (ANN, question(), Direction.UP, OWN_POST),
        (BOB, comment(), Direction.UP, OWN_POST),
        (NEWT, question(**HIDDEN), Direction.UP, NOT_NOW),
        (MO, question(**WAITING), Direction.UP, NOT_NOW),
        (NEWT, answer(to=question(**HIDDEN)), Direction.UP, NOT_NOW),
        (NEWT, comment(to=question(**WITHDRAWN)), Direction.UP, NOT_NOW),
        (NEWT, comment(to=answer(**DELETED)), Direction.UP, NOT_NOW),
        (MO, answer(to=question(**HIDDEN)), Direction.UP, ""),
        (SAM, question(), Direction.UP, SUSPENDED),
        (NEWT, question(), Direction.DOWN, "You need 250 points to downvote. You have 100."),
        (TRUSTED, question(), Direction.DOWN, ""),
        (MO, question(), Direction.DOWN, ""),
        (TRUSTED, comment(), Direction.DOWN, "Comments can only be upvoted."),
        (SAM, question(), Direction.DOWN, SUSPENDED),
    ],
)
def test_who_may_vote(person, post, direction, sentence):
    assert permissions.can_vote(person, post, direction, RULES).reason == sentence


def test_votes_go_up_only_where_the_owner_wants_it():
    rules = replace(RULES, has_downvotes=False)

    decision = permissions.can_vote(MO, question(), Direction.DOWN, rules)

    assert decision.reason == "This site only has upvotes."


@pytest.mark.parametrize(
    "person, sentence", [(NEWT, ""), (ANN, ""), (READER, SIGN_IN), (GIL, SIGN_IN), (SAM, SUSPENDED)]
)
def test_who_may_take_a_vote_back(person, sentence):
    assert permissions.can_take_back_vote(person, question(), RULES).reason == sentence


@pytest.mark.parametrize(
    "person, post, sentence",
    [
        (ANN, answer(), ""),
        (ANN, answer(author=ANN), ""),
        (GIL, answer(to=guest_question()), ""),
        (BOB, answer(), NOT_THE_ASKER),
        (MO, answer(), NOT_THE_ASKER),
        (READER, answer(), NOT_THE_ASKER),
        (READER, answer(to=guest_question()), NOT_THE_ASKER),
        (ANN, question(), "Only an answer can be the best answer."),
        (ANN, comment(), "Only an answer can be the best answer."),
        (ANN, answer(**HIDDEN), "This answer can’t be marked as best at the moment."),
        (ANN, answer(to=question(**HIDDEN)), "This answer can’t be marked as best at the moment."),
        (SAM, answer(to=question(author=SAM)), SUSPENDED),
    ],
)
def test_who_may_choose_the_best_answer(person, post, sentence):
    assert permissions.can_accept(person, post, RULES).reason == sentence


@pytest.mark.parametrize("person, sentence", [(NEWT, ""), (SAM, ""), (READER, SIGN_IN), (GIL, SIGN_IN)])
def test_who_may_save_a_post(person, sentence):
    assert permissions.can_bookmark(person, question(), RULES).reason == sentence


@pytest.mark.parametrize(
    "person, sentence",
    [
        (NEWT, ""),
        (MO, ""),
        (READER, SIGN_IN),
        (ANN, "This is your own post. You can edit or delete it."),
        (SAM, SUSPENDED),
    ],
)
def test_who_may_report_a_post(person, sentence):
    assert permissions.can_flag(person, question(), RULES).reason == sentence


@pytest.mark.parametrize(
    "person, sentence",
    [
        (MO, ""),
        (ADA, ""),
        (NEWT, "Only moderators can do this."),
        (READER, "Only moderators can do this."),
        (people.member(9, role="helper"), "Only moderators can do this."),
        (people.member(9, role="moderator", suspended_until=SAM.suspended_until), SUSPENDED),
    ],
)
def test_who_may_moderate(person, sentence):
    assert permissions.can_moderate(person, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, member, sentence",
    [
        (MO, NEWT, ""),
        (MO, people.member(9, role="helper"), ""),
        (MO, MO, "You can’t suspend yourself."),
        (MO, people.member(9, role="moderator"), "Only an administrator can suspend a member of the team."),
        (MO, ADA, "Only an administrator can suspend a member of the team."),
        (ADA, MO, ""),
        (
            ADA,
            people.member(9, role="owner"),
            "An administrator can’t be suspended. An owner can change their role first.",
        ),
        (NEWT, BOB, "Only moderators can do this."),
    ],
)
def test_who_may_suspend_whom(person, member, sentence):
    assert permissions.can_suspend(person, member, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, sentence",
    [(ADA, ""), (MO, "Only administrators can do this."), (READER, "Only administrators can do this.")],
)
def test_who_may_change_the_settings(person, sentence):
    assert permissions.can_configure(person, RULES).reason == sentence


def test_a_refusal_is_raised_with_its_sentence():
    with pytest.raises(PermissionDenied, match=r"^Only administrators can do this\.$"):
        permissions.require(permissions.can_configure(NEWT, RULES))


def test_what_is_allowed_raises_nothing():
    assert permissions.require(permissions.can_configure(ADA, RULES)) is None
