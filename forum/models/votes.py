"""Vote: one per voter and post."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.choices import Direction


class Vote(models.Model):
    """One member's opinion of one post. `created_at` is when they first gave it."""

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes")
    direction = models.SmallIntegerField(choices=Direction.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voter", "post"], name="vote_one_per_voter_and_post"),
            models.CheckConstraint(
                condition=Q(direction__in=[Direction.UP, Direction.DOWN]),
                name="vote_is_up_or_down",
            ),
        ]
        indexes = [models.Index(fields=["voter", "created_at"], name="vote_by_voter_and_time")]

    def __str__(self) -> str:
        return f"Vote on post {self.post_id}"
