"""Removal, Closure, CloseVote: what takes a post out of sight, or a question out of the open."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.choices import RemovalKind


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


class CloseReason(models.Model):
    """Why a question may be closed, in words an owner edits; `sentence` is what readers of the question see."""

    key = models.SlugField(max_length=16, primary_key=True)
    label = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)
    advice = models.CharField(max_length=300, blank=True, help_text="What the author can change, in a sentence.")
    names_duplicate = models.BooleanField("needs the question it repeats", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.label


class Closure(models.Model):
    """A question takes no more answers; lifted when it was reopened. Nobody closed what members' votes closed."""

    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="closures")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.ForeignKey(CloseReason, on_delete=models.PROTECT, db_column="reason", related_name="+")
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
        return f"{self.reason_id}: question {self.question_id}"


class CloseVote(models.Model):
    """One member would close `question`, or open it again; spent when enough of them agreed."""

    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="close_votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reopens = models.BooleanField(default=False)
    reason = models.ForeignKey(CloseReason, on_delete=models.PROTECT, null=True, related_name="+")
    duplicate_of = models.ForeignKey("forum.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "voter"], condition=Q(spent_at=None), name="close_vote_one_open_per_voter"
            )
        ]

    def __str__(self) -> str:
        return f"{'Reopen' if self.reopens else 'Close'}: question {self.question_id}"
