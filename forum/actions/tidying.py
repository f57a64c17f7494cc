"""Forget what the site has no more use for."""

import time
from collections.abc import Iterable
from datetime import UTC, timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.batches import delete_in_batches
from accounts.transactions import atomic_with_retry
from forum import pictures, rules, share_pictures
from forum.choices import MailKind, MailState
from forum.effects import publications
from forum.limits import NOTIFICATION_DAYS
from forum.models import Bundle, DailyViews, Draft, Guest, LimitEntry, Mail, Notification, Picture, ReadMark, Trace

_LIMITS_SECONDS = 2 * 24 * 3600  # the longest window is a day
_PICTURES_DAYS = 60
_VIEWS_DAYS = 30
_READ_MARK_DAYS = 90  # what is older is not remembered by its reader either
_MAILS_AGE = timedelta(days=365)  # links in a mail that stop further ones are good for as long
_WORDS_AGE = timedelta(days=7)  # codes and the like that could not be sent
_DRAFTS_AGE = timedelta(days=180)
_UPLOADS_AGE = timedelta(days=7)  # a form may be open, and its text on the device alone, for days
_JOBS_DONE_AGE = timedelta(days=1)
_JOBS_FAILED_AGE = timedelta(days=60)  # somebody may want to try them again
_AT_ONCE = 500


@atomic_with_retry
def publish_points() -> int:
    """Let what anonymous posts and votes brought last month count in the totals others see; return for how many."""
    return publications.publish(publications.month_start())


def forget_spent_limits() -> int:
    """Forget acts that no limit looks at any more, and with them the addresses they came from; return how many."""
    return delete_in_batches(LimitEntry.objects.filter(at__lt=time.time() - _LIMITS_SECONDS))


def forget_old_traces() -> int:
    """Forget where acts came from once the owner's number of days has passed; return how many."""
    before = timezone.now() - timedelta(days=rules.current().trace_days)
    return delete_in_batches(Trace.objects.filter(created_at__lt=before))


def forget_old_views() -> int:
    """Forget on which day questions were read once no list looks back so far; return how many rows."""
    before = timezone.now().astimezone(UTC).date() - timedelta(days=_VIEWS_DAYS)
    return delete_in_batches(DailyViews.objects.filter(day__lt=before))


def forget_old_read_marks() -> int:
    """Forget who read what months ago; return how many rows."""
    before = timezone.now() - timedelta(days=_READ_MARK_DAYS)
    return delete_in_batches(ReadMark.objects.filter(seen_at__lt=before))


def forget_old_mails() -> int:
    """Forget what left a year ago, and the words about accounts that could not be sent; return how many mails."""
    now = timezone.now()
    given_up = Mail.objects.filter(kind=MailKind.ACCOUNT, created_at__lt=now - _WORDS_AGE)
    given_up.exclude(state=MailState.QUEUED).exclude(content={}).update(content={})
    return delete_in_batches(Mail.objects.filter(created_at__lt=now - _MAILS_AGE).exclude(state=MailState.QUEUED))


def renew_statistics() -> None:
    """Let SQLite look at samples of its indexes, as PostgreSQL does by itself.

    Without them it takes a condition that half the table fits for a telling one: of 100,000 questions it walked all
    (33 ms) where it had been given 400 ids (3 ms).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")  # rows of each index: a moment on any site
            cursor.execute("ANALYZE")


def forget_old_drafts() -> int:
    """Forget drafts nobody has touched for half a year, and guests who left nothing else; return how many drafts."""
    before = timezone.now() - _DRAFTS_AGE
    forgotten = delete_in_batches(Draft.objects.filter(updated_at__lt=before))
    left = Q(posts=None, drafts=None, pictures=None, acts=None, claimed_by=None)
    delete_in_batches(Guest.objects.filter(left, created_at__lt=before))
    return forgotten


def forget_old_notifications() -> int:
    """Forget what members were told and have read long ago, or what was withdrawn by then; return how many lines.

    What went by mail alone, and what an empty line holds, goes with them. A few at a time: nobody waits for it.
    """
    before = timezone.now() - timedelta(days=NOTIFICATION_DAYS)
    old = Bundle.objects.filter(Q(read_at__lt=before) | Q(count=0, latest_at__lt=before))
    forgotten = delete_in_batches(old)
    delete_in_batches(Notification.objects.filter(bundle=None, created_at__lt=before))
    return forgotten


def forget_unused_pictures() -> int:
    """Delete uploads that a week later stand in no text and no draft, with their files; return how many.

    A few at a time: each batch looks at the drafts of its own uploaders.
    """
    unused = Picture.objects.filter(uses=None, created_at__lt=timezone.now() - _UPLOADS_AGE).order_by("pk")
    forgotten, after = 0, 0
    while batch := list(unused.filter(pk__gt=after)[:_AT_ONCE]):
        after = batch[-1].pk
        forgotten += _forget_pictures(batch)
    return forgotten


@atomic_with_retry
def _forget_pictures(batch: list[Picture]) -> int:
    uploaders = Q(author__in={one.uploader_id for one in batch}) | Q(guest__in={one.guest_id for one in batch})
    drafts = Draft.objects.filter(uploaders).values_list("fields", flat=True).iterator()
    drafted = {name for fields in drafts for name in pictures.names_in(*map(str, fields.values()))}
    gone = [one for one in batch if one.name not in drafted]
    Picture.objects.filter(pk__in=[one.pk for one in gone]).delete()
    transaction.on_commit(lambda: _delete_files([one.name for one in gone]))
    return len(gone)


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def forget_share_pictures() -> int:
    """Forget pictures of titles that were drawn long ago; whoever still shares one has it drawn again."""
    return share_pictures.forget_older_than(_PICTURES_DAYS)


def forget_finished_jobs() -> int:
    """Forget jobs that were done yesterday, and those that failed two months ago; return how many."""
    now = timezone.now()
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - _JOBS_DONE_AGE)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=now - _JOBS_FAILED_AGE)
    return delete_in_batches(DBTaskResult.objects.filter(done | failed))
