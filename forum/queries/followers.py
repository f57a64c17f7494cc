"""How many follow a tag or a member, and how many people a member follows."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from forum.choices import FollowMode
from forum.models import Follow, Tag

_OPEN = Q(member__closed_at=None, member__is_active=True)


@dataclass(frozen=True)
class FollowCounts:
    """By how many a member is followed, and how many people they follow."""

    followers: int
    following: int


def count_follows(member: User) -> FollowCounts:
    """Return the counts that stand on the page of `member`, without muted ones and closed accounts; one query.

    People alone: a number of questions followed would grow by one when its member asks anonymously.
    """
    people = Q(member=member, person__closed_at=None, person__is_active=True)
    rows = Follow.objects.exclude(mode=FollowMode.MUTED).filter(
        Q(person=member) | Q(member=member, person__isnull=False)
    )
    counts = rows.aggregate(
        followers=Count("pk", filter=Q(person=member) & _OPEN), following=Count("pk", filter=people)
    )
    return FollowCounts(**counts)


def count_followers(tag: Tag) -> int:
    """Return how many members with an open account follow `tag`."""
    return Follow.objects.filter(_OPEN, tag=tag).exclude(mode=FollowMode.MUTED).count()
