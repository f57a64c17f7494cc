"""What stands beside the questions of one tag."""

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, moderating, voting
from forum.choices import Direction
from forum.models import Guest, Tag
from forum.queries.tag_panels import forget_tag_panels, get_tag_panels
from tests.factories import make_answer, make_member, make_question


@pytest.fixture
def panels_of():
    """Return the panels of a tag as they would be counted now."""

    def read(name, viewer=None):
        tag = Tag.objects.get(name=name)
        forget_tag_panels(tag.pk)
        return get_tag_panels(tag, viewer or Guest())

    return read


@pytest.fixture
def helpful(db):
    """Return an answer that somebody found helpful."""

    def answer(question, author, **fields):
        made = make_answer(question, author, **fields)
        voting.cast_vote(make_member(points=100), made, Direction.UP)
        return made

    return answer


def names(links):
    return [link.name for link in links]


def helpers(panels):
    return [(helper.byline.name, helper.answer_count) for helper in panels.helpers]


def test_related_tags_are_those_on_the_same_questions_most(ann, sleep, panels_of):
    make_question(ann, tags=["panic", "work", "night"])
    make_question(ann, tags=["panic", "work"])
    make_question(ann, tags=["work", "money"])

    assert names(panels_of("panic").related) == ["work", "night"]


def test_a_tag_that_cannot_be_used_is_no_neighbour(ann, sleep, panels_of):
    make_question(ann, tags=["panic", "work"])
    Tag.objects.filter(name="work").update(removed_at=timezone.now())

    assert panels_of("panic").related == ()


def test_what_guests_cannot_read_makes_no_panel_of_theirs(ann, bob, sleep, helpful, panels_of):
    question = make_question(ann, tags=["panic", "secret"], audience="members")
    helpful(question, bob)

    guest, member = panels_of("panic"), panels_of("panic", ann)

    assert (guest.this_month, guest.unanswered, guest.related, guest.helpers) == (0, 0, (), ())
    assert (member.this_month, names(member.related), helpers(member)) == (1, ["secret"], [("bob", 1)])


def test_what_a_moderator_hid_is_in_no_panel(ann, bob, mo, sleep, helpful, panels_of):
    question = make_question(ann, tags=["panic", "work"])
    helpful(question, bob)
    moderating.hide_post(mo, question, reason="It names a street.")

    panels = panels_of("panic", mo)

    assert (panels.this_month, panels.related, panels.helpers) == (0, (), ())


def test_numbers_say_what_is_new_and_what_waits(ann, bob, sleep, panels_of):
    make_question(ann, tags=["panic"], days_ago=40)
    make_answer(make_question(ann, tags=["panic"]), bob)
    make_question(ann, tags=["panic"])

    panels = panels_of("panic")

    assert (panels.this_month, panels.unanswered) == (2, 2)


def test_those_helped_most_whose_answers_were_accepted_or_voted_up(ann, bob, newt, sleep, helpful, panels_of):
    first, second = make_question(ann, tags=["panic"]), make_question(ann, tags=["panic"])
    answering.accept_answer(ann, make_answer(first, bob))
    helpful(second, bob)
    helpful(first, newt)
    make_answer(first, make_member("nobody thanked"))

    assert helpers(panels_of("panic")) == [("bob", 2), ("newt", 1)]


def test_nobody_is_named_for_what_they_wrote_anonymously(ann, bob, sleep, helpful, panels_of):
    helpful(make_question(ann, tags=["panic"]), bob, is_anonymous=True)

    assert helpers(panels_of("panic")) == []


def test_an_answer_counts_alike_to_ones_own_anonymous_question(ann, bob, sleep, helpful, panels_of):
    mine = make_question(bob, tags=["panic"], is_anonymous=True)
    others = make_question(ann, tags=["panic"], is_anonymous=True)
    helpful(mine, bob)
    helpful(others, bob)

    assert helpers(panels_of("panic")) == [("bob", 2)]


def test_a_closed_account_is_not_named(ann, bob, sleep, helpful, panels_of):
    helpful(make_question(ann, tags=["panic"]), bob)
    User.objects.filter(pk=bob.pk).update(closed_at=timezone.now())

    assert helpers(panels_of("panic")) == []


def test_a_hidden_answer_helps_nobody(ann, bob, mo, sleep, helpful, panels_of):
    answer = helpful(make_question(ann, tags=["panic"]), bob)
    moderating.hide_post(mo, answer, reason="Unkind.")

    assert helpers(panels_of("panic")) == []
