"""Chore: what the site does by the clock, when it was last done and when it is due again."""

from django.db import models


class Chore(models.Model):
    """One thing that is done by the clock. Whoever holds its row plans it; it never runs twice at once.

    `leased_until` is set while it runs; whoever was killed in the middle loses it then. `error` is the last one, empty
    after a run that succeeded.
    """

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="chore_due")]

    def __str__(self) -> str:
        return self.name
