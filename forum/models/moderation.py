"""Removal, Closure, Flag, Suspension: what moderators and reporters did, as rows with who, when and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.choices import CloseReason, FlagReason, FlagState, RemovalKind


class RemovalQuerySet(models.QuerySet["Removal"]):
    """Removals, by whether they hold."""

    def open(self) -> "RemovalQuerySet":
        """Only those that still hold."""
        return self.filter(lifted_at=None)


class Removal(models.Model):
    """A post was taken out of public sight, by whom and why; lifted when it came back."""

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="removals")
    kind = models.CharField(max_length=10, choices=RemovalKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RemovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"],
                condition=Q(lifted_at=None),
                name="removal_one_open_per_post_and_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: post {self.post_id}"


class Closure(models.Model):
    """A question takes no more answers; lifted when it was reopened."""

    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="closures")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=CloseReason.choices)
    note = models.CharField(max_length=500, blank=True)
    duplicate_of = models.ForeignKey(
        "forum.Post", on_delete=models.SET_NULL, null=True, related_name="duplicate_closures"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(lifted_at=None),
                name="closure_one_open_per_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: question {self.question_id}"


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, most urgent first."""

    def open(self) -> "FlagQuerySet":
        """Only those nobody has decided."""
        return self.filter(state=FlagState.OPEN)

    def most_urgent_first(self) -> "FlagQuerySet":
        """People in danger first, then the oldest."""
        urgency = models.Case(
            models.When(reason=FlagReason.DANGER, then=0),
            models.When(reason=FlagReason.HARMFUL_ADVICE, then=1),
            models.When(reason=FlagReason.PRIVATE_DETAILS, then=2),
            default=3,
        )
        return self.order_by(urgency, "pk")


class Flag(models.Model):
    """One member reported one post, once while it is open."""

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=16, choices=FlagReason.choices)
    text = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=FlagState.choices, default=FlagState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=500, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(state=FlagState.OPEN),
                name="flag_one_open_per_reporter_and_post",
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="flag_by_state")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: post {self.post_id}"


class Suspension(models.Model):
    """A member may only read until a date; lifted when that was taken back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suspensions")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    until = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(lifted_at=None), name="suspension_one_open_per_member"
            )
        ]

    def __str__(self) -> str:
        return f"Suspension of member {self.member_id}"
