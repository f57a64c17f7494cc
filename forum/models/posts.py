"""Post: one table, three kinds; Question, Answer and Comment are its proxies."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from taggit.managers import TaggableManager

from forum.choices import Audience, Intent, MemberPart, PostKind, PostStatus
from forum.limits import TITLE_LENGTH
from forum.models.categories import Category
from forum.models.guests import Person
from forum.models.mentions import MemberBlock
from forum.models.preferences import Preferences
from forum.models.tags import TaggedPost

_PUBLISHED = PostStatus.PUBLISHED


def own_posts(viewer: Person) -> Q:
    """Return the condition that `viewer` wrote the post; nobody wrote nothing."""
    if viewer.is_authenticated:
        return Q(author=viewer)
    return Q(guest=viewer) if viewer.pk else Q(pk__in=[])


def found_by_name(people: Iterable[int]) -> Q:
    """Return the condition that a post may be found by the name of one of `people`, as they let others see them.

    Nothing anonymous, nothing of who keeps their posts from their page, and from sensitive topics only of who says so.
    """
    named = Q(author__in=people, is_anonymous=False)
    sensitive = Category.objects.sensitive().values("pk")
    in_sensitive = Q(category__in=sensitive) | Q(question__category__in=sensitive)
    open_about_it = Q(author__in=Preferences.objects.filter(shows_sensitive=True).values("member"))
    private = Q(author__in=Preferences.objects.hiding(MemberPart.POSTS).values("member"))
    return named & ~private & (open_about_it | ~in_sensitive)


def _public_to(viewer: Person) -> Q:
    public = (
        Q(status=_PUBLISHED)
        & (Q(question=None) | Q(question__status=_PUBLISHED))
        & (Q(parent=None) | Q(parent__status=_PUBLISHED))
    )
    if not viewer.is_authenticated:
        public &= ~Q(audience=Audience.MEMBERS) & (Q(question=None) | ~Q(question__audience=Audience.MEMBERS))
    return public


class PostQuerySet(models.QuerySet["Post"]):
    """Posts of any kind: filters and loaders that chain."""

    def visible_to(self, viewer: Person) -> Self:
        """Only posts `viewer` may read: published ones under published ones, and their own.

        Moderators read everything. This is the one rule of every surface (page, feed, search, mail).
        """
        if viewer.is_moderator:
            return self
        return self.filter(_public_to(viewer) | own_posts(viewer))

    def listed_to(self, viewer: Person) -> Self:
        """Only what lists and search show `viewer`: published under published ones, even for authors and moderators."""
        return self.filter(_public_to(viewer))

    def listed(self) -> Self:
        """Only posts that may stand on a member's public pages: nothing written anonymously."""
        return self.filter(is_anonymous=False)

    def unblocked_by(self, viewer: Person) -> Self:
        """Only posts without the name of somebody whom `viewer` has blocked.

        What is anonymous stays: a missing line would tell who wrote it.
        """
        if not viewer.is_authenticated:
            return self
        blocks = MemberBlock.objects.filter(member=viewer.pk, blocked=OuterRef("author"))
        return self.filter(Q(is_anonymous=True) | ~Exists(blocks))

    def by(self, author: Any) -> Self:
        """Only posts written by `author`."""
        return self.filter(author=author)

    def by_name_of(self, people: Iterable[int]) -> Self:
        """Only posts that others may find by the name of one of `people`."""
        return self.filter(found_by_name(people))

    def with_author(self) -> Self:
        """Load what a byline needs."""
        return self.select_related("author", "edited_by")

    def with_choice(self) -> Self:
        """Say of each answer whether a question has chosen it, as `is_chosen`; also one that is part of another now."""
        return self.annotate(is_chosen=Exists(Post.objects.filter(accepted_answer=OuterRef("pk"))))

    def newest_first(self) -> Self:
        """Order by when they were posted."""
        return self.order_by("-created_at", "-pk")

    def oldest_first(self) -> Self:
        """Order as a conversation reads."""
        return self.order_by("created_at", "pk")


class Post(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """A question, an answer or a comment, written by one member or one guest.

    `status` is cached from open removals, counts and scores from their rows, `is_being_checked` from flags,
    `needs_care` from urgent cases, locks, slow mode, pins and notices from measures, `body_html` and `excerpt` from
    `body`; actions and effects write them, nobody else. `text_version` counts every saving; `revision_count` the texts
    kept.
    """

    kind = models.CharField(max_length=8, choices=PostKind.choices)
    question = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="thread")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="followed_by")

    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    slug = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    markup_version = models.PositiveSmallIntegerField(default=0)
    revision_count = models.PositiveIntegerField(default=1)
    text_version = models.PositiveIntegerField(default=1)
    submission_id = models.UUIDField(null=True, unique=True)

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="posts")
    guest = models.ForeignKey("forum.Guest", on_delete=models.PROTECT, null=True, related_name="posts")
    guest_name = models.CharField(max_length=30, blank=True)
    is_anonymous = models.BooleanField(default=False)

    category = models.ForeignKey("forum.Category", on_delete=models.PROTECT, null=True, related_name="questions")
    notes = models.ManyToManyField("forum.ContentNote", related_name="posts")
    intent = models.CharField(max_length=11, choices=Intent.choices, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.EVERYONE)
    # At most one question chooses an answer (`post_answer_is_chosen_once`, which is its index, too). Not `unique`: on
    # PostgreSQL the column would be a key, and choosing would wait for all that writes of the question elsewhere.
    accepted_answer = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="accepted_for", db_index=False
    )
    accepted_at = models.DateTimeField(null=True)

    status = models.CharField(max_length=9, choices=PostStatus.choices, default=PostStatus.PUBLISHED)
    is_closed = models.BooleanField(default=False)
    is_being_checked = models.BooleanField(default=False)
    needs_care = models.BooleanField(default=False)
    locked_until = models.DateTimeField(null=True)
    is_protected = models.BooleanField(default=False)
    slow_minutes = models.PositiveSmallIntegerField(default=0)
    is_pinned = models.BooleanField(default=False)
    has_notice = models.BooleanField(default=False)
    up_count = models.PositiveIntegerField(default=0)
    down_count = models.PositiveIntegerField(default=0)
    score = models.IntegerField(default=0)
    hot = models.FloatField(default=0)
    answer_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    view_count = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PostQuerySet.as_manager()
    tags = TaggableManager(through="forum.TaggedPost", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PostKind.QUESTION, question=None, parent=None)
                # A comparison with NULL is neither true nor false, and a check refuses only what is false.
                | Q(kind=PostKind.ANSWER, question__isnull=False, parent__isnull=False, parent=F("question"))
                | Q(kind=PostKind.COMMENT, question__isnull=False, parent__isnull=False),
                name="post_kind_says_where_it_stands",
            ),
            models.CheckConstraint(
                condition=(Q(kind=PostKind.QUESTION) & ~Q(title="") & ~Q(slug=""))
                | (~Q(kind=PostKind.QUESTION) & Q(title="", slug="")),
                name="post_title_is_a_questions",
            ),
            models.CheckConstraint(
                condition=Q(kind=PostKind.QUESTION, category__isnull=False)
                | (
                    ~Q(kind=PostKind.QUESTION)
                    & Q(
                        category=None,
                        accepted_answer=None,
                        follows=None,
                        intent="",
                        is_closed=False,
                        audience=Audience.EVERYONE,
                    )
                ),
                name="post_category_and_acceptance_are_a_questions",
            ),
            models.CheckConstraint(
                condition=Q(kind=PostKind.QUESTION) | ~Q(body=""),
                name="post_body_empty_only_under_a_title",
            ),
            models.CheckConstraint(
                condition=Q(author=None, guest__isnull=False) | Q(author__isnull=False, guest=None, guest_name=""),
                name="post_has_one_author",
            ),
            models.CheckConstraint(
                condition=Q(accepted_answer=None, accepted_at=None)
                | Q(accepted_answer__isnull=False, accepted_at__isnull=False),
                name="post_acceptance_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["accepted_answer"],
                condition=Q(accepted_answer__isnull=False),
                name="post_answer_is_chosen_once",
            ),
            models.CheckConstraint(
                condition=Q(score=F("up_count") - F("down_count")),
                name="post_score_is_ups_less_downs",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "status", "-created_at", "-id"], name="post_newest"),
            models.Index(fields=["kind", "status", "-last_activity_at", "-id"], name="post_active"),
            models.Index(fields=["kind", "status", "-score", "-id"], name="post_most_voted"),
            models.Index(fields=["kind", "status", "-hot", "-id"], name="post_hot"),
            models.Index(fields=["kind", "status", "-answer_count", "-id"], name="post_most_answered"),
            models.Index(fields=["kind", "status", "-view_count", "-id"], name="post_most_viewed"),
            models.Index(fields=["kind", "status", "answer_count", "-created_at", "-id"], name="post_unanswered"),
            models.Index(fields=["category", "status", "-created_at", "-id"], name="post_in_category"),
            models.Index(fields=["author", "kind", "-created_at", "-id"], name="post_by_author"),
            models.Index(fields=["author", "-created_at", "-id"], name="post_by_author_of_any_kind"),
            models.Index(fields=["guest", "kind", "-id"], name="post_by_guest"),
            models.Index(fields=["parent", "kind", "created_at"], name="post_under_parent"),
            models.Index(fields=["question", "kind", "-score", "-id"], name="post_in_thread"),
            # As many columns as the other lists' indexes, or SQLite walks one of theirs: 110 ms for 100,000 questions.
            models.Index(
                fields=["kind", "status", "-created_at", "-id"], condition=Q(is_pinned=True), name="post_pinned"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the question, or of the post's place below it."""
        if self.kind == PostKind.QUESTION:
            return f"/{self.pk}/{self.slug}/"
        return f"/{self.pk}/"

    @property
    def anchor(self) -> str:
        """The id of the post's element on its question's page: `a12`, `c34`, or `q5`."""
        return f"{self.kind[0]}{self.pk}"

    @property
    def is_question(self) -> bool:
        """Whether this post asks."""
        return self.kind == PostKind.QUESTION

    @property
    def is_answer(self) -> bool:
        """Whether this post answers."""
        return self.kind == PostKind.ANSWER

    @property
    def is_comment(self) -> bool:
        """Whether this post comments."""
        return self.kind == PostKind.COMMENT

    @property
    def is_published(self) -> bool:
        """Whether others see this post."""
        return self.status == PostStatus.PUBLISHED

    @property
    def is_locked(self) -> bool:
        """Whether a moderator's lock holds on this very post just now."""
        return self.locked_until is not None and self.locked_until > timezone.now()

    @property
    def parent_or_self(self) -> "Post":
        """The post whose element carries this one's comments."""
        return self.parent if self.is_comment and self.parent else self


class QuestionQuerySet(PostQuerySet):
    """Questions: the filters of lists."""

    def visible_to(self, viewer: Person) -> Self:
        """As `PostQuerySet.visible_to`, by the question's own columns alone, so that lists stay cheap."""
        if viewer.is_moderator:
            return self
        public = Q(status=_PUBLISHED)
        if not viewer.is_authenticated:
            public &= ~Q(audience=Audience.MEMBERS)
        return self.filter(public | own_posts(viewer))

    def listed_to(self, viewer: Person) -> Self:
        """Only what lists show `viewer`: published questions, even to authors and moderators."""
        published = self.filter(status=_PUBLISHED)
        if viewer.is_authenticated:
            return published
        return published.exclude(audience=Audience.MEMBERS)

    def indexed(self) -> Self:
        """Only questions that search engines may show: everybody may read them, and find them."""
        return self.filter(status=_PUBLISHED, audience=Audience.EVERYONE)

    def unanswered(self) -> Self:
        """Only open questions nobody has answered."""
        return self.filter(answer_count=0, is_closed=False)

    def without_best_answer(self) -> Self:
        """Only open questions whose author has not chosen a best answer."""
        # By its time, which a constraint ties to it: by the key itself SQLite would walk every post that chose none.
        return self.filter(accepted_at=None, is_closed=False)

    def without_liked_answer(self) -> Self:
        """Only open questions none of whose answers has been voted up more than down."""
        liked = Post.objects.filter(question=OuterRef("pk"), kind=PostKind.ANSWER, score__gt=0, status=_PUBLISHED)
        return self.filter(~Exists(liked), is_closed=False)

    def without_notes(self) -> Self:
        """Only questions whose author put no content note on them."""
        return self.filter(~Exists(Post.notes.through.objects.filter(post=OuterRef("pk"))))

    def about(
        self,
        *,
        categories: Iterable[int] = (),
        tags: Iterable[int] = (),
        questions: Iterable[int] = (),
        people: Iterable[int] = (),
    ) -> Self:
        """Only questions in one of these topics, with one of these tags, by these people under their name, or these."""
        tagged = TaggedPost.objects.filter(content_object=OuterRef("pk"), tag__in=tags)
        named = Q(author__in=people, is_anonymous=False)
        return self.filter(Q(category__in=categories) | Q(Exists(tagged)) | Q(pk__in=questions) | named)

    def tagged(self, tag: Any) -> Self:
        """Only questions that carry `tag`."""
        return self.filter(tagged__tag=tag)


class QuestionManager(models.Manager.from_queryset(QuestionQuerySet)):  # type: ignore[misc]
    """Finds questions only."""

    def get_queryset(self) -> QuestionQuerySet:
        """Return all questions."""
        return QuestionQuerySet(self.model, using=self._db).filter(kind=PostKind.QUESTION)


class AnswerManager(models.Manager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    """Finds answers only."""

    def get_queryset(self) -> PostQuerySet:
        """Return all answers."""
        return PostQuerySet(self.model, using=self._db).filter(kind=PostKind.ANSWER)


class CommentManager(models.Manager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    """Finds comments only."""

    def get_queryset(self) -> PostQuerySet:
        """Return all comments."""
        return PostQuerySet(self.model, using=self._db).filter(kind=PostKind.COMMENT)


class Question(Post):  # type: ignore[django-manager-missing]
    """A post that asks."""

    objects: ClassVar[QuestionManager] = QuestionManager()

    class Meta:
        proxy = True


class Answer(Post):  # type: ignore[django-manager-missing]
    """A post that answers a question."""

    objects: ClassVar[AnswerManager] = AnswerManager()

    class Meta:
        proxy = True


class Comment(Post):  # type: ignore[django-manager-missing]
    """A post that says something about a question or an answer."""

    objects: ClassVar[CommentManager] = CommentManager()

    class Meta:
        proxy = True
