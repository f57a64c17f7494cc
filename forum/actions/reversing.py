"""Take back everything by an account, or votes that belong together, in one act that can be taken back itself."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import ReversalKind
from forum.effects import cases, log, reversals, spammers, vote_rings
from forum.effects.log import Facts
from forum.effects.vote_rings import Ring
from forum.models import Guest, Person, Post, Reversal


@atomic_with_retry
def undo_account(
    actor: Person, person: Person, *, since: datetime, reason: str, is_spam: bool = False, own_address: str = ""
) -> Reversal | None:
    """Take back what `person` posted, voted, reported and suggested since then, with the points it brought.

    What they wrote anonymously stays: see `docs/decisions/0016-anonymous-posts-stay.md`.
    With `is_spam` they are kept out as well, and the site learns from their posts; no block holds `own_address`, the
    moderator's. None when there is nothing (left) to take back. Raises `PermissionDenied`.
    """
    permissions.require(permissions.can_undo_account(actor, person, rules.current()))
    facts = reversals.everything_by(person, since)
    return _reverse(actor, person, facts, reason, is_spam=is_spam, own_address=own_address)


@atomic_with_retry
def mark_spam(
    actor: Person, post: Post, *, reason: str = "Spam", case_id: int | None = None, own_address: str = ""
) -> Reversal | None:
    """Take back everything by whoever wrote `post`, keep them out, and learn from it; None when it was done before.

    Of somebody who is no newcomer, only the last day is taken back. Raises `PermissionDenied`, or `ValidationError`
    when somebody else has decided the case.
    """
    now, author = rules.current(), post.author or post.guest
    assert author is not None  # the database holds that every post has an author
    permissions.require(permissions.can_mark_spam(actor, post, author, now))
    facts = reversals.everything_by(author, beginning_of(author), along=[post.pk])
    reversal = _reverse(actor, author, facts, reason, is_spam=True, own_address=own_address, post=post)
    if reversal is not None:
        cases.require_open(case_id, actor)  # last, for the posts are locked now
    return reversal


def beginning_of(person: Person) -> datetime:
    """Return since when what a spammer did is taken back: all of a newcomer's, a day of anybody else's.

    By the points that others see: how far it reaches must not tell what an anonymous post has brought.
    """
    if permissions.looks_new(person, rules.current()):
        return datetime(1970, 1, 1, tzinfo=UTC)
    return timezone.now() - timedelta(days=1)


def _reverse(
    actor: Person,
    person: Person,
    facts: Facts,
    reason: str,
    *,
    is_spam: bool,
    own_address: str,
    post: Post | None = None,
) -> Reversal | None:
    assert isinstance(actor, User)  # permissions refuse guests before this
    if not any(facts.values()):
        return None
    data = reversals.take_away(facts, actor, reason)
    if is_spam:
        data["spam"] = spammers.keep_out(person, actor, data["posts"], reason, own_address=own_address)
    kind = ReversalKind.SPAM if is_spam else ReversalKind.ACCOUNT
    member = person if isinstance(person, User) else None
    guest = person if isinstance(person, Guest) else None
    reversal = Reversal.objects.create(kind=kind, member=member, guest=guest, actor=actor, why=[reason], data=data)
    log.append(
        "account.undone",
        actor=actor,
        post=post,
        member=member,
        thing=f"reversal:{reversal.pk}",
        reason=reason,
        after={name: len(ids) for name, ids in facts.items()} | {"kind": kind},
    )
    return reversal


def reverse_vote_rings() -> int:
    """Take back the votes of the last week that belong together, with their points; return of how many voters.

    One act a voter, by nobody, with what was seen; moderators put back what was honest, and it stays.
    """
    rings = vote_rings.find(rules.current())
    for voter_id in sorted(rings):
        _reverse_votes(voter_id, rings[voter_id])
    return len(rings)


@atomic_with_retry
def _reverse_votes(voter_id: int, ring: Ring) -> None:
    facts = {"posts": [], "votes": reversals.facts_of_votes(ring.votes.values()), "flags": [], "suggestions": []}
    why = list(dict.fromkeys(ring.why))
    data = reversals.take_away(facts, None, "")
    reversal = Reversal.objects.create(kind=ReversalKind.VOTES, member_id=voter_id, why=why, data=data)
    log.append(
        "votes.reversed",
        actor=None,
        member=reversal.member,
        thing=f"reversal:{reversal.pk}",
        reason=" ".join(why)[:500],
        after={"votes": len(ring.votes)},
    )
