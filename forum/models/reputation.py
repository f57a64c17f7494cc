"""ReputationChange, PointsPublication: the ledger of points, and since when its quiet lines count for others."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from django.utils import timezone

from accounts.models import User
from forum.choices import ReputationReason


class ReputationChangeQuerySet(models.QuerySet["ReputationChange"]):
    """Lines of the ledger."""

    def of(self, member: User) -> "ReputationChangeQuerySet":
        """Only this member's lines, newest first."""
        return self.filter(member=member).order_by("-created_at", "-pk")

    def public(self) -> "ReputationChangeQuerySet":
        """Only lines that count for others: the open ones, and the quiet ones that were published."""
        return self.filter(Q(is_quiet=False) | Q(created_at__lt=PointsPublication.objects.boundary()))

    def listed(self) -> "ReputationChangeQuerySet":
        """Only lines that others may read one by one, with what they show: none that leads to an anonymous author.

        A line written openly stays out as well while the name on its post is hidden: among its neighbours, which
        follow the order of posts, its place alone would name the post.
        """
        shown = self.filter(is_quiet=False).exclude(post__is_anonymous=True).exclude(points=-F("points_for_show"))
        return shown.annotate(shown_points=F("points") + F("points_for_show"))


class ReputationChange(models.Model):
    """One line: `member` got `points` because of `reason` (on `post`, or for votes cast on `day`).

    A line is never changed; a settlement appends the difference from what was paid so far. A quiet line would tell
    who wrote an anonymous post or who has just voted, so it counts for others only once it was published. Whether a
    line is quiet is decided when it is written, and stays.

    `points_for_show` are seen by others beside `points` and are not the member's: without them a total would tell
    that the anonymous asker chose an answer of their own.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reputation_changes")
    points = models.IntegerField()
    points_for_show = models.IntegerField(default=0)
    is_quiet = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, choices=ReputationReason.choices)
    post = models.ForeignKey("forum.Post", on_delete=models.PROTECT, null=True, related_name="reputation_changes")
    day = models.DateField(null=True)
    created_at = models.DateTimeField(db_index=True)

    objects = ReputationChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(points=0) | ~Q(points_for_show=0), name="reputation_change_is_not_zero"
            ),
            models.CheckConstraint(
                condition=(Q(reason=ReputationReason.VOTE_CAST) & Q(day__isnull=False))
                | (~Q(reason=ReputationReason.VOTE_CAST) & Q(day=None)),
                name="reputation_change_has_a_day_for_votes_cast",
            ),
            models.CheckConstraint(
                condition=~Q(reason=ReputationReason.VOTE_CAST) | Q(is_quiet=True),
                name="reputation_change_is_quiet_for_votes_cast",
            ),
            models.CheckConstraint(
                condition=Q(points_for_show=0)
                | Q(reason__in=[ReputationReason.ANSWER_ACCEPTED, ReputationReason.EDIT_APPROVED]),
                name="reputation_change_for_show_is_about_own_posts",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="reputation_by_member"),
            models.Index(fields=["member", "reason", "post"], name="reputation_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} for member {self.member_id}: {self.get_reason_display()}"


class PointsPublicationQuerySet(models.QuerySet["PointsPublication"]):
    """Publications."""

    def boundary(self) -> Subquery:
        """Return the latest boundary, for a condition of another query; nothing is before it while there is none."""
        return Subquery(self.order_by("-boundary").values("boundary")[:1])


class PointsPublication(models.Model):
    """The moment at which all quiet lines from before `boundary` began to count for others, everybody's at once."""

    boundary = models.DateTimeField(unique=True)
    published_at = models.DateTimeField(default=timezone.now)

    objects = PointsPublicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.boundary:%-d %B %Y}"
