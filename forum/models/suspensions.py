"""Suspension, Reversal, AccountMerge: what was done to an account, and can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import Ability, ReversalKind


class Suspension(models.Model):
    """A member may do without one ability, or only read, until a date; lifted when that was taken back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suspensions")
    ability = models.CharField(max_length=10, choices=Ability.choices, default=Ability.EVERYTHING)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    until = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "ability"],
                condition=Q(lifted_at=None),
                name="suspension_one_open_per_member_and_ability",
            )
        ]

    def __str__(self) -> str:
        return f"Suspension of member {self.member_id}"


class Reversal(models.Model):
    """Many things were taken back at once: posts, votes and reports of one account, or votes that belong together.

    `actor` is None where the nightly look at votes did it. `data` holds the ids of posts and flags, and the votes
    themselves, so that lifting it puts all of them back. `why` says what was seen.
    """

    kind = models.CharField(max_length=8, choices=ReversalKind.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="reversals")
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="reversals")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="reversal_by_member")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class AccountMerge(models.Model):
    """`source` was the same person as `target`; `data` says which rows moved, so that they can move back."""

    source = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(lifted_at=None), name="account_merge_one_open_per_source"
            ),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="account_merge_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"Member {self.source_id} merged into {self.target_id}"
