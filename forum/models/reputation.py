"""ReputationChange: the ledger of points."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.choices import ReputationReason


class ReputationChangeQuerySet(models.QuerySet["ReputationChange"]):
    """Lines of the ledger."""

    def of(self, member: User) -> "ReputationChangeQuerySet":
        """Only this member's lines, newest first."""
        return self.filter(member=member).order_by("-created_at", "-pk")

    def quiet(self) -> "ReputationChangeQuerySet":
        """Only lines of this month that would tell who wrote an anonymous post, or who has just voted."""
        telling = Q(post__is_anonymous=True) | Q(reason=ReputationReason.VOTE_CAST)
        return self.filter(telling, created_at__gte=_month_start())

    def public(self) -> "ReputationChangeQuerySet":
        """Only lines that count for others: all but the quiet ones."""
        return self.exclude(pk__in=self.quiet().values("pk"))


def _month_start() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class ReputationChange(models.Model):
    """One line: `member` got `points` because of `reason` (on `post`, or for votes cast on `day`).

    A line is never changed; a settlement appends the difference from what was paid so far.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reputation_changes")
    points = models.IntegerField()
    reason = models.CharField(max_length=20, choices=ReputationReason.choices)
    post = models.ForeignKey("forum.Post", on_delete=models.PROTECT, null=True, related_name="reputation_changes")
    day = models.DateField(null=True)
    created_at = models.DateTimeField(db_index=True)

    objects = ReputationChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(points=0), name="reputation_change_is_not_zero"),
            models.CheckConstraint(
                condition=(Q(reason=ReputationReason.VOTE_CAST) & Q(day__isnull=False))
                | (~Q(reason=ReputationReason.VOTE_CAST) & Q(day=None)),
                name="reputation_change_has_a_day_for_votes_cast",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="reputation_by_member"),
            models.Index(fields=["member", "reason", "post"], name="reputation_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} for member {self.member_id}: {self.get_reason_display()}"
