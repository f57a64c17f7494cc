"""Mail: the queue of everything that leaves by mail, and what became of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import MailKind, MailState


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails."""

    def queued(self) -> "MailQuerySet":
        """Only those that wait to leave."""
        return self.filter(state=MailState.QUEUED)

    def dead(self) -> "MailQuerySet":
        """Only those that were given up."""
        return self.filter(state=MailState.DEAD)


class Mail(models.Model):
    """One mail to one address. `key` makes it one, whatever runs twice; `token` is all that its links and headers tell.

    A mail about something is written when it leaves, from its notifications or its event, so that nothing leaves that
    was taken down meanwhile. A mail about an account comes with its words (`content`: subject, text, html), which are
    emptied once it has left. `leased_until` is set while somebody sends it.
    """

    key = models.CharField(max_length=100, unique=True)
    token = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    state = models.CharField(max_length=7, choices=MailState.choices, default=MailState.QUEUED)
    address = models.EmailField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="mails")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="mails")
    mail_follow = models.ForeignKey("forum.MailFollow", on_delete=models.CASCADE, null=True, related_name="mails")
    event = models.ForeignKey("forum.Event", on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.JSONField(default=dict, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False) | ~Q(state=MailState.SENT),
                name="mail_sent_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=MailState.QUEUED), name="mail_queued"),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
            models.Index(fields=["member", "-id"], name="mail_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
