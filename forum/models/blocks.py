"""Block, Trace: who is kept out, and where acts came from, for a short while."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import BlockKind


class Block(models.Model):
    """Nobody writes, votes or signs up from here until a date; reading stays open to all."""

    kind = models.CharField(max_length=8, choices=BlockKind.choices)
    value = models.CharField(max_length=254)
    reason = models.CharField(max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(lifted_at=None), name="block_one_open_per_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Trace(models.Model):
    """Where an act came from. Read by administrators and the nightly look at votes; forgotten after 30 days."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="traces")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="traces")
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="traces")
    act = models.CharField(max_length=12)
    address = models.CharField(max_length=45)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["address", "act", "created_at"], name="trace_by_address"),
            models.Index(fields=["member", "-id"], name="trace_by_member"),
            models.Index(fields=["created_at"], name="trace_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"
