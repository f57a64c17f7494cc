"""Bookmark: who saved which post."""

from django.conf import settings
from django.db import models


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """Bookmarks, newest first."""

    def newest_first(self) -> "BookmarkQuerySet":
        """Order by when they were made."""
        return self.order_by("-pk")


class Bookmark(models.Model):
    """One member saved one post."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="bookmark_one_per_member_and_post")]
        indexes = [models.Index(fields=["member", "-id"], name="bookmark_by_member")]

    def __str__(self) -> str:
        return f"Bookmark {self.pk}"
