"""Make one account of two, and two of one again."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from accounts import members
from accounts.models import User
from forum.choices import ReputationReason
from forum.effects import conversations, mention_links, reputation, reversals, scores, suspensions
from forum.effects.log import Facts, Inverse, Turn
from forum.effects.posts import lock_threads
from forum.models import (
    AccountMerge,
    Bookmark,
    CloseVote,
    Conversation,
    Draft,
    Flag,
    Follow,
    Guest,
    LogEntry,
    MemberBlock,
    MemberNote,
    Mention,
    Picture,
    Post,
    ReadMark,
    ReputationChange,
    Revision,
    Suggestion,
    Trace,
    Vote,
)

# What moves, and beside which row of the target's it stays behind.
_GOES_ALONG: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Post.objects, "author", ()),
    (Post.objects, "edited_by", ()),
    (Vote.objects, "voter", ("post",)),
    (CloseVote.objects.filter(spent_at=None), "voter", ("question",)),
    (Flag.objects, "reporter", ("post", "member")),
    (Flag.objects, "member", ()),
    (Bookmark.objects, "member", ("post",)),
    (Follow.objects, "member", ("question", "category", "tag", "person")),
    (Follow.objects, "person", ("member",)),
    (ReadMark.objects, "member", ("question",)),
    (Draft.objects, "author", ("key",)),
    (Picture.objects, "uploader", ()),
    (Suggestion.objects, "member", ("post",)),
    (Conversation.objects, "member", ("post",)),
    (MemberNote.objects, "member", ()),
    (MemberBlock.objects, "member", ("blocked",)),
    (MemberBlock.objects, "blocked", ("member",)),
    (Mention.objects, "member", ("post",)),
    (Revision.objects, "editor", ()),
    (Trace.objects, "member", ()),
    (Guest.objects, "claimed_by", ()),
)
# Of these nothing goes along that would be between somebody and themselves.
_BETWEEN_TWO = {
    ("Vote", "voter"): "post__author",
    ("Follow", "member"): "person",
    ("Follow", "person"): "member",
    ("MemberBlock", "member"): "blocked",
    ("MemberBlock", "blocked"): "member",
}


def merge(source: User, target: User, actor: User) -> Facts:
    """Move what `source` did to `target`, close `source`, and return what moved; votes on own posts go.

    The ledger is settled by appending: what the source had for it is taken away, the target gets what it is worth.
    Votes on anonymous posts of the two stay, with the account that is closed: their going would tell whose these are.
    """
    own_votes, edits = _votes_on_own(source, target), _edits_between(source, target)
    voted = set(own_votes.values_list("post_id", flat=True))
    posts = lock_threads(_posts_of(source) | voted | _chosen_between(source, target) | set(edits))
    gone = reversals.facts_of_votes(own_votes)
    days = _days(source, target)
    own_votes.delete()
    kept = _hand_votes(Vote.objects.filter(voter=target, post__author=source, post__is_anonymous=True), source)
    spent = _spend_second_votes(source, target)
    moved = [
        [*_name(rows, column), _move(rows, column, source, target, beside)] for rows, column, beside in _GOES_ALONG
    ]
    opening = _opening_balance(source)
    _settle(posts, source, target, days=days, edits=edits, opening=opening)
    held = suspensions.hand_over(source, target, actor)
    _recount(source, target)
    members.close_account(source)
    mention_links.relink(target)
    return {"moved": moved, "votes": gone, "kept": kept, "spent": spent, "opening": opening, "suspensions": held}


def unmerge(source: User, target: User, facts: Facts) -> None:
    """Move everything back that `merge` moved, as far as it is still there."""
    if not source.is_active:
        raise ValidationError("The other account has been erased, so nothing can be moved back to it.")
    named = {tuple(row[:2]): row[2] for row in facts["moved"]}
    own = set(named[_name(Post.objects, "author")])
    voted = Vote.objects.filter(pk__in=named[_name(Vote.objects, "voter")]).values_list("post_id", flat=True)
    edits = _edits_between(source, target, also=named[_name(Suggestion.objects, "member")])
    between = _chosen_between(source, target) | set(edits)
    posts = lock_threads(own | set(voted) | {row[2] for row in facts["votes"]} | between)
    days = _days(source, target)
    for rows, column, _ in _GOES_ALONG:
        moved = named.get(_name(rows, column), ())  # accounts merged before there were such rows name none
        rows.filter(pk__in=moved, **{column: target}).update(**{column: source})
    _hand_votes(Vote.objects.filter(pk__in=facts.get("kept", ()), voter=source), target)
    CloseVote.objects.filter(pk__in=facts.get("spent", ()), voter=source).update(spent_at=None)
    reversals.make_votes(facts["votes"])
    suspensions.hand_back(source, target, facts.get("suspensions", {}))
    members.reopen_account(source)
    _recount(source, target)
    for post in posts.values():
        post.refresh_from_db(fields=["author"])
    days |= _days(source, target)
    _settle(posts, target, source, days=days, edits=edits, opening=facts["opening"])


def _recount(*both: User) -> None:
    """Count anew what each has to read: their conversations have moved."""
    for member in both:
        conversations.recount(member)


def _posts_of(member: User) -> set[int]:
    return set(Post.objects.filter(author=member).values_list("pk", flat=True))


def _votes_on_own(source: User, target: User) -> "models.QuerySet[Vote]":
    """Return votes that would be on one's own named post, and the source's where the target voted as well."""
    both = [source, target]
    twice = Vote.objects.filter(voter=target).values("post")
    own = Q(voter__in=both, post__author__in=both, post__is_anonymous=False)
    return Vote.objects.filter(own | Q(voter=source, post__in=twice))


def _hand_votes(votes: "models.QuerySet[Vote]", voter: User) -> list[int]:
    """Let these be votes of `voter`, so that the scores of the posts stay as they are; return which they were."""
    ids = sorted(votes.values_list("pk", flat=True))
    Vote.objects.filter(pk__in=ids).update(voter=voter)
    return ids


def _spend_second_votes(source: User, target: User) -> list[int]:
    """Let votes to close or reopen count no more where the target voted as well; return which they were."""
    open_ones = CloseVote.objects.filter(spent_at=None)
    twice = open_ones.filter(voter=target).values("question")
    ids = sorted(open_ones.filter(voter=source, question__in=twice).values_list("pk", flat=True))
    CloseVote.objects.filter(pk__in=ids).update(spent_at=timezone.now())
    return ids


def _chosen_between(source: User, target: User) -> set[int]:
    """Return the answers of one of the two that one of them chose as the best."""
    both = [source, target]
    chosen = Post.objects.filter(author__in=both, accepted_for__author__in=both)
    return set(chosen.values_list("pk", flat=True))


def _edits_between(source: User, target: User, *, also: Iterable[int] = ()) -> list[int]:
    """Return the posts whose approved suggestions pay one of the two otherwise than before; `also` are suggestions."""
    both = [source, target]
    theirs = Q(member=source) | Q(member=target, post__author__in=both) | Q(pk__in=list(also))
    return sorted(set(Suggestion.objects.approved().filter(theirs).values_list("post_id", flat=True)))


def _move(rows: Any, column: str, source: User, target: User, beside: tuple[str, ...]) -> list[int]:
    taken = set(rows.filter(**{column: target}).values_list(*beside)) if beside else set()
    going = rows.filter(**{column: source})
    if other := _BETWEEN_TWO.get(_name(rows, column)):
        going = going.exclude(**{other: target})
    ids = [pk for pk, *place in going.values_list("pk", *beside) if not beside or tuple(place) not in taken]
    rows.filter(pk__in=ids).update(**{column: target})
    return sorted(ids)


def _days(*voters: User) -> set[Any]:
    times = Vote.objects.filter(voter__in=voters).values_list("created_at", flat=True)
    return {reputation.day_of(at) for at in times}


def _opening_balance(member: User) -> int:
    lines = ReputationChange.objects.filter(member=member, reason=ReputationReason.OPENING_BALANCE)
    return lines.aggregate(total=Sum("points"))["total"] or 0


def _settle(
    posts: dict[int, Post], giver: User, taker: User, *, days: Iterable[Any], edits: Iterable[int], opening: int
) -> None:
    for post in posts.values():
        post.refresh_from_db(fields=["author"])
        scores.recount_votes(post)
    reputation.release(giver, [post for post in posts.values() if post.author_id == taker.pk])
    some = next(iter(posts.values()), None)
    voted = [(voter, day, some) for day in sorted(days) for voter in (giver, taker)]
    edited = [(member, posts[pk]) for pk in edits for member in (giver, taker)]
    reputation.settle(posts=list(posts.values()), voted=voted, edited=edited)
    if opening:
        reputation.hand_over(giver, taker, opening)


def _name(rows: Any, column: str) -> tuple[str, str]:
    return rows.model.__name__, column


def _undo_merging(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    pk = int(entry.thing.removeprefix("accounts:"))
    merged = (
        AccountMerge.objects.select_for_update(of=("self",), no_key=True).select_related("source", "target").get(pk=pk)
    )
    if merged.lifted_at is not None:
        return Turn("account.unmerged", changed=False)
    unmerge(merged.source, merged.target, merged.data)
    AccountMerge.objects.filter(pk=merged.pk).update(lifted_at=timezone.now())
    return Turn("account.unmerged")


INVERSES: dict[str, Inverse] = {"account.merged": _undo_merging}
