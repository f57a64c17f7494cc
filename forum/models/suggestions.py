"""Suggestion: an edit that waits for its post's author, or for somebody with the privilege."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.choices import SuggestionState


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, by what became of them."""

    def open(self) -> "SuggestionQuerySet":
        """Only those nobody has decided."""
        return self.filter(state=SuggestionState.OPEN)

    def approved(self) -> "SuggestionQuerySet":
        """Only those that became part of their post."""
        return self.filter(state=SuggestionState.APPROVED)


class Suggestion(models.Model):
    """A text somebody below the privilege would give a post, made from its text `base_version`."""

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="suggestions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="suggestions"
    )
    guest = models.ForeignKey("forum.Guest", on_delete=models.CASCADE, null=True, related_name="suggestions")
    base_version = models.PositiveIntegerField()
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField(blank=True)
    tag_names = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=500, blank=True)
    revision = models.ForeignKey("forum.Revision", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member"],
                condition=Q(state=SuggestionState.OPEN),
                name="suggestion_one_open_per_member_and_post",
            ),
            models.UniqueConstraint(
                fields=["post", "guest"],
                condition=Q(state=SuggestionState.OPEN),
                name="suggestion_one_open_per_guest_and_post",
            ),
            models.CheckConstraint(
                condition=Q(member=None, guest__isnull=False) | Q(member__isnull=False, guest=None),
                name="suggestion_has_one_author",
            ),
        ]
        indexes = [models.Index(fields=["member", "state"], name="suggestion_by_member")]

    def __str__(self) -> str:
        return f"Suggested edit {self.pk} of post {self.post_id}"
