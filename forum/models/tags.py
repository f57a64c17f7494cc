"""Tag, its texts, its other names and what was done to it: what a question is about, in the words of those who ask."""

from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from taggit.models import ItemBase, TagBase

from forum.choices import SynonymState, TagChangeKind
from forum.limits import REASON_LENGTH, TAG_LENGTH
from forum.models.guests import Person


class TagQuerySet(models.QuerySet["Tag"]):
    """Tags, by use."""

    def standing(self) -> "TagQuerySet":
        """Only tags that can be used: neither deleted nor merged into another."""
        return self.filter(removed_at=None)

    def visible_to(self, viewer: Person) -> "TagQuerySet":
        """Only standing tags of a question that lists show `viewer` or that is theirs, and those that no question has.

        What is coined on a question out of sight is as unknown as that is; moderators see all. What an owner keeps for
        moderators, or gave a topic, stands by itself while no published question carries it.
        """
        standing = self.standing()
        if viewer.is_moderator:
            return standing
        carried = TaggedPost.objects.filter(tag=OuterRef("pk"))
        required, kept = self.model.required_in.through.objects, self.model.kept_for.through.objects
        chosen = Q(is_reserved=True) | Q(Exists(required.filter(tag=OuterRef("pk"))))
        chosen |= Q(Exists(kept.filter(tag=OuterRef("pk"))))
        shown = Q(question_count__gt=0) if viewer.is_authenticated else Q(public_count__gt=0)
        shown |= Q(~Exists(carried)) | (Q(question_count=0) & chosen)
        if viewer.pk is not None:
            author = "author" if viewer.is_authenticated else "guest"
            shown |= Q(Exists(carried.filter(**{f"content_object__{author}": viewer.pk})))
        return standing.filter(shown)

    def most_used_first(self) -> "TagQuerySet":
        """Order by how many questions carry them."""
        return self.order_by("-question_count", "name", "pk")


class Tag(TagBase):  # type: ignore[misc]  # taggit has no types
    """One word or two; `name` is lower case and hyphenated, and is also its slug.

    `excerpt` and `guide` are a wiki: each saving is a `TagRevision`. Moderators alone give a reserved tag. One that
    was deleted or merged keeps its row (`removed_at`), so that it can come back. `question_count` says how many
    published questions carry it, `public_count` how many of them guests may read.
    """

    excerpt = models.CharField(max_length=200, blank=True)
    guide = models.TextField(blank=True)
    guide_html = models.TextField(blank=True, editable=False)
    markup_version = models.PositiveSmallIntegerField(default=0, editable=False)
    revision_count = models.PositiveIntegerField(default=0, editable=False)
    is_reserved = models.BooleanField("for moderators alone", default=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    question_count = models.PositiveIntegerField(default=0, editable=False)
    public_count = models.PositiveIntegerField(default=0, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-question_count", "name"], name="tag_by_use"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Keep the name as it is: it is already fit for an address."""
        return tag if i is None else f"{tag}-{i}"

    def get_absolute_url(self) -> str:
        """Return the address of the tag's questions."""
        return f"/tag/{quote(self.slug)}/"


class TaggedPost(ItemBase):  # type: ignore[misc]  # taggit has no types
    """One question carries one tag."""

    content_object = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_on_each_question")]
        indexes = [models.Index(fields=["tag", "-content_object"], name="tagged_by_tag")]

    def __str__(self) -> str:
        return f"Tag {self.tag_id} on question {self.content_object_id}"


class TagRevision(models.Model):
    """The words about a tag as somebody saved them."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    excerpt = models.CharField(max_length=200, blank=True)
    guide = models.TextField(blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "number"], name="tag_revision_numbered_once")]

    def __str__(self) -> str:
        return f"Text {self.number} of tag {self.tag_id}"


class TagSynonymQuerySet(models.QuerySet["TagSynonym"]):
    """Other names of tags."""

    def approved(self) -> "TagSynonymQuerySet":
        """Only names that hold."""
        return self.filter(state=SynonymState.APPROVED)

    def asked(self) -> "TagSynonymQuerySet":
        """Only names that wait for somebody to decide, oldest first."""
        return self.filter(state=SynonymState.ASKED).order_by("pk")


class TagSynonym(models.Model):
    """Another name of a tag: asked for by a member, approved by a moderator, or left behind by a renaming or merging.

    Whoever types an approved one gets the tag.
    """

    name = models.CharField(max_length=TAG_LENGTH)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    state = models.CharField(max_length=8, choices=SynonymState.choices, default=SynonymState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    objects = TagSynonymQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(state__in=(SynonymState.ASKED, SynonymState.APPROVED)),
                name="tag_synonym_means_one_tag",
            ),
            models.CheckConstraint(
                condition=Q(state=SynonymState.ASKED, decided_at=None)
                | (~Q(state=SynonymState.ASKED) & Q(decided_at__isnull=False)),
                name="tag_synonym_decided_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="tag_synonym_by_state")]

    def __str__(self) -> str:
        return self.name


class TagChange(models.Model):
    """A tag was renamed, merged into `target` or deleted; open until it is taken back."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=7, choices=TagChangeKind.choices)
    target = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+")
    former_name = models.CharField(max_length=TAG_LENGTH)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=TagChangeKind.MERGED, target__isnull=False)
                | (~Q(kind=TagChangeKind.MERGED) & Q(target=None)),
                name="tag_change_target_is_a_mergings",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} tag {self.tag_id}"


class TagChangePost(models.Model):
    """A question that carried a tag when it was merged or deleted; `had_target`: it carried the other one too."""

    change = models.ForeignKey(TagChange, on_delete=models.CASCADE, related_name="posts")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="+")
    had_target = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "post"], name="tag_change_names_a_post_once")]

    def __str__(self) -> str:
        return f"Change {self.change_id} of question {self.post_id}"
