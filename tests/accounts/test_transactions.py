"""What the database broke off is begun once more, from the start, and leaves nothing of the first time."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError, transaction
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.transactions import atomic_with_retry, is_broken_off
from forum.actions import answering, voting
from forum.models import Draft, Guest, Post, Vote
from tests.support.at_once import at_once
from tests.support.deadlocks import DEADLOCK, SERIALIZATION_FAILURE, broken_off
from tests.support.records import everything, points
from tests.support.typing_forms import typed

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SENTENCE = "Someone changed the same thing at the same moment, so nothing was saved."


def lock(member):
    User.objects.filter(pk=member.pk).update(theme="dark")


@pytest.mark.parametrize("code", [DEADLOCK, SERIALIZATION_FAILURE])
def test_a_vote_that_was_broken_off_is_cast_all_the_same(ann, newt, question, code):
    with broken_off("forum_vote", times=1, code=code):
        voting.cast_vote(newt, question, 1)

    assert list(Vote.objects.values_list("post", "voter")) == [(question.pk, newt.pk)]
    assert (points(ann), points(newt)) == (530, 110)


def test_what_is_broken_off_twice_changes_nothing(newt, question):
    before = everything()

    with broken_off("forum_vote", times=2), pytest.raises(OperationalError) as failure:
        voting.cast_vote(newt, question, 1)

    assert is_broken_off(failure.value)
    assert everything() == before


def test_another_failure_is_not_tried_again(newt, question):
    with broken_off("forum_vote", times=1, code="57014"), pytest.raises(OperationalError) as failure:
        voting.cast_vote(newt, question, 1)

    assert not is_broken_off(failure.value)
    assert not Vote.objects.exists()


def test_within_another_transaction_nothing_begins_again(newt, question):
    with broken_off("forum_vote", times=1), pytest.raises(OperationalError), transaction.atomic():
        voting.cast_vote(newt, question, 1)

    assert not Vote.objects.exists()


@pytest.mark.parametrize("viewer", [lambda guest: guest, lambda guest: SimpleLazyObject(lambda: guest)])
def test_a_new_guest_is_kept_once_though_their_answer_was_broken_off(question, viewer):
    guest = Guest()

    with broken_off("forum_event", times=1):
        answer = answering.answer_question(viewer(guest), question, body="Fir needles.")

    assert answer.guest == Guest.objects.get()


def test_a_guest_who_could_not_be_kept_is_new_again(question):
    guest = Guest()

    with broken_off("forum_event", times=2), pytest.raises(OperationalError):
        answering.answer_question(guest, question, body="Fir needles.")

    assert (guest.pk, guest._state.adding) == (None, True)


def test_two_that_wait_for_each_other_both_succeed(ann, bob):
    have_first_row = Barrier(2)

    @atomic_with_retry
    def change(first, second):
        lock(first)
        with suppress(BrokenBarrierError):  # the one that begins again comes alone
            have_first_row.wait(timeout=5)
        have_first_row.abort()
        lock(second)
        return True

    assert at_once(lambda: change(ann, bob), lambda: change(bob, ann)) == [True, True]


def test_an_answer_broken_off_twice_is_a_draft_and_the_page_says_so(client, newt, question):
    client.force_login(newt)

    with broken_off("forum_event", times=2):
        response = client.post(f"/posts/{question.pk}/answer/", typed(body="Fir needles."))

    assert response.status_code == 503
    assert f"{SENTENCE} Your text is saved as a draft; please send it again." in response.content.decode()
    assert list(Draft.objects.values_list("author", "about", "fields__body")) == [
        (newt.pk, question.pk, "Fir needles.")
    ]
    assert Post.objects.get() == question


def test_a_new_guests_answer_broken_off_twice_is_a_draft_of_their_browser(client, question):
    with broken_off("forum_event", times=2):
        response = client.post(f"/posts/{question.pk}/answer/", typed(body="Fir needles."))

    assert response.status_code == 503
    assert "Fir needles." in client.get("/drafts/").content.decode()


def test_a_vote_broken_off_twice_is_answered_with_a_plain_sentence(client, newt, question):
    client.force_login(newt)

    with broken_off("forum_vote", times=2):
        response = client.post(f"/posts/{question.pk}/vote/", {"direction": "up"})

    assert response.status_code == 503
    assert f"{SENTENCE} Please try again." in response.content.decode()
    assert not Vote.objects.exists()
