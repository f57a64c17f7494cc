"""Take back many things at once, and put them back: everything by an account, or votes that belong together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.choices import FlagState, RemovalKind, ReversalKind, SuggestionState
from forum.effects import cases, flags, reputation, scores, search, spammers
from forum.effects.log import Facts, Inverse, Turn
from forum.effects.posts import lock_threads, recount_activity
from forum.models import (
    Case,
    Category,
    Flag,
    LogEntry,
    Person,
    Post,
    Removal,
    Reversal,
    Suggestion,
    Tag,
    Vote,
)
from forum.models.posts import own_posts


def everything_by(person: Person, since: datetime, *, along: Iterable[int] = ()) -> Facts:
    """Return what `person` posted, voted, reported and suggested since then, for `take_away`; `along` is older.

    Anonymous posts are never among it: which ones go and come back with an account would tell whose they are.
    """
    votes = Vote.objects.filter(voter_id=person.pk if person.is_authenticated else None, created_at__gte=since)
    reported = Flag.objects.open().filter(reporter_id=person.pk if person.is_authenticated else None)
    mine = {"member": person} if isinstance(person, User) else {"guest": person}
    suggested = Suggestion.objects.open().filter(**mine, created_at__gte=since)
    undone = Removal.objects.open().filter(kind=RemovalKind.UNDONE).values("post")
    wanted = Q(created_at__gte=since) | Q(pk__in=along)
    posts = Post.objects.listed().filter(own_posts(person), wanted).exclude(pk__in=undone)
    return {
        "posts": list(posts.order_by("pk").values_list("pk", flat=True)),
        "votes": facts_of_votes(votes),
        "flags": list(reported.filter(created_at__gte=since).order_by("pk").values_list("pk", flat=True)),
        "suggestions": list(suggested.order_by("pk").values_list("pk", flat=True)),
    }


def facts_of_votes(votes: Iterable[Vote]) -> list[list[Any]]:
    """Return votes as rows that `put_back` makes the same votes of."""
    rows = sorted(votes, key=lambda vote: vote.pk)
    return [[vote.pk, vote.voter_id, vote.post_id, vote.direction, vote.created_at.isoformat()] for vote in rows]


def take_away(facts: Facts, actor: User | None, reason: str) -> Facts:
    """Take back what `facts` names; return them with the cases and reports that were decided by it."""
    posts = _lock(facts)
    own = [posts[pk] for pk in facts["posts"]]
    Removal.objects.bulk_create(
        Removal(post_id=post.pk, kind=RemovalKind.UNDONE, actor=actor, reason=reason) for post in own
    )
    Vote.objects.filter(pk__in=[row[0] for row in facts["votes"]]).delete()
    Flag.objects.open().filter(pk__in=facts["flags"]).update(state=FlagState.SET_ASIDE, settled_at=timezone.now())
    open_ones = Suggestion.objects.open().filter(pk__in=facts["suggestions"])
    open_ones.update(state=SuggestionState.WITHDRAWN, decided_at=timezone.now())
    decided = _decide(own, facts, actor, reason)
    _follow_up(posts, facts)
    return {**facts, "decided": decided}


def put_back(facts: Facts, actor: User) -> None:
    """Put back what `take_away` took, as far as it has not come back by itself."""
    posts = _lock(facts)
    undone = Removal.objects.open().filter(post__in=facts["posts"], kind=RemovalKind.UNDONE)
    undone.update(lifted_at=timezone.now(), lifted_by=actor)
    make_votes(facts["votes"])
    flags.reopen(facts["flags"])
    set_aside = Suggestion.objects.filter(pk__in=facts["suggestions"], state=SuggestionState.WITHDRAWN)
    set_aside.update(state=SuggestionState.OPEN, decided_at=None)
    flags.reopen(facts["decided"]["flags"])
    cases.reopen(facts["decided"]["cases"])
    _follow_up(posts, facts)


def make_votes(rows: list[list[Any]]) -> None:
    """Make the votes again that `rows` tell of, but for those who have voted anew or are the author by now.

    Lock the posts first.
    """
    posts = [row[2] for row in rows]
    there = set(Vote.objects.filter(post__in=posts).values_list("voter_id", "post_id"))
    there |= set(Post.objects.filter(pk__in=posts).values_list("author_id", "pk"))
    Vote.objects.bulk_create(
        Vote(pk=pk, voter_id=voter, post_id=post, direction=direction, created_at=datetime.fromisoformat(at))
        for pk, voter, post, direction, at in rows
        if (voter, post) not in there
    )


def _lock(facts: Facts) -> dict[int, Post]:
    """Lock every post that is touched, with what it stands below."""
    reported = Flag.objects.filter(pk__in=facts["flags"]).exclude(post=None).values_list("post_id", flat=True)
    suggested = Suggestion.objects.filter(pk__in=facts["suggestions"]).values_list("post_id", flat=True)
    return lock_threads({*facts["posts"], *(row[2] for row in facts["votes"]), *reported, *suggested})


def _decide(own: list[Post], facts: Facts, actor: User | None, reason: str) -> Facts:
    """Uphold the reports on posts that are taken back, and close what waited for a decision about them."""
    on_them = list(Flag.objects.open().filter(post__in=own))
    upheld = flags.settle(on_them, actor, upheld=True, outcome=reason) if actor else []
    about = Case.objects.filter(post__in=own, kind__in=cases.ABOUT_A_POST)
    edits = Case.objects.filter(suggestion__in=facts["suggestions"])
    closed = cases.close(about, actor, "account.undone") + cases.close(edits, actor, "account.undone")
    return {"flags": upheld, "cases": closed}


def _follow_up(posts: dict[int, Post], facts: Facts) -> None:
    own = [posts[pk] for pk in facts["posts"]]
    for post in own:
        scores.recount_status(post)
        search.refresh(post)
    voted = {int(row[2]) for row in facts["votes"]}
    for pk in sorted(voted):
        scores.recount_votes(posts[pk])
    for parent in sorted({post.parent for post in own if post.parent is not None}, key=lambda post: post.pk):
        scores.recount_children(parent)
        if parent.is_question:
            recount_activity(parent)
    questions = [post for post in own if post.is_question]
    scores.recount_tags(Tag.objects.filter(tagged__content_object__in=questions).distinct())
    scores.recount_categories(Category.objects.filter(questions__in=questions).distinct())
    reported = Flag.objects.filter(pk__in=facts["flags"]).values_list("post_id", flat=True)
    for pk in sorted({*facts["posts"], *(pk for pk in reported if pk)}):
        flags.follow_up(posts[pk])
    for member in User.objects.filter(flags_on__in=facts["flags"]).distinct().order_by("pk"):
        flags.follow_up(member)
    _settle(posts, facts, voted)


def _settle(posts: dict[int, Post], facts: Facts, voted: set[int]) -> None:
    days = {}
    for _pk, voter_id, post_id, _direction, at in facts["votes"]:
        days[voter_id, reputation.day_of(datetime.fromisoformat(at))] = posts[post_id]
    voters = User.objects.in_bulk({voter for voter, _ in days})
    reputation.settle(
        posts=[posts[pk] for pk in sorted({*facts["posts"], *voted})],
        voted=[(voters[voter], day, post) for (voter, day), post in days.items()],
    )


def _undo_taking(entry: LogEntry, actor: User, _reason: str) -> Turn:
    reversal = _reversal(entry)
    if reversal.lifted_at is not None:
        return Turn(entry.verb, changed=False)
    put_back(reversal.data, actor)
    spammers.let_in(reversal.data.get("spam", {}), actor)
    Reversal.objects.filter(pk=reversal.pk).update(lifted_at=timezone.now(), lifted_by=actor)
    return Turn(_BACK[entry.verb])


def _undo_putting(entry: LogEntry, actor: User, reason: str) -> Turn:
    reversal = _reversal(entry)
    if reversal.lifted_at is None:
        return Turn(entry.verb, changed=False)
    still = _still_there(reversal)
    data = take_away(still, reversal.actor and actor, reversal.why[0] if reversal.actor else "")
    spammers.keep_out_again(reversal.data.get("spam", {}))
    Reversal.objects.filter(pk=reversal.pk).update(data=data, lifted_at=None, lifted_by=None)
    return Turn(_AGAIN[entry.verb])


def _still_there(reversal: Reversal) -> Facts:
    """Return what can be taken away once more; what became anonymous since is left alone, as in `everything_by`."""
    data = reversal.data
    votes = Vote.objects.filter(pk__in=[row[0] for row in data["votes"]])
    if reversal.kind == ReversalKind.VOTES:
        votes = votes.filter(post__is_anonymous=False)
    there = set(votes.values_list("pk", flat=True))
    named = Post.objects.listed().filter(pk__in=data["posts"]).order_by("pk").values_list("pk", flat=True)
    return {**data, "posts": list(named), "votes": [row for row in data["votes"] if row[0] in there]}


def _reversal(entry: LogEntry) -> Reversal:
    number = entry.thing.removeprefix("reversal:")
    reversal = Reversal.objects.select_for_update(no_key=True, of=("self",)).filter(pk=int(number)).first()
    if reversal is None:
        raise ValidationError("It no longer exists.")
    return reversal


_BACK = {"account.undone": "account.restored", "votes.reversed": "votes.restored"}
_AGAIN = {after: before for before, after in _BACK.items()}

INVERSES: dict[str, Inverse] = {
    **dict.fromkeys(_BACK, _undo_taking),
    **dict.fromkeys(_AGAIN, _undo_putting),
}
