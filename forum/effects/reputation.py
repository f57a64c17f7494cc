"""Settle the ledger: append what a cause is worth now, less what was paid for it so far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import PostKind, RemovalKind, ReputationReason
from forum.effects import milestones
from forum.limits import Rules
from forum.models import Post, Removal, ReputationChange, Suggestion, Vote
from forum.models.reputation import ReputationChangeQuerySet

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
_AT_ONCE = 500


@dataclass(frozen=True)
class Cause:
    """What points are paid for: a reason, with the post or the day it is about."""

    member_id: int
    reason: str
    post_id: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Worth:
    """What a cause is worth to its member, and what others are shown beside that."""

    points: int = 0
    for_show: int = 0


def settle(
    *,
    posts: Iterable[Post] = (),
    voted: Iterable[tuple[User, date, Post | None]] = (),
    edited: Iterable[tuple[User, Post]] = (),
    quietly: bool = False,
) -> None:
    """Pay the authors of `posts`, those who voted on a day and those who suggested edits, what they are due now.

    Lock the posts first. Members are locked here, in order of id, before anything of theirs is summed. What is paid
    `quietly` moves no total that others see before the next publication, and so does what is paid for an anonymous
    post or for votes cast.
    """
    posts, voted, edited, now = list(posts), list(voted), list(edited), rules.current()
    members = {post.author_id for post in posts if post.author_id} | {user.pk for user, _, _ in voted}
    members |= {user.pk for user, _ in edited}
    before = _lock(members)
    chosen = chosen_answers([post.pk for post in posts if post.kind == PostKind.ANSWER])
    for post in posts:
        counts = not _is_unsettled(post)
        for cause, worth in due_for_post(post, now, counts=counts, chosen_by_another=chosen.get(post.pk)):
            _pay(cause, worth, post, quietly=quietly)
    for user, day, last_voted_on in voted:
        cause = Cause(user.pk, ReputationReason.VOTE_CAST, day=day)
        _pay(cause, Worth(due_for_votes_cast(_votes_on(user, day), now)), last_voted_on)
    for user, post in edited:
        cause = Cause(user.pk, ReputationReason.EDIT_APPROVED, post_id=post.pk)
        edits = Suggestion.objects.approved().filter(member=user, post=post).count()
        worth = due_for_edits(edits, now, is_own=post.author_id == user.pk, is_anonymous=post.is_anonymous)
        _pay(cause, worth, post, quietly=quietly)
    totals = recount_totals(members)
    for member in before:
        milestones.mark_points(member, member.reputation, totals[member.pk])


def follow_name(post: Post) -> None:
    """Settle what others are shown once the name on `post` was hidden or is shown again; lock the thread first.

    Whose best answer it is, and who suggested its words, may be seen or not be seen any more. No total moves at once.
    """
    chosen = Post.objects.select_for_update(no_key=True).filter(accepted_for=post).order_by("pk")
    answers = [post, *chosen] if post.kind == PostKind.ANSWER else list(chosen)
    settle(posts=answers, edited=[(post.author, post)] if post.author else (), quietly=True)


def day_of(at: datetime) -> date:
    """Return the day a vote belongs to: UTC's, so that another TIME_ZONE never changes what was earned."""
    return at.astimezone(UTC).date()


def pay_once(member: User, reason: ReputationReason, points: int) -> None:
    """Pay `member` for something that happens once in a membership; a second time changes nothing."""
    _lock({member.pk})
    _pay(Cause(member.pk, reason), Worth(points), None)
    recount_totals({member.pk})


def release(member: User, posts: Iterable[Post]) -> None:
    """Take from `member` what was paid for `posts`, which are somebody else's now; lock the posts first."""
    _lock({member.pk})
    for post in posts:
        for reason in _FOR_A_POST:
            _pay(Cause(member.pk, reason, post_id=post.pk), Worth(), post)
    recount_totals({member.pk})


def hand_over(giver: User, taker: User, points: int) -> None:
    """Move points that no cause here explains, from before these records begin, to another account."""
    _lock({giver.pk, taker.pk})
    append(Cause(giver.pk, ReputationReason.OPENING_BALANCE), -points, post_id=None)
    append(Cause(taker.pk, ReputationReason.OPENING_BALANCE), points, post_id=None)
    recount_totals({giver.pk, taker.pk})


def due_for_post(
    post: Post, now: Rules, *, counts: bool, chosen_by_another: bool | None
) -> Iterator[tuple[Cause, Worth]]:
    """Yield what each cause on `post` is worth; nothing while it waits or after its author deleted it.

    `chosen_by_another` is what `chosen_answers` says of this answer. A comment pays nothing, which takes back what it
    was paid while it was an answer.
    """
    if post.author_id is None:
        return
    if post.kind == PostKind.QUESTION:
        amounts = {
            ReputationReason.ASKED: Worth(now.points_asked),
            ReputationReason.QUESTION_VOTES: Worth(question_votes(post.up_count, post.down_count, now)),
            ReputationReason.ACCEPTED_AN_ANSWER: Worth(now.points_accepting if post.accepted_answer_id else 0),
        }
    else:
        counts = counts and post.kind == PostKind.ANSWER
        accepted = {None: Worth(), True: Worth(now.points_accepted), False: Worth(for_show=now.points_accepted)}
        amounts = {
            ReputationReason.ANSWERED: Worth(now.points_answered),
            ReputationReason.ANSWER_VOTES: Worth(answer_votes(post.up_count, post.down_count, now)),
            ReputationReason.ANSWER_ACCEPTED: accepted[chosen_by_another],
        }
    for reason, worth in amounts.items():
        yield Cause(post.author_id, reason, post_id=post.pk), worth if counts else Worth()


def chosen_answers(answer_ids: Iterable[int] | None = None) -> dict[int, bool]:
    """Return which of these answers, or of all, count as chosen as the best one: True where somebody else chose it.

    False means that its own author did and nobody can see it, as a name is hidden: that pays nothing, and is shown as
    if it did. Whoever openly chooses their own answer is not in it. A best answer keeps its points where it stands
    after its question became part of another one.
    """
    choices = Post.objects.exclude(accepted_answer=None)
    if answer_ids is not None:
        choices = choices.filter(accepted_answer__in=list(answer_ids))
    answer = ("accepted_answer_id", "accepted_answer__author_id", "accepted_answer__is_anonymous")
    return {
        answer_id: asker_id != author_id
        for asker_id, asks_unseen, answer_id, author_id, answers_unseen in choices.values_list(
            "author_id", "is_anonymous", *answer
        )
        if asker_id != author_id or asks_unseen or answers_unseen
    }


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


def due_for_edits(edits: int, now: Rules, *, is_own: bool, is_anonymous: bool) -> Worth:
    """Return what this number of approved suggestions of one member on one post is worth.

    On a post that has become their own they pay nothing, which others see only where they see whose it is.
    """
    points = now.points_edit_approved * edits
    if not is_own:
        return Worth(points)
    return Worth(for_show=points if is_anonymous else 0)


def recount_totals(member_ids: Iterable[int]) -> dict[int, int]:
    """Set each member's points, and those that others see, to the sums of their ledger; return the first by member.

    Lock the members first. The boundary is read by the same statement: one read before could be the last one's.
    """
    totals: dict[int, int] = {}
    ids = sorted(set(member_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = User.objects.filter(pk__in=ids[start : start + _AT_ONCE])
        some.update(reputation=sum_of_points(), public_points=sum_of_public_points())
        totals |= dict(some.values_list("pk", "reputation"))
    return totals


def sum_of_points() -> Coalesce:
    """Return the sum of a member's ledger, for a statement about members."""
    return _sum(ReputationChange.objects.all(), Sum("points"))


def sum_of_public_points() -> Coalesce:
    """Return the sum of what others see of a member's ledger, for a statement about members."""
    return _sum(ReputationChange.objects.public(), Sum(F("points") + F("points_for_show")))


def _sum(lines: ReputationChangeQuerySet, total: Sum) -> Coalesce:
    of_one = lines.filter(member=OuterRef("pk")).order_by().values("member").annotate(total=total)
    return Coalesce(Subquery(of_one.values("total")), 0)


def append(
    cause: Cause,
    points: int,
    *,
    post_id: int | None,
    at: datetime | None = None,
    for_show: int = 0,
    quietly: bool = False,
) -> None:
    """Append one line to the ledger, dated now unless `at` says otherwise."""
    ReputationChange.objects.create(
        member_id=cause.member_id,
        reason=cause.reason,
        post_id=post_id,
        day=cause.day,
        points=points,
        points_for_show=for_show,
        is_quiet=quietly or cause.reason == ReputationReason.VOTE_CAST,
        created_at=at or timezone.now(),
    )


def _lock(member_ids: set[int]) -> list[User]:
    return list(User.objects.select_for_update(no_key=True).filter(pk__in=member_ids).order_by("pk"))


def _pay(cause: Cause, due: Worth, post: Post | None, *, quietly: bool = False) -> None:
    lines = ReputationChange.objects.filter(member_id=cause.member_id, reason=cause.reason)
    if cause.day is not None:
        lines = lines.filter(day=cause.day)
    elif cause.post_id is not None:
        lines = lines.filter(post_id=cause.post_id)
    paid = lines.aggregate(points=Coalesce(Sum("points"), 0), for_show=Coalesce(Sum("points_for_show"), 0))
    points, for_show = due.points - paid["points"], due.for_show - paid["for_show"]
    if points or for_show:
        is_quiet = quietly or (post is not None and post.is_anonymous)
        append(cause, points, post_id=post.pk if post else None, for_show=for_show, quietly=is_quiet)


def _is_unsettled(post: Post) -> bool:
    return Removal.objects.open().filter(post_id=post.pk, kind__in=UNSETTLING).exists()


def _votes_on(user: User, day: date) -> int:
    start, end = datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)
    return Vote.objects.filter(voter=user, created_at__range=(start, end)).count()
