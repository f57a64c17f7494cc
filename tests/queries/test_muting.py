"""What a member asked to have left out of lists."""

import pytest

from forum.actions import following, member_blocks
from forum.choices import Sort
from forum.models import Guest
from forum.queries.question_list import get_question_list
from tests.factories import make_member, make_question

pytestmark = pytest.mark.django_db


def listed(viewer):
    return [row.title for row in get_question_list(viewer, Sort.NEWEST).page.rows]


@pytest.fixture
def questions(ann, bob, newt):
    """Five titles: by ann about fasting, by bob, by bob anonymously, by newt about fasting, by someone blocked."""
    blocked = make_member("loud one")
    member_blocks.block_member(newt, blocked)
    make_question(ann, title="Is fasting bad for sleep?")
    make_question(bob, title="By bob by name here")
    make_question(bob, title="By bob without a name", is_anonymous=True)
    make_question(newt, title="Why am I fasting again?")
    make_question(blocked, title="By someone who is blocked")
    following.set_follow_mode(newt, bob, "muted")


def test_words_and_people_leave_lists_only_for_who_wants_that(questions, newt, ann):
    following.mute_words(newt, ["fast"], in_lists=False)
    before = listed(newt)
    following.mute_words(newt, ["fast"], in_lists=True)

    assert len(before) == 5
    assert listed(newt) == ["Why am I fasting again?", "By bob without a name"]
    assert len(listed(ann)) == len(listed(Guest())) == 5
    following.mute_words(newt, [], in_lists=True)
    assert "Is fasting bad for sleep?" in listed(newt)
