"""Where a moderator sees posts first: changed words wait again, and keep the points they brought."""

import pytest
from django.core import mail

from forum import search
from forum.actions import answering, editing, moderating, voting
from forum.actions.recounting import recount
from forum.models import Post, SiteSettings
from tests.factories import make_answer, make_comment, make_question
from tests.support.records import everything, ledger, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def approval():
    """New members' and guests' posts wait."""
    SiteSettings.objects.create(pk=1, approval="newcomers")


@pytest.fixture
def approved(ann, newt, mo, approval, sleep):
    """Newt's answer, approved, voted up and chosen as the best one."""
    question = make_question(ann, title="How do I sleep better?", category=sleep)
    answer = make_answer(question, newt, body="Warm milk.")
    moderating.approve_post(mo, answer)
    voting.cast_vote(ann, answer, 1)
    answering.accept_answer(ann, answer)
    return Post.objects.get(pk=answer.pk)


def edited(author, post, body="Buy these pills.", **fields):
    """Change the words and return the post as the database has it."""
    editing.edit_post(author, post, title=fields.pop("title", post.title), body=body, **fields)
    return Post.objects.get(pk=post.pk)


def test_changed_words_wait_and_nobody_else_reads_or_finds_them(newt, ann, approved):
    before = ledger(newt)

    post = edited(newt, approved)

    assert (post.status, post.question.answer_count) == ("waiting", 0)
    assert not Post.objects.visible_to(ann).filter(pk=post.pk).exists()
    assert search.find("pills", 5) == []
    assert verbs(post=post)[-2:] == ["post.waits", "post.edited"]
    assert ledger(newt) == before
    assert recount(check=True) == []


def test_the_post_keeps_its_points_whatever_happens_while_it_waits(newt, bob, mo, approved):
    edited(newt, approved)
    moderating.hide_post(mo, approved)
    moderating.show_post(mo, approved)
    editing.edit_post(newt, approved, body="Warm milk, twice.")
    moderating.approve_post(mo, approved)
    moderating.hold_post(mo, approved)
    moderating.approve_post(mo, approved)

    approved.refresh_from_db()
    assert (approved.status, approved.body) == ("published", "Warm milk, twice.")
    assert ledger(newt) == [("answered", 40), ("answer_votes", 20), ("answer_accepted", 300)]
    assert recount(check=True) == []


def test_a_first_look_still_pays_nothing(newt, approval, sleep):
    question = make_question(newt, category=sleep, title="Why?")

    post = edited(newt, question)

    assert (post.status, post.removals.count(), ledger(newt)) == ("waiting", 1, [])
    assert recount(check=True) == []


def test_a_post_changed_while_its_author_had_taken_it_away_waits_when_it_is_back(newt, mo, approval, sleep):
    question = make_question(newt, category=sleep)
    moderating.approve_post(mo, question)

    editing.withdraw_post(newt, question)
    edited(newt, question)
    assert recount(check=True) == []
    editing.return_post(newt, question)

    question.refresh_from_db()
    assert (question.status, sum(points for _, points in ledger(newt))) == ("waiting", 20)
    assert recount(check=True) == []


def test_the_same_edit_twice_waits_once(newt, approved):
    edited(newt, approved, base_version=1)
    before = everything()

    edited(newt, approved, base_version=1)

    assert everything() == before


def test_a_change_of_the_title_alone_waits_too(guest, mo, approval, sleep):
    question = make_question(guest, category=sleep)
    moderating.approve_post(mo, question)

    assert edited(guest, question, question.body, title="Cheap pills here?").status == "waiting"


def test_what_is_no_word_does_not_wait(newt, mo, approval, sleep):
    question = make_question(newt, category=sleep)
    moderating.approve_post(mo, question)

    assert edited(newt, question, question.body, intent="advice", is_anonymous=True).status == "published"


def test_words_of_those_who_are_trusted_or_corrected_by_others_do_not_wait(ann, bob, newt, mo, approved):
    comment = make_comment(approved, bob)

    assert edited(bob, comment).status == "published"
    assert edited(bob, approved, "Warm milk!").status == "published"
    assert edited(mo, approved, "Warm milk.", reason="Clearer").status == "published"


def test_where_nobody_waits_nothing_waits_again(newt, approved):
    SiteSettings.objects.update(approval="guests")

    assert edited(newt, approved).status == "published"


def test_the_person_who_asked_is_told_of_an_answer_once(newt, mo, approved, django_capture_on_commit_callbacks):
    edited(newt, approved)

    with django_capture_on_commit_callbacks(execute=True):
        moderating.approve_post(mo, approved)

    assert mail.outbox == []


def test_the_history_names_nobody(newt, approved):
    post = edited(newt, approved)

    assert list(post.removals.order_by("pk").values_list("kind", "actor")) == [("waiting", None), ("changed", None)]
