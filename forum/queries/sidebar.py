"""What stands beside every list: popular tags, what is read a lot, and who has been helping this week."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import PostStatus
from forum.effects.panels import SIDEBAR_KEY
from forum.models import Answer, Guest, Tag
from forum.queries.question_rows import TagLink, tag_link
from forum.queries.trending import TrendingQuestion, find_trending, get_trending

_CACHE_SECONDS = 300  # counting a week of answers costs more than the rest of a page; five minutes old is new enough
_TAGS = 10
_HELPERS = 3
_HELPING_DAYS = 7


@dataclass(frozen=True)
class Helper:
    """Somebody who answered this week, under their name."""

    byline: Byline
    answer_count: int


@dataclass(frozen=True)
class Sidebar:
    """The panels beside a list."""

    tags: tuple[TagLink, ...]
    trending: tuple[TrendingQuestion, ...]
    helpers: tuple[Helper, ...]


def get_sidebar() -> Sidebar:
    """Return the panels, at most five minutes old; they are the same for every reader.

    Of questions only their numbers are kept, so that one that was hidden a moment ago is not named.
    """
    values = cache.get(SIDEBAR_KEY)
    if values is None:
        values = {"tags": _popular_tags(), "trending": find_trending(), "helpers": _helpers()}
        cache.set(SIDEBAR_KEY, values, _CACHE_SECONDS)
    return Sidebar(
        tags=tuple(tag_link(name, slug) for name, slug in values["tags"]),
        trending=get_trending(values["trending"]),
        helpers=tuple(Helper(Byline(**fields), count) for fields, count in values["helpers"]),
    )


def forget_sidebar() -> None:
    """Have the panels counted anew for the next reader."""
    cache.delete(SIDEBAR_KEY)


def _popular_tags() -> list[tuple[str, str]]:
    tags = Tag.objects.standing().filter(public_count__gt=0).most_used_first()
    return list(tags.values_list("name", "slug")[:_TAGS])


def _helpers() -> list[tuple[dict[str, Any], int]]:
    """Return who answered most in the last days, as plain values; nothing written anonymously counts."""
    since = timezone.now() - timedelta(days=_HELPING_DAYS)
    counts = (
        Answer.objects.listed()
        .filter(
            status=PostStatus.PUBLISHED,
            question__status=PostStatus.PUBLISHED,
            created_at__gte=since,
            author__closed_at=None,
            author__isnull=False,
        )
        .values("author_id")
        .annotate(answers=Count("pk"))
        .order_by("-answers", "author_id")[:_HELPERS]
    )
    answers = {row["author_id"]: row["answers"] for row in counts}
    members = User.objects.in_bulk(answers)
    return [(_fields(members[key]), count) for key, count in answers.items() if key in members]


def _fields(member: User) -> dict[str, Any]:
    line = member_byline(member, Guest())
    return {"name": line.name, "avatar": line.avatar, "url": line.url, "points": line.points}
