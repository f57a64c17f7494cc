"""Bookmark, Follow: who saved which post, and who wants to hear of what."""

from django.conf import settings
from django.db import models
from django.db.models import Q


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


class FollowQuerySet(models.QuerySet["Follow"]):
    """Follows, newest first."""

    def newest_first(self) -> "FollowQuerySet":
        """Order by when they were made."""
        return self.order_by("-pk")


class Follow(models.Model):
    """One member wants to hear of one thing: a question, a topic with everything below it, or a tag."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="followers")
    category = models.ForeignKey("forum.Category", on_delete=models.CASCADE, null=True, related_name="followers")
    tag = models.ForeignKey("forum.Tag", on_delete=models.CASCADE, null=True, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "question"], name="follow_question_once"),
            models.UniqueConstraint(fields=["member", "category"], name="follow_category_once"),
            models.UniqueConstraint(fields=["member", "tag"], name="follow_tag_once"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, category=None, tag=None)
                | Q(question=None, category__isnull=False, tag=None)
                | Q(question=None, category=None, tag__isnull=False),
                name="follow_is_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="follow_by_member")]

    def __str__(self) -> str:
        return f"Follow {self.pk}"
