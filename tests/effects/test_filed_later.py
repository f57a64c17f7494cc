"""A tag or a topic that a question gets later: its followers hear of the question once."""

import pytest

from forum.actions import editing, moderating, moving, suggesting
from forum.choices import FollowMode
from forum.models import Event, Tag
from tests.factories import make_category, make_member, make_question, make_tag
from tests.support.jobs import run_jobs
from tests.support.told import follow, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(newt):
    """A tag that newt follows."""
    tag = make_tag("night")
    follow(newt, tag=tag)
    return tag


@pytest.fixture
def question(question):
    """Ann's question, of which everyone whom it concerned has been told."""
    run_jobs()
    return question


def new_question(question):
    """What is told of it to newt, once."""
    return [("newt", "new_question", f"post:{question.pk}", "daily")]


def told_of_questions():
    return told(kind="new_question")


def test_followers_of_a_tag_added_by_an_edit_are_told_once(ann, question, night):
    editing.edit_post(ann, question, title=question.title, body="I wake at five.", tags=["night"])
    run_jobs()
    assert told_of_questions() == new_question(question)

    editing.edit_post(ann, question, title=question.title, body="I wake at six.", tags=[])
    editing.edit_post(ann, question, title=question.title, body="I wake at seven.", tags=["night"])
    run_jobs()
    assert told_of_questions() == new_question(question)


@pytest.mark.parametrize("way", ["retagged", "approved", "rolled back"])
def test_they_are_told_whoever_adds_it(ann, bob, ada, question, night, way):
    if way == "retagged":
        editing.retag_question(bob, question, tags=["night"])
    elif way == "approved":
        friend = make_member("friend")
        edit = suggesting.suggest_edit(friend, question, body="I wake at five.", tags=["night"], reason="Clearer")
        suggesting.approve_suggestion(ann, edit)
    else:
        editing.edit_post(ann, question, title=question.title, body="I wake at five.", tags=["night"])
        editing.edit_post(ada, question, title=question.title, body="I wake at five.", tags=[], reason="Off topic")
        editing.roll_back_post(ann, question, number=2, reason="It fits", base_version=None)
    run_jobs()

    assert told_of_questions() == new_question(question)


def test_who_was_told_when_it_was_asked_is_not_told_again(ann, newt, sleep, night):
    follow(newt, category=sleep)
    question = make_question(ann, category=sleep)
    run_jobs()
    before = told_of_questions()

    editing.retag_question(ann, question, tags=["night"])
    run_jobs()

    assert told_of_questions() == before == new_question(question)


def test_who_adds_it_and_who_asked_are_not_told(ann, bob, question, night):
    for member in (ann, bob):
        follow(member, tag=night)

    editing.retag_question(bob, question, tags=["night"])
    run_jobs()

    assert told_of_questions() == new_question(question)


def test_what_is_muted_stays_silent(ann, newt, question, night):
    follow(newt, FollowMode.MUTED, category=question.category)

    editing.retag_question(ann, question, tags=["night"])
    run_jobs()

    assert told_of_questions() == []


def test_tags_that_it_has_tell_nobody_again_when_words_change(ann, newt, question):
    editing.retag_question(ann, question, tags=["rest"])
    run_jobs()
    follow(newt, tag=Tag.objects.get(name="rest"))

    editing.edit_post(ann, question, title=question.title, body="I wake at five.", tags=["rest"])
    run_jobs()

    assert told_of_questions() == []
    assert Event.objects.filter(verb="question.filed").count() == 1


def test_a_question_that_waits_tells_them_once_when_it_is_seen(ann, mo, night):
    question = make_question(ann, must_wait=True)
    editing.edit_post(ann, question, title=question.title, body="I wake at five.", tags=["night"])
    run_jobs()
    assert told_of_questions() == []

    moderating.approve_post(mo, question)
    run_jobs()
    assert told_of_questions() == new_question(question)


@pytest.mark.parametrize("by", ["moderator", "author"])
def test_followers_of_a_topic_it_is_moved_to_are_told(ann, mo, newt, bob, by):
    above = make_category("Nights")
    here, there = (make_category(name, parent=above) for name in ("Dreams", "Rest"))
    question = make_question(ann, category=here)
    run_jobs()
    follow(newt, category=there)
    follow(bob, category=above)  # since it was asked: it stood there before

    if by == "moderator":
        moving.move_question(mo, question, category=there, reason="It fits better")
    else:
        editing.retag_question(ann, question, category=there)
    run_jobs()

    assert told_of_questions() == new_question(question)
