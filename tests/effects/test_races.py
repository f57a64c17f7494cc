"""Many at once on PostgreSQL, each with a connection of their own: exact numbers, no error, no deadlock."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from forum.actions import answering, blocking, claiming, drafting, editing, moderating, naming, viewing, voting
from forum.actions.asking import ask_question
from forum.actions.recounting import recount
from forum.models import Block, Category, DailyViews, Draft, Follow, Guest, LearnedWord, Post, Tag
from tests.factories import make_answer, make_category, make_guest, make_member, make_question
from tests.support.at_once import at_once
from tests.support.records import counts, points

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def ask(author, category, **fields):
    return ask_question(author, title="Why do I wake?", body="At four.", category=category, **{"tags": [], **fields})


def test_twenty_voters_on_one_post_leave_twenty_votes(ann, question):
    voters = [make_member() for _ in range(20)]

    at_once(*[lambda voter=voter: voting.cast_vote(voter, question, 1) for voter in voters])

    assert counts(question) == (20, 0, 20)
    assert points(ann) == 500 + 20 + 100
    assert [points(voter) for voter in voters] == [110] * 20
    assert recount(check=True) == []


def test_the_same_vote_many_times_at_once_counts_once(ann, newt, question):
    at_once(*[lambda: voting.cast_vote(newt, question, 1)] * 8)

    assert counts(question) == (1, 0, 1)
    assert (points(ann), points(newt)) == (530, 110)
    assert recount(check=True) == []


def test_votes_of_one_voter_on_many_posts_are_paid_three_times_a_day(newt):
    questions = [make_question() for _ in range(10)]

    at_once(*[lambda question=question: voting.cast_vote(newt, question, 1) for question in questions])

    assert points(newt) == 130
    assert recount(check=True) == []


def test_two_answers_accepted_at_once_leave_one(ann, bob, newt, question):
    answers = [make_answer(question, bob), make_answer(question, newt)]

    at_once(*[lambda answer=answer: answering.accept_answer(ann, answer) for answer in answers * 4])

    chosen = Post.objects.get(pk=question.pk).accepted_answer
    assert chosen in answers
    assert (points(bob) == 2_840, points(newt) == 440) == (chosen == answers[0], chosen == answers[1])
    assert points(ann) == 550
    assert recount(check=True) == []


def test_a_best_answer_is_chosen_while_others_write_about_the_question(ann, bob, question):
    answer = make_answer(question, bob)

    def in_a_second(act):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the question is looked at now, and not at the commit
        Follow.objects.create(member=bob, question=question)
        pool.submit(in_a_second, lambda: answering.accept_answer(ann, answer)).result()
        pool.submit(in_a_second, lambda: answering.unaccept_answer(ann, answer)).result()

    assert Post.objects.get(pk=question.pk).accepted_answer is None


def test_one_form_sent_many_times_at_once_makes_one_question(ann, sleep):
    form = uuid4()

    made = at_once(*[lambda: ask(ann, sleep, submission_id=form)] * 8)

    assert set(made) == {Post.objects.get()}
    assert (points(ann), Category.objects.get().question_count) == (520, 1)
    assert recount(check=True) == []


def test_a_guests_first_form_sent_many_times_at_once_keeps_one_guest(sleep):
    form = uuid4()

    made = at_once(*[lambda: ask(Guest(), sleep, guest_email="gil@example.org", submission_id=form)] * 8)

    assert set(made) == {Post.objects.get()}
    assert Guest.objects.count() == 1


def test_one_form_sent_many_times_at_once_makes_one_answer(bob, question):
    form = uuid4()

    made = at_once(*[lambda: make_answer(question, bob, submission_id=form)] * 8)

    assert len(set(made)) == 1
    assert Post.objects.get(pk=question.pk).answer_count == 1


def test_a_first_draft_saved_in_many_tabs_at_once_is_one(ann, question):
    at_once(*[lambda: drafting.save_draft(ann, "question", None, {"title": "Why"})] * 6)
    at_once(*[lambda: drafting.save_draft(ann, "answer", question, {"body": "Fir"})] * 6)

    assert Draft.objects.count() == 2


def test_the_same_new_tags_from_many_at_once_are_made_once(sleep):
    authors = [make_member(points=400) for _ in range(8)]
    names = [["aa", "bb", "cc"], ["cc", "bb", "aa"]] * 4

    at_once(*[lambda a=a, n=n: ask(a, sleep, tags=n) for a, n in zip(authors, names, strict=True)])

    assert list(Tag.objects.order_by("name").values_list("name", "question_count")) == [("aa", 8), ("bb", 8), ("cc", 8)]
    assert recount(check=True) == []


def test_asking_hiding_and_moving_in_the_same_topics_never_wait_for_each_other(ada, mo, sleep):
    work = make_category("Work")
    old = [make_question(category=topic, tags=["days", "nights"]) for topic in (sleep, work) * 4]
    hide = [lambda post=post: moderating.hide_post(mo, post) for post in old[:3]]
    move = [
        lambda post=post, to=to: editing.retag_question(mo, post, category=to, tags=["nights"])
        for post, to in zip(old[3:], [sleep, work, sleep, work, sleep], strict=True)
    ]
    authors = [make_member(points=400) for _ in range(6)]
    new = [
        lambda author=author, topic=topic: ask(author, topic, tags=["nights", "days", "fresh"])
        for author, topic in zip(authors, [sleep, work] * 3, strict=True)
    ]

    at_once(*hide, *move, *new)

    assert recount(check=True) == []


def test_storms_of_votes_choices_and_edits_end_without_a_deadlock(ann, bob):
    people = [make_member(points=3_000) for _ in range(6)]
    question = make_question(ann)
    posts = [question, *[make_answer(question, person) for person in people[:4]]]
    other = make_question(people[0])
    posts += [other, *[make_answer(other, person) for person in (ann, bob, people[1])]]

    def storm(seed):
        chance = Random(seed)
        who = chance.choice([ann, bob, *people])
        for _ in range(15):
            post = chance.choice(posts)
            acts = [
                lambda post=post: voting.cast_vote(who, post, chance.choice([1, -1])),
                lambda post=post: voting.retract_vote(who, post),
                lambda post=post: answering.accept_answer(who, post),
                lambda post=post: answering.unaccept_answer(who, post),
                lambda post=post: editing.edit_post(who, post, body=f"Text {chance.random()}"),
                lambda post=post: editing.withdraw_post(who, post),
                lambda post=post: editing.return_post(who, post),
            ]
            try:
                chance.choice(acts)()
            except PermissionDenied:
                continue

    at_once(*[lambda seed=seed: storm(seed) for seed in range(10)])

    assert recount(check=True) == []


def test_a_claim_among_votes_and_a_choice_leaves_the_points_right(ann, newt, guest):
    mine = make_question(guest, category=make_category("Sleep"))
    asked = make_question(ann)
    answered = make_answer(asked, guest)
    voters = [make_member() for _ in range(6)]

    at_once(
        lambda: claiming.claim_posts(newt, guest),
        lambda: answering.accept_answer(ann, answered),
        *[lambda voter=voter: voting.cast_vote(voter, mine, 1) for voter in voters],
        *[lambda voter=voter: voting.cast_vote(voter, answered, 1) for voter in voters],
    )

    assert points(newt) == 100 + 20 + 60 + 40 + 120 + 300
    assert recount(check=True) == []


def test_a_guest_is_claimed_by_one_of_two(ann, bob):
    guest = make_guest()
    make_question(guest)

    assert sorted(at_once(lambda: claiming.claim_posts(ann, guest), lambda: claiming.claim_posts(bob, guest))) == [0, 1]
    assert recount(check=True) == []


def test_a_repair_on_a_busy_site_breaks_nothing(question):
    voters = [make_member() for _ in range(12)]
    votes = [lambda voter=voter: voting.cast_vote(voter, question, 1) for voter in voters]

    found = at_once(*votes, recount, lambda: recount(check=True), recount)

    assert found[-3:] == [[], [], []]
    assert counts(question) == (12, 0, 12)
    assert recount(check=True) == []


def test_posts_approved_at_once_are_all_learned(mo, question):
    waiting = [make_answer(question, make_guest(), body="Casino bonus for you.", must_wait=True) for _ in range(6)]

    at_once(*[lambda post=post: moderating.approve_post(mo, post) for post in waiting])

    assert list(LearnedWord.objects.order_by("word").values_list("word", "kept_count")) == [
        (word, 6) for word in ("", "bonus", "casino", "for", "you")
    ]


def test_the_same_block_set_many_times_at_once_is_one(ada):
    until = timezone.now() + timedelta(days=7)

    set_blocks = at_once(
        *[lambda: blocking.set_block(ada, kind="address", value="203.0.113.7", until=until, reason="Advertising.")] * 6
    )

    assert len({block.pk for block in set_blocks}) == 1
    assert Block.objects.count() == 1


def test_views_counted_by_many_processes_at_once_all_count():
    ids = [make_question().pk for _ in range(3)]

    at_once(
        *[
            lambda order=order: [viewing.count_views(dict.fromkeys(order, 1)) for _ in range(10)]
            for order in (ids, ids[::-1], ids, ids[::-1])
        ]
    )

    assert list(Post.objects.order_by("pk").values_list("view_count", flat=True)) == [40, 40, 40]
    assert list(DailyViews.objects.order_by("question").values_list("count", flat=True)) == [40, 40, 40]


def test_what_is_asked_while_its_tag_is_merged_is_not_left_behind(ann, mo, sleep):
    source, target = (Tag.objects.create(name=name, slug=name) for name in ("insomia", "insomnia"))
    make_question(ann, category=sleep, tags=["insomia"])

    def ask_so():
        with suppress(ValidationError):  # it was merged between looking and giving
            ask(ann, sleep, tags=["insomia"])

    at_once(*[ask_so] * 6, lambda: naming.merge_tags(mo, source, target=target))

    assert source.tagged.count() == 0
    assert recount(check=True) == []
