"""What stands beside the questions of one tag: its numbers, its neighbours, and who has helped most with them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import PostStatus
from forum.effects.panels import tag_key
from forum.models import Answer, Guest, Person, Question, Tag, TaggedPost
from forum.models.posts import QuestionQuerySet
from forum.queries.question_rows import TagLink, tag_link

NEWEST = 300  # questions of a tag that say which tags are near and who helps: enough to tell, and cheap for any tag
_CACHE_SECONDS = 300
_MONTH_DAYS = 30
_RELATED = 8
_HELPERS = 5


@dataclass(frozen=True)
class TagHelper:
    """Somebody whose answers helped here, under their name."""

    byline: Byline
    answer_count: int


@dataclass(frozen=True)
class TagPanels:
    """Numbers and neighbours of a tag, at most five minutes old."""

    this_month: int
    unanswered: int
    related: tuple[TagLink, ...]
    helpers: tuple[TagHelper, ...]


def get_tag_panels(tag: Tag, viewer: Person) -> TagPanels:
    """Return the panels of `tag`, made of what lists show `viewer`: the same for all members, and for all guests."""
    key = tag_key(tag.pk, is_member=viewer.is_authenticated)
    values = cache.get(key)
    if values is None:
        values = _values(tag, viewer)
        cache.set(key, values, _CACHE_SECONDS)
    return TagPanels(
        this_month=values["this_month"],
        unanswered=values["unanswered"],
        related=tuple(tag_link(name, slug) for name, slug in values["related"]),
        helpers=tuple(TagHelper(Byline(**fields), count) for fields, count in values["helpers"]),
    )


def forget_tag_panels(tag_id: int) -> None:
    """Have the panels of a tag counted anew for the next reader."""
    cache.delete_many([tag_key(tag_id, is_member=is_member) for is_member in (False, True)])


def _values(tag: Tag, viewer: Person) -> dict[str, Any]:
    since = timezone.now() - timedelta(days=_MONTH_DAYS)
    numbers = _tagged(tag, viewer).aggregate(
        this_month=Count("pk", filter=Q(created_at__gte=since)),
        unanswered=Count("pk", filter=Q(answer_count=0)),
    )
    newest = _newest(tag, viewer)
    return {**numbers, "related": _related(tag, newest), "helpers": _helpers(newest)}


def _newest(tag: Tag, viewer: Person) -> list[int]:
    """Return the newest questions of the tag that lists show `viewer`; what is out of sight only makes them fewer."""
    tagged = TaggedPost.objects.filter(tag=tag).order_by("-content_object_id")
    oldest = tagged.values_list("content_object_id", flat=True)[NEWEST - 1 : NEWEST].first() or 0
    return list(_tagged(tag, viewer, since_id=oldest).values_list("pk", flat=True))


def _tagged(tag: Tag, viewer: Person, *, since_id: int = 0) -> QuestionQuerySet:
    """Return the questions with `tag` from `since_id` on.

    Asking from where on, even from 0, makes SQLite begin at the tag; without that it walks all questions, a second
    with 100,000 of them.
    """
    questions: QuestionQuerySet = Question.objects.listed_to(viewer)
    return questions.filter(tagged__tag=tag, tagged__content_object_id__gte=since_id)


def _related(tag: Tag, questions: list[int]) -> list[tuple[str, str]]:
    """Return the tags that stand on the same questions most."""
    beside = (
        TaggedPost.objects.filter(content_object_id__in=questions, tag__removed_at=None)
        .exclude(tag=tag)
        .values("tag__name", "tag__slug")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "tag__name")
    )
    return [(row["tag__name"], row["tag__slug"]) for row in beside[:_RELATED]]


def _helpers(questions: list[int]) -> list[tuple[dict[str, Any], int]]:
    """Return who gave most answers that were accepted or up-voted, as plain values.

    Nothing written anonymously counts. Answers to one's own question do: leaving them out would tell who asked
    anonymously. What is published is counted, not looked for: for that SQLite walks all answers of the site, 0.9 s
    with 100,000 questions.
    """
    helpful = Q(status=PostStatus.PUBLISHED) & (Q(question__accepted_answer=F("pk")) | Q(score__gt=0))
    helped = (
        Answer.objects.listed()
        .filter(question__in=questions, author__isnull=False, author__closed_at=None)
        .values("author_id")
        .annotate(answers=Count("pk", filter=helpful), votes=Sum("score", filter=helpful))
        .filter(answers__gt=0)
        .order_by("-answers", "-votes", "author_id")[:_HELPERS]
    )
    counts = {row["author_id"]: row["answers"] for row in helped}
    members = User.objects.in_bulk(counts)
    return [(_fields(members[key]), count) for key, count in counts.items() if key in members]


def _fields(member: User) -> dict[str, Any]:
    line = member_byline(member, Guest())
    return {"name": line.name, "avatar": line.avatar, "url": line.url, "points": line.points, "label": line.label}
