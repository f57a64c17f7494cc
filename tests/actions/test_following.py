"""Saving a post for later, and following questions, topics and tags."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forum.actions import following, moderating
from forum.models import Bookmark, Follow, Guest, Tag
from tests.factories import make_answer, make_question
from tests.support.records import everything, ledger, verbs

pytestmark = pytest.mark.django_db


def test_a_saved_post_is_saved_once(newt, question):
    assert following.bookmark_post(newt, question) is True
    before = everything()

    assert following.bookmark_post(newt, question) is False
    assert everything() == before
    assert Bookmark.objects.values_list("member", "post").get() == (newt.pk, question.pk)
    assert (verbs(post=question), ledger(newt)) == (["question.asked"], [])


def test_a_post_is_let_go_once_and_others_stay(ann, newt, question):
    answer = make_answer(question)
    following.bookmark_post(newt, question)
    following.bookmark_post(newt, answer)
    following.bookmark_post(ann, question)

    assert following.unbookmark_post(newt, question) is True
    before = everything()

    assert following.unbookmark_post(newt, question) is False
    assert everything() == before
    assert list(Bookmark.objects.order_by("pk").values_list("member", "post")) == [
        (newt.pk, answer.pk),
        (ann.pk, question.pk),
    ]
    assert verbs(actor=newt) == []


@pytest.mark.parametrize("act", [following.bookmark_post, following.unbookmark_post])
def test_guests_save_nothing(guest, question, act):
    before = everything()

    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            act(person, question)
    assert everything() == before


@pytest.mark.parametrize("kind", ["question", "topic", "tag"])
def test_a_thing_is_followed_once_and_let_go_once(ann, newt, question, sleep, kind):
    thing = {"question": question, "topic": sleep, "tag": Tag.objects.create(name="rest", slug="rest")}[kind]
    following.follow(ann, thing)
    before = everything()

    assert following.follow(newt, thing) is True
    followed = everything()
    assert (following.follow(newt, thing), everything()) == (False, followed)
    assert list(Follow.objects.order_by("pk").values_list("member", flat=True)) == [ann.pk, newt.pk]

    assert following.unfollow(newt, thing) is True
    assert (following.unfollow(newt, thing), everything()) == (False, before)
    assert (verbs(actor=newt), ledger(newt)) == ([], [])


def test_what_nobody_may_follow_is_refused(ann, newt, mo, guest, question):
    answer, hidden = make_answer(question), make_question(ann)
    moderating.hide_post(mo, hidden, reason="It names somebody.")
    hidden.refresh_from_db()
    removed = Tag.objects.create(name="rest", slug="rest", removed_at=timezone.now())
    before = everything()

    for person, thing, sentence in (
        (newt, answer, "Only a question can be followed"),
        (newt, hidden, "cannot be followed at the moment"),
        (newt, removed, "not in use any more"),
        (guest, question, "Sign in first"),
        (Guest(), question, "Sign in first"),
    ):
        with pytest.raises(PermissionDenied, match=sentence):
            following.follow(person, thing)
    assert everything() == before
