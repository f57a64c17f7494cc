"""Saving a post for later; following questions, topics, tags and people; words to hear nothing of."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import bookmarking, claiming, following, moderating
from forum.models import Bookmark, Follow, Guest, Preferences, Tag
from tests.factories import make_answer, make_guest, make_member, make_question
from tests.support.records import everything, ledger, verbs

pytestmark = pytest.mark.django_db


def follows(**about):
    """Return who follows in which way, the first row first."""
    return list(Follow.objects.filter(**about).order_by("pk").values_list("member", "mode"))


def test_a_saved_post_is_saved_once(newt, question):
    assert bookmarking.bookmark_post(newt, question) is True
    before = everything()

    assert bookmarking.bookmark_post(newt, question) is False
    assert everything() == before
    assert Bookmark.objects.values_list("member", "post").get() == (newt.pk, question.pk)
    assert (verbs(post=question), ledger(newt)) == (["question.asked"], [])


def test_a_post_is_let_go_once_and_others_stay(ann, newt, question):
    answer = make_answer(question)
    bookmarking.bookmark_post(newt, question)
    bookmarking.bookmark_post(newt, answer)
    bookmarking.bookmark_post(ann, question)

    assert bookmarking.unbookmark_post(newt, question) is True
    before = everything()

    assert bookmarking.unbookmark_post(newt, question) is False
    assert everything() == before
    assert list(Bookmark.objects.order_by("pk").values_list("member", "post")) == [
        (newt.pk, answer.pk),
        (ann.pk, question.pk),
    ]
    assert verbs(actor=newt) == []


@pytest.mark.parametrize("act", [bookmarking.bookmark_post, bookmarking.unbookmark_post])
def test_guests_save_nothing(guest, question, act):
    before = everything()

    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            act(person, question)
    assert everything() == before


@pytest.fixture(params=["question", "category", "tag", "person"])
def column(request):
    return request.param


@pytest.fixture
def thing(column, question, sleep):
    things = {"question": question, "category": sleep, "person": make_member("pat")}
    return things.get(column) or Tag.objects.create(name="rest", slug="rest")


def test_a_thing_is_followed_once_and_let_go_once(bob, newt, column, thing):
    following.follow(bob, thing)
    before = everything()

    assert following.follow(newt, thing) is True
    followed = everything()
    assert (following.follow(newt, thing), everything()) == (False, followed)
    own = [(thing.author_id, "site")] if column == "question" else []
    assert follows(**{column: thing}) == [*own, (bob.pk, "daily"), (newt.pk, "daily")]

    assert following.unfollow(newt, thing) is True
    assert (following.unfollow(newt, thing), everything()) == (False, before)
    assert (verbs(actor=newt), ledger(newt)) == ([], [])


@pytest.mark.parametrize("mode", ["instant", "daily", "weekly", "site", "muted"])
def test_each_way_of_hearing_is_chosen_once_whether_it_was_followed_before_or_not(bob, newt, column, thing, mode):
    following.follow(bob, thing)

    for member in (bob, newt):
        following.set_follow_mode(member, thing, mode)
    before = everything()
    for member in (bob, newt):
        following.set_follow_mode(member, thing, mode)

    assert everything() == before
    assert follows(**{column: thing}, member__in=[bob, newt]) == [(bob.pk, mode), (newt.pk, mode)]


def test_following_in_a_way_leaves_the_way_of_what_is_followed_unless_it_is_named(newt, thing, column):
    following.follow(newt, thing, mode="weekly")
    following.follow(newt, thing)
    unnamed = follows(member=newt)

    following.follow(newt, thing, mode="instant")

    assert (unnamed, follows(member=newt)) == ([(newt.pk, "weekly")], [(newt.pk, "instant")])


def test_following_what_was_muted_ends_the_silence(newt, thing, column):
    following.set_follow_mode(newt, thing, "muted")

    assert following.follow(newt, thing) is False
    assert follows(member=newt) == [(newt.pk, "daily")]


def test_who_asks_follows_it_also_anonymously_and_hears_again_on_the_site_after_muting(newt):
    asked, veiled = make_question(newt), make_question(newt, is_anonymous=True)
    at_first = list(Follow.objects.order_by("pk").values_list("member", "question", "mode"))
    following.set_follow_mode(newt, veiled, "muted")

    following.follow(newt, veiled)

    assert at_first == [(newt.pk, asked.pk, "site"), (newt.pk, veiled.pk, "site")]
    assert follows(question=veiled) == [(newt.pk, "site")]


def test_a_guests_question_is_followed_by_nobody_until_it_is_claimed(newt):
    guest = make_guest()
    asked, muted = make_question(guest), make_question(guest)
    make_answer(asked, guest)
    following.set_follow_mode(newt, muted, "muted")
    before = list(Follow.objects.values_list("question", "mode"))

    claiming.claim_posts(newt, guest, is_anonymous=True)

    assert before == [(muted.pk, "muted")]
    after = Follow.objects.order_by("question").values_list("member", "question", "mode")
    assert list(after) == [(newt.pk, asked.pk, "site"), (newt.pk, muted.pk, "muted")]


def test_nobody_follows_themselves_or_a_closed_account(newt, bob):
    bob.closed_at = timezone.now()
    bob.save(update_fields=["closed_at"])
    before = everything()

    for person, sentence in (
        (newt, "You can’t follow yourself. You already follow the questions you asked."),
        (bob, "This account is closed"),
    ):
        for act in (following.follow, lambda member, thing: following.set_follow_mode(member, thing, "muted")):
            with pytest.raises(PermissionDenied, match=sentence):
                act(newt, person)
    assert everything() == before


def test_words_are_kept_as_typed_each_once_and_again_changes_nothing(newt):
    typed = ["  Calorie   count ", "", "calorie count", "!?", "Fasting\x00", "节食"]

    assert following.mute_words(newt, typed) == ("Calorie count", "Fasting", "节食")
    before = everything()

    assert following.mute_words(newt, typed) == ("Calorie count", "Fasting", "节食")
    assert everything() == before
    assert Preferences.objects.get(member=newt).muted_words == "Calorie count\nFasting\n节食"
    assert (following.mute_words(newt, []), Preferences.objects.get(member=newt).muted_words) == ((), "")
    assert verbs(actor=newt) == []


def test_too_many_words_and_too_long_ones_are_refused(newt, guest):
    before = everything()

    with pytest.raises(ValidationError, match=r"Use at most 30 lines. You have 31."):
        following.mute_words(newt, [f"word {number}" for number in range(31)])
    with pytest.raises(ValidationError, match="Use at most 60 characters"):
        following.mute_words(newt, ["fine", "x" * 61])
    with pytest.raises(PermissionDenied, match="Sign in first"):
        following.mute_words(guest, ["fine"])
    assert everything() == before


def test_what_nobody_may_follow_is_refused(ann, newt, mo, guest, question):
    answer, hidden = make_answer(question), make_question(ann)
    moderating.hide_post(mo, hidden, reason="It names somebody.")
    hidden.refresh_from_db()
    removed = Tag.objects.create(name="rest", slug="rest", removed_at=timezone.now())
    before = everything()

    for person, thing, sentence in (
        (newt, answer, "Only questions can be followed."),
        (newt, hidden, "This question can’t be followed at the moment."),
        (newt, removed, "This tag is no longer in use."),
        (guest, question, "Sign in first"),
        (Guest(), question, "Sign in first"),
    ):
        for act in (following.follow, lambda member, thing: following.set_follow_mode(member, thing, "muted")):
            with pytest.raises(PermissionDenied, match=sentence):
                act(person, thing)
    assert everything() == before
