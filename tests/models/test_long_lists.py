"""Lists of ids that are longer than a statement of PostgreSQL may have values: 65,535."""

import time

import pytest
from django.db.models import QuerySet

from accounts.batches import AT_ONCE
from accounts.models import User
from forum.actions import undoing, uniting
from forum.actions.tidying import forget_spent_limits
from forum.effects import bundles, inboxes
from forum.effects.posts import lock_threads
from forum.models import Chore, LimitEntry, LogEntry, Post, Trace, Vote
from tests.factories import make_answer
from tests.support.copies import make_copies

pytestmark = pytest.mark.django_db
MANY = 66_000


def found(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def test_rows_are_found_by_any_number_of_ids(ann, bob, question):
    answer = make_answer(question, bob)
    ids = [None, question.pk, *range(10**9, 10**9 + MANY)]

    assert found(Post.objects.filter(pk__in=ids)) == [question.pk]
    assert found(Post.objects.filter(question__in=ids)) == [answer.pk]
    assert found(Post.objects.filter(author_id__in=[ann.pk, *range(10**9, 10**9 + MANY)])) == [question.pk]
    assert found(Post.objects.exclude(pk__in=ids)) == [answer.pk]
    assert found(Post.objects.exclude(question__in=ids)) == [question.pk]


def test_rows_are_found_by_many_other_rows(question):
    others = [Post(pk=pk) for pk in range(10**9, 10**9 + 2_000)]
    answer = make_answer(question)

    assert found(Post.objects.filter(parent__in=[question, *others])) == [answer.pk]


def test_a_long_list_of_words_is_looked_for_as_before():
    Chore.objects.create(name="0", due_at="2026-01-01T00:00Z")

    assert found(Chore.objects.filter(pk__in=[str(number) for number in range(2_000)])) == ["0"]


def test_what_is_written_for_many_takes_any_number(question):
    nowhere = range(10**9, 10**9 + MANY)

    bundles.recount(nowhere)
    inboxes.recount_unread(nowhere)
    Vote.objects.filter(pk__in=nowhere).delete()
    User.objects.filter(pk__in=nowhere).update(about="")

    assert lock_threads([question.pk, *nowhere]) == {question.pk: question}


@pytest.mark.postgresql
def test_accounts_with_any_number_of_rows_are_merged_and_parted(ada, ann, bob):
    make_copies(Trace.objects.create(member=bob, address="192.0.2.1", act="vote"), MANY)

    uniting.merge_accounts(ada, bob, ann, reason="One person")
    with_ann = Trace.objects.filter(member=ann).count()
    undoing.undo_entry(ada, LogEntry.objects.get(verb="account.merged"), reason="Two people")

    assert with_ann == MANY + 1
    assert Trace.objects.filter(member=bob).count() == MANY + 1


def test_more_than_a_batch_is_forgotten_in_several():
    LimitEntry.objects.bulk_create(LimitEntry(key="vote", at=1.0) for _ in range(AT_ONCE + 1))
    kept = LimitEntry.objects.create(key="vote", at=time.time())

    assert forget_spent_limits() == AT_ONCE + 1
    assert list(LimitEntry.objects.all()) == [kept]
