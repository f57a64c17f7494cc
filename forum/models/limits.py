"""LimitEntry: one act counted against a limit, where no Redis counts them."""

from django.db import models


class LimitEntry(models.Model):
    """One act under one limit, kept until its window has passed."""

    key = models.CharField(max_length=200)
    at = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "at"], name="limit_entry_by_key"),
            models.Index(fields=["at"], name="limit_entry_by_age"),
        ]

    def __str__(self) -> str:
        return self.key
