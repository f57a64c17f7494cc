"""Revision: each saved text of a post."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Revision(models.Model):
    """A post as somebody saved it; number 1 is the post as first written. A hidden one only administrators read.

    `version` is the post's `text_version` when this text was saved last (0 before versions were counted).
    """

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=0)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey("forum.Guest", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField(blank=True)
    tag_names = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_unique_in_post")]

    def __str__(self) -> str:
        return f"Revision {self.number} of post {self.post_id}"
