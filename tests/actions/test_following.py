"""Saving a post for later."""

import pytest
from django.core.exceptions import PermissionDenied

from forum.actions import following
from forum.models import Bookmark, Guest
from tests.factories import make_answer
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
