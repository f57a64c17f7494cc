"""Bookmark, Follow, MailFollow: who saved which post, and who wants to hear of what."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.choices import FollowMode


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """Bookmarks, newest first."""

    def newest_first(self) -> "BookmarkQuerySet":
        """Order by when they were made."""
        return self.order_by("-pk")


class Bookmark(models.Model):
    """One member saved one post, with a word on why, and a day to be reminded of it; both are for their eyes alone."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="bookmarks")
    note = models.CharField(max_length=200, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="bookmark_one_per_member_and_post")]
        indexes = [
            models.Index(fields=["member", "-id"], name="bookmark_by_member"),
            models.Index(
                fields=["remind_on", "id"], condition=Q(remind_on__isnull=False), name="bookmark_to_remind_of"
            ),
        ]

    def __str__(self) -> str:
        return f"Bookmark {self.pk}"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Follows, newest first."""

    def newest_first(self) -> "FollowQuerySet":
        """Order by when they were made."""
        return self.order_by("-pk")


class Follow(models.Model):
    """One member wants to hear of one thing: a question, a topic with everything below it, a tag, or a member.

    A muted one says that they want to hear nothing of it. Of a member only what stands under their name is told.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="followers")
    category = models.ForeignKey("forum.Category", on_delete=models.CASCADE, null=True, related_name="followers")
    tag = models.ForeignKey("forum.Tag", on_delete=models.CASCADE, null=True, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="followers")
    mode = models.CharField(max_length=7, choices=FollowMode.choices, default=FollowMode.DAILY)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "question"], name="follow_question_once"),
            models.UniqueConstraint(fields=["member", "category"], name="follow_category_once"),
            models.UniqueConstraint(fields=["member", "tag"], name="follow_tag_once"),
            models.UniqueConstraint(fields=["member", "person"], name="follow_person_once"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, category=None, tag=None, person=None)
                | Q(question=None, category__isnull=False, tag=None, person=None)
                | Q(question=None, category=None, tag__isnull=False, person=None)
                | Q(question=None, category=None, tag=None, person__isnull=False),
                name="follow_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(member=models.F("person")), name="follow_is_not_of_oneself"),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="follow_by_member")]

    def __str__(self) -> str:
        return f"Follow {self.pk}"


class MailFollow(models.Model):
    """Somebody without an account wants mails about one question; none but the first before they confirmed it.

    `token` is in the links of those mails: it says which row, and nothing of anybody. `created_at` is when it was
    begun, also again.
    """

    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="mail_followers")
    email = models.EmailField()
    token = models.UUIDField(default=uuid4, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("question", models.functions.Lower("email"), name="mail_follow_once_per_address")
        ]
        indexes = [
            models.Index(
                fields=["question"],
                condition=Q(confirmed_at__isnull=False, stopped_at=None),
                name="mail_follow_standing",
            )
        ]

    def __str__(self) -> str:
        return f"Follow by email {self.pk}"
