"""Conversation, Message, MemberNote, Reply: what moderators and members say to each other, and of each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import MessageKind


class Conversation(models.Model):
    """A member and the moderators, about a post or in general.

    Where the post is anonymous, moderators see its alias and never the member.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="conversations")
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    awaits_team = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="conversation_one_per_member_and_post"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(post=None), name="conversation_one_in_general_per_member"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-last_message_at"], name="conversation_by_member"),
            models.Index(fields=["-last_message_at", "-id"], name="conversation_latest"),
            models.Index(
                fields=["-last_message_at", "-id"], condition=Q(awaits_team=True), name="conversation_awaiting"
            ),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.pk}"


class Message(models.Model):
    """One message; `author` is the moderator who wrote it, or None when the member did.

    A warning stays on top of each page, and keeps the member from writing, until they say that they have read it.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices, default=MessageKind.MESSAGE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_from_team = models.BooleanField()
    text = models.TextField(max_length=3000)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "id"], name="message_in_conversation")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MemberNote(models.Model):
    """What moderators should know of a member, for their eyes alone; lifted when it no longer holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes_about")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="member_note_by_member")]

    def __str__(self) -> str:
        return f"Note about member {self.member_id}"


class Reply(models.Model):
    """A kind message from the library, to send as it is or to change first."""

    key = models.SlugField(max_length=32, primary_key=True)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=2000)
    kind = models.CharField(max_length=10, choices=MessageKind.choices, default=MessageKind.NOTICE)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.title
