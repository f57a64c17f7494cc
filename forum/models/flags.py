"""Flag, FlagReason: what members report, in words an owner edits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forum.choices import FlagState, Urgency


class FlagReason(models.Model):
    """What may be wrong with a post or a member, in the words of who reports it."""

    key = models.SlugField(max_length=16, primary_key=True)
    label = models.CharField(max_length=60)
    hint = models.CharField(max_length=120, blank=True)
    icon = models.CharField(max_length=24, default="flag")
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.LOW)
    is_care = models.BooleanField(
        "someone may be in danger", default=False, help_text="Goes to the top of the queue, and never folds a post."
    )
    is_hard = models.BooleanField("hard to read", default=False, help_text="Moderators open such a post with a tap.")
    needs_text = models.BooleanField("asks for words", default=False)
    for_posts = models.BooleanField(default=True)
    for_members = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.label


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, most urgent first."""

    def open(self) -> "FlagQuerySet":
        """Only those nobody has decided."""
        return self.filter(state=FlagState.OPEN)

    def most_urgent_first(self) -> "FlagQuerySet":
        """People in danger first, then the oldest."""
        return self.select_related("reason").order_by(F("reason__urgency").asc(), "pk")


class Flag(models.Model):
    """One member reported one post or one member, once while it is open.

    `weight` is in hundredths of an ordinary reporter, and says how often they were right before.
    """

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, null=True, related_name="flags")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="flags_on")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flags")
    reason = models.ForeignKey(FlagReason, on_delete=models.PROTECT, db_column="reason", related_name="+")
    weight = models.PositiveSmallIntegerField(default=100)
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
            ),
            models.UniqueConstraint(
                fields=["member", "reporter"],
                condition=Q(state=FlagState.OPEN),
                name="flag_one_open_per_reporter_and_member",
            ),
            models.CheckConstraint(
                condition=Q(post=None, member__isnull=False) | Q(post__isnull=False, member=None),
                name="flag_is_on_a_post_or_a_member",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="flag_by_state")]

    def __str__(self) -> str:
        about = f"post {self.post_id}" if self.post_id else f"member {self.member_id}"
        return f"{self.reason_id}: {about}"
