"""Measure, Merge: what a moderator laid on a post for a time; which question became part of another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import MeasureKind


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures, by whether they hold."""

    def open(self) -> "MeasureQuerySet":
        """Only those that were not lifted; one whose time has passed is open and without effect."""
        return self.filter(lifted_at=None)


class Measure(models.Model):
    """A lock, protection, slow mode, pin or notice on a post, by whom and why; lifted when it was taken away.

    `until` ends it by itself, `minutes` is the pause of slow mode, `text` what a notice says.
    """

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    text = models.CharField(max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"], condition=Q(lifted_at=None), name="measure_one_open_per_post_and_kind"
            ),
            models.CheckConstraint(
                condition=(Q(kind=MeasureKind.SLOW_MODE, minutes__gt=0) | ~Q(kind=MeasureKind.SLOW_MODE))
                & (~Q(kind=MeasureKind.NOTICE) | ~Q(text="")),
                name="measure_says_what_it_needs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: post {self.post_id}"


class Merge(models.Model):
    """`source` was asked before, as `target`: its answers moved there; lifted when they moved back."""

    source = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="merges")
    target = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="merged_into_it")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    answer_ids = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=Q(lifted_at=None), name="merge_one_open_per_question"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="merge_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"Question {self.source_id} merged into {self.target_id}"
