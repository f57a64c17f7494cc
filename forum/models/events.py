"""Event: the append-only log of every action."""

from django.conf import settings
from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    """Events, newest first."""

    def newest_first(self) -> "EventQuerySet":
        """Order by when they happened."""
        return self.order_by("-pk")


class Event(models.Model):
    """One thing that happened: who did what to which post or member, and why."""

    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="acts")
    guest = models.ForeignKey("forum.Guest", on_delete=models.PROTECT, null=True, related_name="acts")
    post = models.ForeignKey("forum.Post", on_delete=models.PROTECT, null=True, related_name="events")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events")
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["post", "-id"], name="event_by_post"),
            models.Index(fields=["actor", "-id"], name="event_by_actor"),
            models.Index(fields=["member", "-id"], name="event_by_member"),
            models.Index(fields=["verb", "-id"], name="event_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"
