"""Settle the ledger: append what a cause is worth now, less what was paid for it so far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import PostKind, RemovalKind, ReputationReason
from forum.effects import milestones
from forum.limits import Rules
from forum.models import Post, Removal, ReputationChange, Suggestion, Vote

# What takes the points of a post with it; hiding and a moderator's deletion change none.
UNSETTLING = (RemovalKind.WAITING, RemovalKind.WITHDRAWN, RemovalKind.UNDONE)

_FOR_A_POST = (
    ReputationReason.ASKED,
    ReputationReason.ANSWERED,
    ReputationReason.QUESTION_VOTES,
    ReputationReason.ANSWER_VOTES,
    ReputationReason.ACCEPTED_AN_ANSWER,
    ReputationReason.ANSWER_ACCEPTED,
)


@dataclass(frozen=True)
class Cause:
    """What points are paid for: a reason, with the post or the day it is about."""

    member_id: int
    reason: str
    post_id: int | None = None
    day: date | None = None


def settle(
    *,
    posts: Iterable[Post] = (),
    voted: Iterable[tuple[User, date, Post | None]] = (),
    edited: Iterable[tuple[User, Post]] = (),
) -> None:
    """Pay the authors of `posts`, those who voted on a day and those who suggested edits, what they are due now.

    Lock the posts first. Members are locked here, in order of id, before anything of theirs is summed.
    """
    posts, voted, edited, now = list(posts), list(voted), list(edited), rules.current()
    members = {post.author_id for post in posts if post.author_id} | {user.pk for user, _, _ in voted}
    members |= {user.pk for user, _ in edited}
    before = _lock(members)
    chosen = chosen_by_others([post.pk for post in posts if post.kind == PostKind.ANSWER])
    for post in posts:
        counts = not _is_unsettled(post)
        for cause, points in due_for_post(post, now, counts=counts, is_chosen=post.pk in chosen):
            _pay(cause, points, post)
    for user, day, last_voted_on in voted:
        cause = Cause(user.pk, ReputationReason.VOTE_CAST, day=day)
        _pay(cause, due_for_votes_cast(_votes_on(user, day), now), last_voted_on)
    for user, post in edited:
        cause = Cause(user.pk, ReputationReason.EDIT_APPROVED, post_id=post.pk)
        _pay(cause, due_for_edits(_edits_of(user, post), now), post)
    totals = recount_totals(members)
    for member in before:
        milestones.mark_points(member, member.reputation, totals[member.pk])


def day_of(at: datetime) -> date:
    """Return the day a vote belongs to: UTC's, so that another TIME_ZONE never changes what was earned."""
    return at.astimezone(UTC).date()


def pay_once(member: User, reason: ReputationReason, points: int) -> None:
    """Pay `member` for something that happens once in a membership; a second time changes nothing."""
    _lock({member.pk})
    _pay(Cause(member.pk, reason), points, None)
    recount_totals({member.pk})


def release(member: User, posts: Iterable[Post]) -> None:
    """Take from `member` what was paid for `posts`, which are somebody else's now; lock the posts first."""
    _lock({member.pk})
    for post in posts:
        for reason in _FOR_A_POST:
            _pay(Cause(member.pk, reason, post_id=post.pk), 0, post)
    recount_totals({member.pk})


def hand_over(giver: User, taker: User, points: int) -> None:
    """Move points that no cause here explains, from before these records begin, to another account."""
    _lock({giver.pk, taker.pk})
    append(Cause(giver.pk, ReputationReason.OPENING_BALANCE), -points, post_id=None)
    append(Cause(taker.pk, ReputationReason.OPENING_BALANCE), points, post_id=None)
    recount_totals({giver.pk, taker.pk})


def due_for_post(post: Post, now: Rules, *, counts: bool, is_chosen: bool) -> Iterator[tuple[Cause, int]]:
    """Yield what each cause on `post` is worth; nothing while it waits or after its author deleted it.

    `is_chosen` says that somebody else chose this answer as the best one. A comment pays nothing, which takes back
    what it was paid while it was an answer.
    """
    if post.author_id is None:
        return
    if post.kind == PostKind.QUESTION:
        amounts = {
            ReputationReason.ASKED: now.points_asked,
            ReputationReason.QUESTION_VOTES: question_votes(post.up_count, post.down_count, now),
            ReputationReason.ACCEPTED_AN_ANSWER: now.points_accepting if post.accepted_answer_id else 0,
        }
    else:
        counts = counts and post.kind == PostKind.ANSWER
        amounts = {
            ReputationReason.ANSWERED: now.points_answered,
            ReputationReason.ANSWER_VOTES: answer_votes(post.up_count, post.down_count, now),
            ReputationReason.ANSWER_ACCEPTED: now.points_accepted if is_chosen else 0,
        }
    for reason, points in amounts.items():
        yield Cause(post.author_id, reason, post_id=post.pk), points if counts else 0


def chosen_by_others(answer_ids: Iterable[int] | None = None) -> set[int]:
    """Return which of these answers, or of all, somebody else chose as the best one.

    A best answer keeps its points where it stands after its question became part of another one.
    """
    choices = Post.objects.exclude(accepted_answer=None)
    if answer_ids is not None:
        choices = choices.filter(accepted_answer__in=list(answer_ids))
    rows = choices.values_list("accepted_answer_id", "author_id", "accepted_answer__author_id")
    return {answer_id for answer_id, asker_id, author_id in rows if asker_id != author_id}


def question_votes(up: int, down: int, now: Rules) -> int:
    """Return what a question's votes are worth to its author."""
    return min(now.points_question_up_most, now.points_question_up * up) - min(
        now.points_question_down_most, now.points_question_down * down
    )


def answer_votes(up: int, down: int, now: Rules) -> int:
    """Return what an answer's votes are worth to its author."""
    return min(now.points_answer_up_most, now.points_answer_up * up) - min(
        now.points_answer_down_most, now.points_answer_down * down
    )


def due_for_votes_cast(votes: int, now: Rules) -> int:
    """Return what a day's votes are worth to the voter."""
    return now.points_vote_cast * min(now.votes_paid_a_day, votes)


def due_for_edits(edits: int, now: Rules) -> int:
    """Return what the approved suggestions of one member on one post of somebody else's are worth."""
    return now.points_edit_approved * edits


def recount_totals(member_ids: Iterable[int]) -> dict[int, int]:
    """Set each member's points, and those that others see, to the sums of their ledger; return the first by member.

    Lock the members first.
    """
    totals: dict[int, int] = {}
    for member_id in sorted(member_ids):
        ledger = ReputationChange.objects.filter(member_id=member_id)
        total, quiet = _sum(ledger), _sum(ledger.quiet())
        User.objects.filter(pk=member_id).update(reputation=total, public_points=total - quiet)
        totals[member_id] = total
    return totals


def publish_totals() -> int:
    """Let last month's quiet points count for others too; return for how many members."""
    waiting = list(User.objects.exclude(public_points=F("reputation")).order_by("pk").values_list("pk", flat=True))
    _lock(set(waiting))
    recount_totals(waiting)
    return len(waiting)


def _sum(lines: QuerySet[ReputationChange]) -> int:
    return lines.aggregate(total=Sum("points"))["total"] or 0


def append(cause: Cause, points: int, *, post_id: int | None, at: datetime | None = None) -> None:
    """Append one line to the ledger, dated now unless `at` says otherwise."""
    ReputationChange.objects.create(
        member_id=cause.member_id,
        reason=cause.reason,
        post_id=post_id,
        day=cause.day,
        points=points,
        created_at=at or timezone.now(),
    )


def _lock(member_ids: set[int]) -> list[User]:
    return list(User.objects.select_for_update(no_key=True).filter(pk__in=member_ids).order_by("pk"))


def _pay(cause: Cause, due: int, post: Post | None) -> None:
    paid = ReputationChange.objects.filter(member_id=cause.member_id, reason=cause.reason)
    if cause.day is not None:
        paid = paid.filter(day=cause.day)
    elif cause.post_id is not None:
        paid = paid.filter(post_id=cause.post_id)
    difference = due - _sum(paid)
    if difference:
        append(cause, difference, post_id=post.pk if post else None)


def _is_unsettled(post: Post) -> bool:
    return Removal.objects.open().filter(post_id=post.pk, kind__in=UNSETTLING).exists()


def _edits_of(user: User, post: Post) -> int:
    return 0 if post.author_id == user.pk else Suggestion.objects.approved().filter(member=user, post=post).count()


def _votes_on(user: User, day: date) -> int:
    start, end = datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)
    return Vote.objects.filter(voter=user, created_at__range=(start, end)).count()
