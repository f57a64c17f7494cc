"""Bundle, Notification, NotificationChoice: who is told of what, as lines of an inbox, by which way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from forum.choices import MailChannel, MailChoice, NotificationKind


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Lines of inboxes."""

    def of(self, member: User) -> "BundleQuerySet":
        """Only those that stand in the inbox of `member`."""
        return self.filter(recipient=member, count__gt=0)

    def unread(self) -> "BundleQuerySet":
        """Only those their reader has not seen."""
        return self.filter(read_at=None, count__gt=0)


class Bundle(models.Model):
    """One line of an inbox: what somebody was told of one kind about one thing, until they read it.

    `subject` names the thing (`post:12`, `conversation:3`, `points:500`). `count`, `latest_event` and `latest_at` are
    cached from its standing notifications by `effects/notifications.py`; a line without any is not shown.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bundles")
    kind = models.CharField(max_length=12, choices=NotificationKind.choices)
    subject = models.CharField(max_length=40)
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="bundles")
    count = models.PositiveIntegerField(default=0)
    latest_event = models.ForeignKey("forum.Event", on_delete=models.PROTECT, null=True, related_name="+")
    latest_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "subject"],
                condition=Q(read_at=None),
                name="bundle_one_unread_per_kind_and_subject",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-latest_at", "-id"], condition=Q(count__gt=0), name="bundle_in_inbox"),
            models.Index(
                fields=["recipient", "-latest_at", "-id"],
                condition=Q(count__gt=0, read_at=None),
                name="bundle_unread",
            ),
            models.Index(
                fields=["recipient", "kind", "-latest_at", "-id"], condition=Q(count__gt=0), name="bundle_by_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """What people were told."""

    def standing(self) -> "NotificationQuerySet":
        """Only those whose cause is still there to be read."""
        return self.filter(withdrawn_at=None)

    def waiting_for(self, channel: str) -> "NotificationQuerySet":
        """Only those that should leave by this way and have not."""
        return self.standing().filter(mail_channel=channel, mail=None)


class Notification(models.Model):
    """One member is told of one event, once, whatever runs twice; withdrawn while its cause cannot be read.

    Without a bundle it is not in the inbox: its recipient wants that kind by mail alone. `post` is where it leads to.
    """

    event = models.ForeignKey("forum.Event", on_delete=models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, null=True, related_name="notifications")
    kind = models.CharField(max_length=12, choices=NotificationKind.choices)
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="notifications")
    mail_channel = models.CharField(max_length=6, choices=MailChannel.choices, default=MailChannel.NONE, blank=True)
    mail = models.ForeignKey("forum.Mail", on_delete=models.SET_NULL, null=True, related_name="notifications")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="notification_one_per_event_and_recipient")
        ]
        indexes = [
            models.Index(
                fields=["recipient", "mail_channel", "id"],
                condition=Q(mail=None, withdrawn_at=None) & ~Q(mail_channel=MailChannel.NONE),
                name="notification_to_be_mailed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class NotificationChoice(models.Model):
    """What one member chose for one kind, where it is not what everybody begins with."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=12, choices=NotificationKind.choices)
    on_site = models.BooleanField(default=True)
    mail = models.CharField(max_length=6, choices=MailChoice.choices, default=MailChoice.DIGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="notification_choice_one_per_member_and_kind")
        ]

    def __str__(self) -> str:
        return f"Choice {self.pk}"
