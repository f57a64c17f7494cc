"""Tag, TaggedPost: what a question is about, in the words of those who ask."""

from urllib.parse import quote

from django.db import models
from taggit.models import ItemBase, TagBase


class TagQuerySet(models.QuerySet["Tag"]):
    """Tags, by use."""

    def most_used_first(self) -> "TagQuerySet":
        """Order by how many questions carry them."""
        return self.order_by("-question_count", "name", "pk")


class Tag(TagBase):  # type: ignore[misc]  # taggit has no types
    """One word or two; `name` is lower case and hyphenated, and is also its slug."""

    excerpt = models.CharField(max_length=200, blank=True)
    question_count = models.PositiveIntegerField(default=0, editable=False)

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
