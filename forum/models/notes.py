"""ContentNote: a hard subject that a post may carry a note about."""

from django.db import models


class ContentNoteQuerySet(models.QuerySet["ContentNote"]):
    """Notes, as the owner ordered them."""

    def offered(self) -> "ContentNoteQuerySet":
        """Only those an author may pick, in their order."""
        return self.filter(is_offered=True).order_by("position", "name", "pk")


class ContentNote(models.Model):
    """One subject, such as drug use; a noted text opens with one tap."""

    name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=40, unique=True)
    reader_help = models.CharField("what to tell readers", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField("offered to authors", default=True)

    objects = ContentNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
