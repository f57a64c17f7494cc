"""What a member is good at: their best answers, and the topics and tags they answer in."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from accounts.models import User
from forum.choices import MemberPart, PostKind
from forum.models import Category, Person, Post, TaggedPost
from forum.queries.question_rows import TagLink, tag_link
from forum.queries.user_posts import public_posts
from forum.queries.visibility import visibility_of

_TAGS, _TOPICS, _BEST = 6, 3, 5
_LOOKED_AT = 300  # answers, the newest: what somebody knew years ago says less, and the page costs the same for all


@dataclass(frozen=True)
class TopicStrength:
    """A topic somebody answers in, how often, and what it brought."""

    name: str
    path: str
    icon: str
    answer_count: int
    best_count: int


@dataclass(frozen=True)
class Strengths:
    """Where a member often answers, the most helpful first."""

    topics: tuple[TopicStrength, ...] = ()
    tags: tuple[TagLink, ...] = ()


def get_strengths(member: User, viewer: Person) -> Strengths:
    """Return where `member` often answers under their name, with three queries; none where others may not see it."""
    if not visibility_of(member, viewer).shows(MemberPart.STRENGTHS):
        return Strengths()
    answers = public_posts(member, viewer).filter(kind=PostKind.ANSWER)
    newest = list(answers.newest_first().values_list("pk", flat=True)[:_LOOKED_AT])
    return Strengths(_topics(newest), _tags(newest)) if newest else Strengths()


def best_answers(member: User, viewer: Person) -> list[int]:
    """Return the ids of their answers that were chosen as the best, those with most votes first; one query."""
    chosen = public_posts(member, viewer).filter(kind=PostKind.ANSWER, accepted_for__isnull=False)
    return list(chosen.order_by("-score", "-pk").values_list("pk", flat=True)[:_BEST])


def _topics(answers: list[int]) -> tuple[TopicStrength, ...]:
    rows = (
        Post.objects.filter(pk__in=answers)
        .values("question__category")
        .annotate(answers=Count("pk"), best=Count("accepted_for"), liked=Sum("score"))
        .order_by("-best", "-liked", "-answers", "question__category")[:_TOPICS]
    )
    found = list(rows)
    topics = Category.objects.in_bulk([row["question__category"] for row in found])
    return tuple(_strength(topics[row["question__category"]], row["answers"], row["best"]) for row in found)


def _strength(topic: Category, answers: int, best: int) -> TopicStrength:
    return TopicStrength(topic.name, topic.get_absolute_url(), topic.icon, answers, best)


def _tags(answers: list[int]) -> tuple[TagLink, ...]:
    tags = (
        TaggedPost.objects.filter(content_object__thread__in=answers)
        .values("tag__name", "tag__slug")
        .annotate(questions=Count("content_object", distinct=True))
        .order_by("-questions", "tag__name")[:_TAGS]
    )
    return tuple(tag_link(row["tag__name"], row["tag__slug"]) for row in tags)
