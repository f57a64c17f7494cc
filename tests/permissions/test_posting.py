"""Who may ask, answer, comment, edit, delete, and use tags and pictures."""

import pytest

from forum import permissions
from tests.permissions import people
from tests.permissions.people import (
    ADA,
    ANN,
    BOB,
    DELETED,
    EDITOR,
    GIL,
    HIDDEN,
    MO,
    NEWT,
    READER,
    RULES,
    SAM,
    SUSPENDED,
    TRUSTED,
    WAITING,
    WITHDRAWN,
    answer,
    comment,
    guest_question,
    question,
)

TAKEN_OUT = "A moderator has hidden this post, so it can’t be changed now."
NO_COMMENTS = "This post can’t be commented on at the moment."
NOT_YOURS = "Only its author can edit this."
NEEDS_2000 = "You need 2,000 points to edit other people’s posts. You have 100."


@pytest.mark.parametrize(
    "person, sentence",
    [(READER, ""), (GIL, ""), (NEWT, ""), (MO, ""), (SAM, SUSPENDED)],
)
def test_who_may_ask(person, sentence):
    assert permissions.can_ask(person, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, post, sentence",
    [
        (READER, question(), ""),
        (NEWT, question(), ""),
        (ANN, question(), ""),
        (NEWT, question(is_closed=True), "This question is closed, so it takes no new answers."),
        (MO, question(is_closed=True), "This question is closed, so it takes no new answers."),
        (NEWT, question(**HIDDEN), "This question can’t be answered at the moment."),
        (ANN, question(**WAITING), "This question can’t be answered at the moment."),
        (SAM, question(), SUSPENDED),
    ],
)
def test_who_may_answer(person, post, sentence):
    assert permissions.can_answer(person, post, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, post, sentence",
    [
        (READER, question(), ""),
        (NEWT, answer(), ""),
        (NEWT, question(is_closed=True), ""),
        (NEWT, comment(), "Only questions and answers can be commented on."),
        (BOB, answer(**WITHDRAWN), NO_COMMENTS),
        (NEWT, answer(to=question(**HIDDEN)), NO_COMMENTS),
        (BOB, answer(to=question(**DELETED)), NO_COMMENTS),
        (ANN, answer(to=question(**WITHDRAWN)), NO_COMMENTS),
        (READER, answer(to=question(**WAITING)), NO_COMMENTS),
        (MO, answer(to=question(**HIDDEN)), ""),
        (MO, question(**HIDDEN), NO_COMMENTS),
        (SAM, answer(), SUSPENDED),
    ],
)
def test_who_may_comment(person, post, sentence):
    assert permissions.can_comment(person, post, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, post, sentence",
    [
        (ANN, question(), ""),
        (ANN, question(**WITHDRAWN), ""),
        (ANN, question(**WAITING), ""),
        (ANN, question(**HIDDEN), ""),
        (ANN, question(**DELETED), "A moderator has deleted this post, so it can’t be edited."),
        (GIL, guest_question(), ""),
        (READER, guest_question(), NOT_YOURS),
        (READER, question(), NOT_YOURS),
        (NEWT, question(), NEEDS_2000),
        (EDITOR, question(), ""),
        (EDITOR, answer(), ""),
        (EDITOR, comment(), "Only its author and moderators can edit a comment."),
        (EDITOR, question(**HIDDEN), "This post can’t be edited at the moment."),
        (EDITOR, answer(to=question(**HIDDEN)), "This post can’t be edited at the moment."),
        (BOB, answer(to=question(**HIDDEN)), ""),
        (MO, answer(to=question(**HIDDEN)), ""),
        (BOB, comment(), ""),
        (MO, comment(), ""),
        (MO, question(**HIDDEN), ""),
        (SAM, question(), SUSPENDED),
    ],
)
def test_who_may_edit(person, post, sentence):
    assert permissions.can_edit(person, post, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, post, sentence",
    [
        (ANN, question(), ""),
        (GIL, guest_question(), ""),
        (BOB, answer(), ""),
        (NEWT, question(), "Only its author can delete this."),
        (MO, question(), "Only its author can delete this."),
        (READER, guest_question(), "Only its author can delete this."),
        (ANN, question(**HIDDEN), TAKEN_OUT),
        (
            ANN,
            question(answer_count=1),
            "Someone has answered, so your question stays for those who need the answer.",
        ),
        (
            BOB,
            answer(to=question(accepted_answer_id=20)),
            "This is the best answer, so it stays for those who need it.",
        ),
        (BOB, answer(comment_count=1), "Someone has commented on this, so it stays."),
        (SAM, question(author=SAM), SUSPENDED),
    ],
)
def test_who_may_delete_their_own(person, post, sentence):
    assert permissions.can_withdraw(person, post, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, sentence",
    [
        (ANN, ""),
        (EDITOR, ""),
        (MO, ""),
        (people.member(9, reputation=500), ""),
        (NEWT, "You need 500 points to change tags and topic. You have 100."),
        (SAM, SUSPENDED),
        (READER, people.SIGN_IN),
    ],
)
def test_who_may_change_tags_and_topic(person, sentence):
    assert permissions.can_retag(person, question(), RULES).reason == sentence


@pytest.mark.parametrize(
    "person, sentence",
    [
        (people.member(9, reputation=300), ""),
        (MO, ""),
        (TRUSTED, "You need 300 points to create a new tag. You have 250."),
        (READER, "You need an account with 300 points to create a new tag."),
    ],
)
def test_who_may_make_a_tag(person, sentence):
    assert permissions.can_create_tag(person, RULES).reason == sentence


@pytest.mark.parametrize("person, sentence", [(READER, ""), (NEWT, ""), (SAM, SUSPENDED)])
def test_who_may_show_a_picture(person, sentence):
    assert permissions.can_upload(person, RULES).reason == sentence


@pytest.mark.parametrize(
    "person, is_checked",
    [(READER, True), (NEWT, True), (people.member(9, reputation=200), False), (MO, False), (ADA, False)],
)
def test_whose_posts_are_checked_for_spam(person, is_checked):
    assert permissions.needs_check(person, RULES) is is_checked


@pytest.mark.parametrize(
    "person, post, is_read",
    [
        (READER, question(), True),
        (READER, question(audience="unlisted"), True),
        (READER, question(audience="members"), False),
        (GIL, question(audience="members"), False),
        (GIL, guest_question(audience="members"), True),
        (NEWT, question(audience="members"), True),
        (NEWT, question(**HIDDEN), False),
        (NEWT, question(**WAITING), False),
        (ANN, question(**HIDDEN), True),
        (MO, question(**DELETED), True),
    ],
)
def test_who_may_read_a_question(person, post, is_read):
    assert permissions.can_read(person, post) is is_read
