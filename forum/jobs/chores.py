"""The chores: what the site does by the clock. A new one is a line of `CHORES` and a function that says what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from accounts.members import finish_closing, forget_unconfirmed
from accounts.transactions import atomic_with_retry
from forum.actions import bookmarking, recounting, reindexing, reversing, tidying
from forum.effects import digests, mails
from forum.jobs.clock import Every, Nightly
from forum.models import Chore
from forum.queries.log_chain import get_chain

_NOW, _LATER = 0, -50  # priorities: what people wait for goes first
_DIFFERENCES_SAID = 20
_SAID_LENGTH = 500  # what the column holds


class Found(Exception):  # noqa: N818  nothing failed; something was found
    """What a check found wrong with the site; trying again would find the same."""


@dataclass(frozen=True)
class Routine:
    """One chore: what it is called, when it is due, what does it, and after how many seconds it is ended."""

    label: str
    when: Every | Nightly
    work: Callable[[], str]
    seconds: int = 600
    priority: int = _LATER


@task()
def run_chore(name: str, lease: str) -> str:
    """Do one chore for whoever planned it with this lease; note what it said, or what went wrong.

    Nobody else has the lease, and the chore is ended before it runs out: so it never runs twice at once.
    """
    routine = CHORES.get(name)
    if routine is None:
        return "This chore no longer exists."
    until = datetime.fromisoformat(lease)
    if not _begin(name, routine, until):
        return "Left for the next run."
    try:
        said = routine.work()
    except Found as found:
        _end(name, until, error=str(found))
        return "Found something; see the list of chores."
    except BaseException as error:
        _note_error(name, until, "".join(format_exception(error)))
        raise
    _end(name, until, said=said)
    return said


@atomic_with_retry
def _begin(name: str, routine: Routine, until: datetime) -> bool:
    """Say whether the lease is still ours and lasts; one that does not is given back, for the chore to be due now."""
    row = Chore.objects.select_for_update().filter(name=name, leased_until=until).first()
    if row is None:
        return False
    now = timezone.now()
    margin = settings.JOB_LEASE_SECONDS - settings.JOB_SECONDS
    if until < now + timedelta(seconds=routine.seconds + margin):
        Chore.objects.filter(pk=name).update(leased_until=None, due_at=now)
        return False
    Chore.objects.filter(pk=name).update(started_at=now)
    return True


def _end(name: str, until: datetime, *, said: str = "", error: str = "") -> None:
    Chore.objects.filter(name=name, leased_until=until).update(
        finished_at=timezone.now(), leased_until=None, said=said[:_SAID_LENGTH], error=error
    )


def _note_error(name: str, until: datetime, error: str) -> None:
    """Keep the lease: the queue tries the same job again."""
    Chore.objects.filter(name=name, leased_until=until).update(finished_at=timezone.now(), said="", error=error)


def clean_up() -> dict[str, int]:
    """Delete expired data; return how many of each."""
    forgotten = {
        "closed accounts erased": finish_closing(),
        "sign-ups never confirmed": forget_unconfirmed(),
        "old drafts": tidying.forget_old_drafts(),
        "spent limits": tidying.forget_spent_limits(),
        "old reading marks": tidying.forget_old_read_marks(),
        "old traces": tidying.forget_old_traces(),
        "uploads that no post uses": tidying.forget_unused_pictures(),
        "pictures of titles": tidying.forget_share_pictures(),
        "old emails": tidying.forget_old_mails(),
        "old inbox items": tidying.forget_old_notifications(),
    }
    call_command("clearsessions")
    return forgotten


def in_words(done: dict[str, int]) -> str:
    """Return what was done, and how many of each, as one sentence."""
    return ", ".join(f"{count} {what}" for what, count in done.items()) + "."


def _clean_up() -> str:
    return in_words(clean_up())


def _forget_views() -> str:
    return in_words({"old view counts": tidying.forget_old_views()})


def _take_back_rings() -> str:
    return in_words({"members’ votes undone": reversing.reverse_vote_rings()})


def _learn_words() -> str:
    return in_words({"posts whose words were learned": reindexing.learn_words()})


def _publish_points() -> str:
    return in_words({"totals checked": tidying.publish_points()})


def _renew_statistics() -> str:
    tidying.renew_statistics()
    return "Done."


def _remind() -> str:
    return in_words({"members reminded of bookmarks": bookmarking.remind(timezone.localdate())})


def _forget_jobs() -> str:
    return in_words({"finished jobs": tidying.forget_finished_jobs()})


def _plan_mails() -> str:
    return in_words({"emails queued again": mails.plan_overdue()})


def _send_digests() -> str:
    return in_words({"summaries queued": digests.send_due()})


def _check_numbers() -> str:
    differences = recounting.recount(check=True)
    if not differences:
        return "All totals are correct."
    # What differs about members stays unsaid, as in the administration: it could say who wrote an anonymous post.
    raise Found(f"{len(differences):,} totals are wrong. “Recount” corrects them.")


def _check_log() -> str:
    chain = get_chain()
    if chain.flaw is None:
        return f"The log is intact: {chain.count:,} {'entry' if chain.count == 1 else 'entries'}."
    raise Found(f"Entry {chain.flaw.number} of the log: {chain.flaw.sentence}.")


CHORES: Final[dict[str, Routine]] = {
    "clean-up": Routine("Delete expired data", Nightly(3, 0), _clean_up),
    "views": Routine("Delete old view counts", Nightly(3, 5), _forget_views),
    "points": Routine("Add last month’s points from anonymous posts", Nightly(3, 10), _publish_points),
    "vote-rings": Routine("Undo coordinated votes", Nightly(3, 15), _take_back_rings),
    "reminders": Routine("Remind members of bookmarks", Nightly(6, 0), _remind),
    "words": Routine("Learn the words of new posts", Nightly(3, 20), _learn_words, seconds=3600),
    "statistics": Routine("Refresh database statistics", Nightly(3, 25), _renew_statistics),
    "numbers": Routine("Check all totals", Nightly(3, 30), _check_numbers, seconds=3600),
    "log": Routine("Check the moderation log", Nightly(3, 45), _check_log, seconds=3600),
    "jobs": Routine("Delete finished jobs", Every(60), _forget_jobs),
    "mails": Routine("Find emails that lost their job", Every(5), _plan_mails, priority=_NOW),
    "digests": Routine("Send summary emails", Every(15), _send_digests, priority=_NOW),
}
