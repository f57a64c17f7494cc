"""Can you help? Questions that wait for a first answer, for whoever may have one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from forum.choices import Intent, PostStatus
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Answer, Person, Post, Question, Tag, TaggedPost
from forum.models.posts import QuestionQuerySet, own_posts
from forum.queries.following import following_of
from forum.queries.list_filters import INTENTS
from forum.queries.paging import Tab, with_query
from forum.queries.question_rows import QuestionRow, TagLink, load_rows, tag_link

ADDRESS = "/can-you-help/"
_DAYS = 30
_NEWCOMER_POINTS = 200  # about one good answer after joining, as `limits.Rules.level_to_skip_checks`
_LAST_ANSWERS = 50
_TAGS_SHOWN = 12


@dataclass(frozen=True)
class HelpWanted:
    """Some questions that wait; `tags` are what the reader knows, and `is_theirs` says whether the list is about it."""

    rows: tuple[QuestionRow, ...]
    tags: tuple[TagLink, ...]
    tabs: tuple[Tab, ...]
    is_theirs: bool
    has_places: bool


def get_help_wanted(viewer: Person, *, intent: str = "") -> HelpWanted:
    """Return questions that `viewer` may be able to answer, the kindest order first.

    Which: open questions without an answer, asked in the last 30 days by somebody else, that nobody is checking; in
    the topics and tags `viewer` follows and the tags of the newest 50 questions they answered. Where none of these
    waits, and for those who follow and answered nothing, any that waits.

    Order: (1) those without a content note; (2) those by people who are new here: guests, members below 200 points, and
    everybody who asks anonymously, so that the place in the list tells nothing of them; (3) who waits longest.
    """
    intent = intent if intent in INTENTS else ""
    followed = following_of(viewer)
    tags = followed.tags | _answered_tags(viewer)
    waiting = _waiting(viewer, intent)
    theirs: list[int] = []
    has_places = bool(tags or followed.categories)
    if has_places:
        theirs = _kindly_ordered(waiting.about(categories=followed.categories, tags=tags))
    return HelpWanted(
        rows=load_rows(theirs or _kindly_ordered(waiting), viewer),
        tags=_names(tags, viewer),
        tabs=_tabs(intent),
        is_theirs=bool(theirs),
        has_places=has_places,
    )


def _waiting(viewer: Person, intent: str) -> QuestionQuerySet:
    since = timezone.now() - timedelta(days=_DAYS)
    waiting: QuestionQuerySet = Question.objects.listed_to(viewer).unanswered()
    waiting = waiting.filter(created_at__gte=since, is_being_checked=False).exclude(own_posts(viewer))
    return waiting.filter(intent=intent) if intent else waiting


def _kindly_ordered(waiting: QuestionQuerySet) -> list[int]:
    is_new = Q(guest__isnull=False) | Q(is_anonymous=True) | Q(author__public_points__lt=_NEWCOMER_POINTS)
    return list(
        waiting.annotate(
            is_noted=Exists(Post.notes.through.objects.filter(post=OuterRef("pk"))),
            is_known=Case(When(is_new, then=Value(0)), default=Value(1)),
        )
        .order_by("is_noted", "is_known", "created_at", "pk")
        .values_list("pk", flat=True)[:QUESTIONS_A_PAGE]
    )


def _answered_tags(viewer: Person) -> frozenset[int]:
    """Return the tags of what `viewer` answered last; their own page alone tells them, so anonymous answers count."""
    if not viewer.is_authenticated:
        return frozenset()
    answers = Answer.objects.by(viewer).filter(status=PostStatus.PUBLISHED).newest_first()
    questions = answers.values("question_id")[:_LAST_ANSWERS]
    return frozenset(TaggedPost.objects.filter(content_object__in=questions).values_list("tag_id", flat=True))


def _names(tags: frozenset[int], viewer: Person) -> tuple[TagLink, ...]:
    if not tags:
        return ()
    used = Tag.objects.visible_to(viewer).filter(pk__in=tags).most_used_first()
    return tuple(tag_link(name, slug) for name, slug in used.values_list("name", "slug")[:_TAGS_SHOWN])


def _tabs(intent: str) -> tuple[Tab, ...]:
    wishes = {"": "All"} | {
        str(wish): str(wish.label) for wish in (Intent.LISTENING, Intent.ADVICE, Intent.INFORMATION)
    }
    return tuple(Tab(label, with_query(ADDRESS, intent=value), value == intent) for value, label in wishes.items())
