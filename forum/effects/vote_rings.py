"""Find votes that belong together: many for one person, given back and forth, or from one address.

Votes on anonymous posts are not looked at: their going, beside the voter's name, would tell who wrote those.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from forum.choices import Direction, ReversalKind
from forum.limits import Rules
from forum.models import Reversal, Trace, Vote

WINDOW = timedelta(days=7)  # the night before may have been missed, and a ring may take a weekend
_DAY = timedelta(days=1)
_MOST_OF_THEM = 0.8  # of a voter's votes within a day; who reads one author's answers also reads others'
_HALF = 0.5


@dataclass
class Ring:
    """Votes by one voter that look as if they belonged together, and why, in sentences that name nobody."""

    votes: dict[int, Vote] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)

    def add(self, votes: Iterable[Vote], why: str) -> None:
        """Add what one of the looks found."""
        self.votes.update({vote.pk: vote for vote in votes})
        self.why.append(why)


def find(now: Rules) -> dict[int, Ring]:
    """Return the rings among the votes of the last week by their voter; what a moderator has put back stays out."""
    votes = _recent()
    rings: dict[int, Ring] = defaultdict(Ring)
    for look in (_serial(votes, now), _mutual(votes, now), _same_address(votes, now), _crowds(votes, now)):
        for voter_id, found, why in look:
            rings[voter_id].add(found, why)
    return rings


Found = Iterator[tuple[int, list[Vote], str]]


def _recent() -> list[Vote]:
    since = timezone.now() - WINDOW
    restored = Reversal.objects.filter(kind=ReversalKind.VOTES, created_at__gte=since).exclude(lifted_at=None)
    put_back = [row[0] for data in restored.values_list("data", flat=True) for row in data["votes"]]
    votes = Vote.objects.filter(created_at__gte=since, post__author__isnull=False, post__is_anonymous=False)
    votes = votes.exclude(pk__in=put_back)
    return list(votes.select_related("post").order_by("created_at", "pk"))


def _by_pair(votes: list[Vote]) -> dict[tuple[int, int], list[Vote]]:
    pairs: dict[tuple[int, int], list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.post.author_id is not None:
            pairs[vote.voter_id, vote.post.author_id].append(vote)
    return pairs


def _serial(votes: list[Vote], now: Rules) -> Found:
    """Yield votes that went to one member, most of the voter's within a day."""
    times = defaultdict(list)
    for vote in votes:
        times[vote.voter_id].append(vote.created_at)
    for (voter_id, _), to_one in _by_pair(votes).items():
        for first in range(len(to_one) - now.serial_votes + 1):
            start = to_one[first].created_at
            burst = [vote for vote in to_one[first:] if vote.created_at < start + _DAY]
            cast = sum(start <= at < start + _DAY for at in times[voter_id])
            if len(burst) >= now.serial_votes and len(burst) >= _MOST_OF_THEM * cast:
                yield voter_id, burst, f"{len(burst)} of {cast} votes within a day went to posts by one member."
                break


def _mutual(votes: list[Vote], now: Rules) -> Found:
    """Yield up-votes that two members gave each other, half of what either gave in a week."""
    ups = [vote for vote in votes if vote.direction == Direction.UP]
    given, pairs = Counter(vote.voter_id for vote in ups), _by_pair(ups)
    for (voter_id, author_id), there in pairs.items():
        back = pairs.get((author_id, voter_id), [])
        if min(len(there), len(back)) < now.mutual_votes:
            continue
        if len(there) >= _HALF * given[voter_id] and len(back) >= _HALF * given[author_id]:
            yield voter_id, there, f"Two members gave each other {len(there)} and {len(back)} votes within a week."


def _same_address(votes: list[Vote], now: Rules) -> Found:
    """Yield votes for somebody who writes from the voter's own address."""
    used = _addresses({vote.voter_id for vote in votes} | {vote.post.author_id or 0 for vote in votes})
    for (voter_id, author_id), there in _by_pair(votes).items():
        if len(there) >= now.same_address_votes and used[voter_id] & used[author_id]:
            words = f"{len(there)} votes went to posts by someone who writes from the same address."
            yield voter_id, there, words


def _crowds(votes: list[Vote], now: Rules) -> Found:
    """Yield votes on one post by several members from one address."""
    by_key = {(vote.voter_id, vote.post_id): vote for vote in votes}
    crowds: dict[tuple[str, int], list[Vote]] = defaultdict(list)
    traces = Trace.objects.filter(act="vote", created_at__gte=timezone.now() - WINDOW, post__isnull=False)
    for address, voter_id, post_id in traces.values_list("address", "member_id", "post_id").distinct():
        if vote := by_key.get((voter_id or 0, post_id or 0)):
            crowds[address, vote.post_id].append(vote)
    for crowd in crowds.values():
        if len(crowd) > now.members_of_an_address:  # a household or a clinic shares one
            for vote in crowd:
                yield vote.voter_id, [vote], f"{len(crowd)} members voted on one post from the same address."


def _addresses(member_ids: set[int]) -> dict[int, set[str]]:
    used: dict[int, set[str]] = defaultdict(set)
    for member_id, address in Trace.objects.filter(member__in=member_ids).values_list("member_id", "address"):
        used[member_id or 0].add(address)
    return used
