"""Which name stands on a post, for whom."""

import pytest
from django.utils import timezone

from accounts.avatars import avatar_of_name, drawn_avatar
from forum.actions import editing
from forum.bylines import Byline, byline, editor_byline, member_byline
from forum.models import Guest, Post
from tests.factories import make_answer, make_guest, make_member, make_question

pytestmark = pytest.mark.django_db


def nobody(**more):
    return Byline("Anonymous", "anon", is_anonymous=True, **more)


def test_a_member_has_a_name_a_page_and_points(ann, question):
    question = Post.objects.get(pk=question.pk)

    assert byline(question, Guest()) == Byline("ann", drawn_avatar(ann.pk), "/user/ann/", 520)


def test_ones_own_post_says_so(ann, question):
    shown = byline(Post.objects.get(pk=question.pk), ann)

    assert shown == Byline("ann", drawn_avatar(ann.pk), "/user/ann/", 520, is_you=True)


def test_a_moderator_and_the_owner_are_labelled(mo, ada, newt, bob):
    labels = {member.username: member_byline(member, bob).label for member in (mo, ada, newt)}

    assert labels == {"mo": "Moderator", "ada": "Moderator", "newt": ""}


def test_an_uploaded_picture_takes_the_place_of_the_drawn_one(bob):
    bob.picture = "avatars/x.webp"

    assert member_byline(bob, Guest()).avatar == "/media/avatars/x.webp"


def test_without_a_name_nobody_learns_who_it_was(ann, bob, mo, ada):
    question = make_question(ann, is_anonymous=True)

    assert [byline(question, viewer) for viewer in (bob, mo, ada, Guest(), make_guest())] == [nobody()] * 5
    assert byline(question, ann) == nobody(is_you=True)


def test_a_moderators_post_without_a_name_has_no_label(mo, bob):
    assert byline(make_question(mo, is_anonymous=True), bob) == nobody()


def test_a_guest_has_the_name_they_gave_or_none(bob, guest):
    named, unnamed = make_question(guest, guest_name="Gil"), make_question(guest)

    assert byline(named, bob) == Byline("Gil", avatar_of_name("Gil"), label="Guest")
    assert byline(named, guest) == Byline("Gil", avatar_of_name("Gil"), label="Guest", is_you=True)
    assert byline(unnamed, make_guest()) == nobody()
    assert byline(unnamed, guest) == nobody(is_you=True)


def test_a_reader_who_never_posted_is_nobodys_author(guest):
    assert byline(make_question(guest), Guest()).is_you is False


def test_a_closed_account_has_lost_its_name_and_its_page(ann, bob, question):
    ann.closed_at = timezone.now()
    ann.save()

    assert byline(Post.objects.get(pk=question.pk), bob) == Byline("Former member", "anon")


def test_the_editor_is_named_unless_it_was_the_author(ann, bob, question):
    answer = make_answer(question, ann)
    editing.edit_post(bob, question, title=question.title, body="By Bob.")
    editing.edit_post(ann, answer, body="By Ann herself.")

    assert editor_byline(Post.objects.get(pk=question.pk), Guest()).name == "bob"
    assert editor_byline(Post.objects.get(pk=answer.pk), Guest()) is None


def test_an_author_without_a_name_is_not_given_away_by_their_own_edit(ann, bob):
    question = make_question(ann, is_anonymous=True)
    editing.edit_post(ann, question, title=question.title, body="Again.")

    assert editor_byline(Post.objects.get(pk=question.pk), bob) is None


def test_an_edit_before_a_claim_tells_nothing(newt, guest):
    question = make_question(guest)
    editing.edit_post(guest, question, title=question.title, body="Again.")

    assert editor_byline(Post.objects.get(pk=question.pk), newt) is None


def test_a_byline_with_its_author_loaded_asks_nothing(question, bob, django_assert_num_queries):
    post = Post.objects.with_author().get(pk=question.pk)

    with django_assert_num_queries(0):
        byline(post, bob)
        editor_byline(post, bob)


def test_a_name_with_signs_has_an_address_of_its_own():
    member = make_member("Zoë Öz")

    assert member_byline(member, Guest()).url == "/user/Zo%C3%AB%20%C3%96z/"
