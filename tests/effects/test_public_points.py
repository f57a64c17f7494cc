"""The points that others see: no number tells who wrote anonymously, or who has just voted."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, claiming, editing, suggesting, tidying, voting
from forum.actions.recounting import recount
from forum.bylines import member_byline
from forum.choices import Direction
from forum.models import Guest, Post, ReputationChange
from forum.queries.points_curve import get_points_curve
from tests.factories import make_answer, make_member, make_question

pytestmark = pytest.mark.django_db


def _seen(*members):
    return [User.objects.get(pk=member.pk).public_points for member in members]


def _own(*members):
    return [User.objects.get(pk=member.pk).reputation for member in members]


def _drawn(*members):
    return [get_points_curve(member, Guest()).months[0].total for member in members]


def _hide_name(post, author, *, is_anonymous=True):
    post = Post.objects.get(pk=post.pk)
    editing.edit_post(author, post, title=post.title, body=post.body, is_anonymous=is_anonymous)


def _next_month(monkeypatch):
    """Turn the site's clock to the first of the next month, an hour after midnight."""
    first = (timezone.localtime().replace(day=1) + timedelta(days=32)).replace(day=1, hour=1, minute=0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: first)


def test_nothing_others_see_changes_when_somebody_acts_anonymously(ann, bob, mo):
    question = make_question(ann, is_anonymous=True)
    answer = make_answer(question, bob, is_anonymous=True)
    voting.cast_vote(mo, answer, Direction.UP)
    voting.cast_vote(mo, question, Direction.UP)
    answering.accept_answer(ann, answer)

    assert _seen(ann, bob, mo) == [500, 2_500, 100]
    assert _own(ann, bob, mo) == [560, 2_860, 120]
    assert recount(check=True) == []


def test_what_is_written_under_a_name_counts_at_once(ann, bob):
    answer = make_answer(make_question(ann), bob)
    answering.accept_answer(ann, answer)

    assert _seen(ann, bob) == [550, 2_840]


def test_the_member_sees_their_whole_total(bob):
    make_answer(author=bob, is_anonymous=True)
    member = User.objects.get(pk=bob.pk)

    assert [member_byline(member, member).points, member_byline(member, Guest()).points] == [2_540, 2_500]


def test_what_was_public_stays_so_when_the_name_is_hidden(monkeypatch, bob, ann, newt):
    answer = make_answer(author=bob)
    voting.cast_vote(ann, answer, Direction.UP)
    seen = [_seen(bob)]

    _hide_name(answer, bob)
    seen.append(_seen(bob))
    voting.cast_vote(newt, answer, Direction.UP)
    seen.append(_seen(bob))
    voting.retract_vote(ann, answer)
    seen.append(_seen(bob))
    assert [seen, _own(bob), _drawn(bob), recount(check=True)] == [[[2_560]] * 4, [2_560], [2_560], []]

    editing.withdraw_post(bob, answer)
    assert [_seen(bob), _own(bob), recount(check=True)] == [[2_560], [2_500], []]

    _next_month(monkeypatch)
    tidying.publish_points()
    assert [_seen(bob), _drawn(bob), recount(check=True)] == [[2_500], [2_500], []]


def test_what_was_quiet_stays_so_when_the_name_is_shown(monkeypatch, bob, ann):
    answer = make_answer(author=bob, is_anonymous=True)

    _hide_name(answer, bob, is_anonymous=False)
    seen = [_seen(bob)]
    voting.cast_vote(ann, answer, Direction.UP)
    seen.append(_seen(bob))
    assert [seen, _own(bob), recount(check=True)] == [[[2_500], [2_520]], [2_560], []]

    _next_month(monkeypatch)
    tidying.publish_points()
    assert [_seen(bob), _drawn(bob), recount(check=True)] == [[2_560], [2_560], []]


def test_an_edit_approved_under_a_name_stays_public_when_the_post_becomes_anonymous(ann, newt, question):
    suggestion = suggesting.suggest_edit(newt, question, title=question.title, body="Clearer words.", reason="Clearer")
    suggesting.approve_suggestion(ann, suggestion)
    seen = [_seen(newt)]

    _hide_name(question, ann)
    make_answer(author=newt)  # settles them

    assert [*seen, _seen(newt)] == [[120], [160]]
    assert recount(check=True) == []


def test_a_guests_posts_claimed_anonymously_move_no_total(ann, bob, newt, guest):
    asked = make_question(guest, guest_name="Gil")
    suggestion = suggesting.suggest_edit(newt, asked, title=asked.title, body="Clearer words.", reason="Clearer")
    suggesting.approve_suggestion(bob, suggestion)
    named = make_answer(asked, newt)
    answering.accept_answer(guest, named)
    voting.cast_vote(newt, asked, Direction.UP)
    before = [_seen(newt), _drawn(newt)]

    claiming.claim_posts(newt, guest, is_anonymous=True)

    assert before == [[460], [460]]
    assert [_seen(newt), _drawn(newt), _own(newt), recount(check=True)] == [[460], [460], [190], []]


def test_a_guests_posts_claimed_openly_pay_what_others_see(bob, newt, guest):
    asked = make_question(guest, guest_name="Gil")
    suggestion = suggesting.suggest_edit(newt, asked, title=asked.title, body="Clearer words.", reason="Clearer")
    suggesting.approve_suggestion(bob, suggestion)
    answering.accept_answer(guest, make_answer(asked, newt))

    claiming.claim_posts(newt, guest)

    assert [_seen(newt), _own(newt), recount(check=True)] == [[190], [190], []]


@pytest.mark.parametrize(("asks_unseen", "answers_unseen"), [(True, False), (False, True), (True, True)])
def test_nobody_can_tell_that_an_asker_chose_their_own_answer(asks_unseen, answers_unseen, monkeypatch):
    stranger, asker, other = make_member(points=100), make_member(points=100), make_member(points=100)
    for author, by in ((stranger, asker), (other, other)):
        asked = make_question(by, is_anonymous=asks_unseen)
        answering.accept_answer(by, make_answer(asked, author, is_anonymous=answers_unseen))
    at_once = [_seen(stranger, other), _drawn(stranger, other)]
    _next_month(monkeypatch)
    tidying.publish_points()
    for_ever = [_seen(stranger, other), _drawn(stranger, other)]

    asked_by_other = 20 + 30  # what the question itself brought whoever asked
    seen = [100 if answers_unseen else 440, (100 if answers_unseen else 440) + (0 if asks_unseen else asked_by_other)]
    assert at_once == [seen, seen]
    assert for_ever == [[440, 440 + asked_by_other]] * 2
    assert _own(stranger, other) == [440, 190]
    assert recount(check=True) == []


def test_whoever_openly_chooses_their_own_answer_shows_no_more_points_for_it(newt):
    asked = make_question(newt)
    answering.accept_answer(newt, make_answer(asked, newt))

    assert [_seen(newt), _own(newt)] == [[190], [190]]


def test_hiding_and_showing_the_name_of_an_asker_moves_no_total_at_once(monkeypatch, newt):
    asked = make_question(newt)
    answering.accept_answer(newt, make_answer(asked, newt))

    _hide_name(asked, newt)
    hidden = [_seen(newt), _own(newt), recount(check=True)]
    _next_month(monkeypatch)
    tidying.publish_points()
    published = [_seen(newt), _own(newt), recount(check=True)]
    _hide_name(asked, newt, is_anonymous=False)
    shown = [_seen(newt), _own(newt), recount(check=True)]

    assert hidden == [[190], [190], []]
    assert published == [[490], [190], []]
    assert shown == [[490], [190], []]


def test_choosing_another_answer_takes_back_what_was_for_show(ann, bob, newt):
    asked = make_question(newt, is_anonymous=True)
    own, other = make_answer(asked, newt), make_answer(asked, bob)
    answering.accept_answer(newt, own)
    answering.accept_answer(newt, other)

    assert [_seen(newt, bob), _own(newt, bob), recount(check=True)] == [[140, 2_840], [190, 2_840], []]


def test_between_midnight_and_the_publication_a_vote_tells_nothing(monkeypatch, ann, bob):
    one, other = make_member(points=500), make_member(points=500)
    answers = [make_answer(author=author, is_anonymous=True) for author in (one, other)]
    _next_month(monkeypatch)

    voting.cast_vote(ann, answers[0], Direction.UP)
    after_a_vote = [_seen(one, other), _drawn(one, other), recount(check=True)]
    numbers = [tidying.publish_points(), tidying.publish_points()]

    assert after_a_vote == [[500, 500], [500, 500], []]
    assert numbers == [2, 0]
    assert [_seen(one, other), _drawn(one, other), recount(check=True)] == [[540, 540], [540, 540], []]


def test_publishing_publishes_what_waited_for_several_months(bob):
    make_answer(author=bob, is_anonymous=True)
    ReputationChange.objects.update(created_at=timezone.now() - timedelta(days=100))

    assert [tidying.publish_points(), tidying.publish_points()] == [1, 0]
    assert _seen(bob) == [2_540]


def test_publishing_early_tells_nothing(bob):
    make_answer(author=bob, is_anonymous=True)

    tidying.publish_points()

    assert _seen(bob) == [2_500]


def test_publishing_costs_the_same_few_queries_for_any_number_of_members(django_assert_num_queries, monkeypatch):
    for _ in range(3):
        make_answer(author=make_member(), is_anonymous=True)
    _next_month(monkeypatch)

    with django_assert_num_queries(9):  # four of them begin and release savepoints
        assert tidying.publish_points() == 3


def test_lines_from_before_they_could_be_quiet_count_as_they_were_shown(monkeypatch, newt, bob):
    asked = make_question(newt, is_anonymous=True)
    answering.accept_answer(newt, make_answer(asked, newt))
    voting.cast_vote(bob, asked, Direction.UP)
    ReputationChange.objects.filter(points=0).delete()
    ReputationChange.objects.exclude(reason="vote_cast").update(is_quiet=False)
    migration = import_module("forum.migrations.0030_lines_become_quiet")

    migration.keep_as_shown(apps, None)
    upgraded = [_seen(newt, bob), recount(check=True)]
    _next_month(monkeypatch)
    tidying.publish_points()

    assert upgraded == [[140, 2_500], []]
    assert [_seen(newt, bob), recount(check=True)] == [[500, 2_510], []]


def test_people_are_ranked_by_what_others_see(client):
    quiet, loud = make_member("quiet", points=90), make_member("loud", points=100)
    make_answer(author=quiet, is_anonymous=True)

    page = client.get("/users/").content.decode()

    assert page.index("/user/loud/") < page.index("/user/quiet/")
    assert loud.public_points > _seen(quiet)[0]
