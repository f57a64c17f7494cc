"""Count members' votes to close a question, or to open it again, and let enough of them decide."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import MessageKind
from forum.effects import closures, conversations, log
from forum.limits import CLOSE_VOTE_DAYS
from forum.models import CloseReason, CloseVote, Closure, Post

Named = TypeVar("Named")


def cast(voter: User, question: Post, *, reason: CloseReason | None, duplicate_of: Post | None) -> bool:
    """Leave `voter` with one vote to close `question`, or to open it again where it is closed; lock the thread first.

    Return False when they have voted so already.
    """
    asked = {"reopens": question.is_closed, "reason": reason, "duplicate_of": duplicate_of}
    if any(vote.voter_id == voter.pk and _says(vote, asked) for vote in counting(question)):
        return False
    take_back(voter, question)
    CloseVote.objects.create(question=question, voter=voter, **asked)
    return True


def take_back(voter: User, question: Post) -> bool:
    """Take the vote of `voter` back; return whether there was one. Lock the thread first."""
    mine = CloseVote.objects.filter(question=question, voter=voter, spent_at=None)
    return bool(mine.update(spent_at=timezone.now()))


def counting(question: Post) -> list[CloseVote]:
    """Return the votes that count, oldest first: young ones, for what the question is not, cast since it became so."""
    since = timezone.now() - timedelta(days=CLOSE_VOTE_DAYS)
    for row in Closure.objects.filter(question=question).order_by("-pk")[:1]:
        since = max(since, row.lifted_at or row.created_at)
    votes = CloseVote.objects.filter(question=question, spent_at=None, reopens=question.is_closed)
    return list(votes.filter(created_at__gt=since).select_related("reason", "duplicate_of").order_by("pk"))


def decide(question: Post) -> bool:
    """Close `question`, or open it again, when enough votes agree; return whether they did. Lock the thread first.

    The reason named most often is given; of two named as often, the one named first. The log names no member.
    """
    votes = counting(question)
    if len(votes) < rules.current().votes_to_close:
        return False
    CloseVote.objects.filter(pk__in=[vote.pk for vote in votes]).update(spent_at=timezone.now())
    number = {"votes": len(votes)}
    if question.is_closed:
        before = {"closures": closures.lift(question, None)}
        log.append("question.reopened", actor=None, post=question, before=before, after=number)
        return True
    reason = _most_named([vote.reason for vote in votes])
    duplicate = _most_named([vote.duplicate_of for vote in votes if vote.reason == reason])
    assert reason is not None  # a vote to close names one
    closure = closures.close(question, None, reason=reason.pk, note="", duplicate_of=duplicate)
    told = conversations.tell(
        question.author, closures.advice_of(reason), kind=MessageKind.NOTICE, actor=None, post=question, told_as=None
    )
    decided = {"decided": {"message": told.pk}} if told else {}
    after = {**closures.facts_of(closure), **number}
    log.append("question.closed", actor=None, post=question, before=decided, after=after)
    return True


def _says(vote: CloseVote, asked: Mapping[str, object]) -> bool:
    return all(getattr(vote, name) == value for name, value in asked.items())


def _most_named(names: Sequence[Named]) -> Named | None:
    return Counter(names).most_common(1)[0][0] if names else None
