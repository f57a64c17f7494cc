"""Preferences: how a member wants to be told of things, and what others see of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from forum.choices import Rhythm


class PreferencesQuerySet(models.QuerySet["Preferences"]):
    """What members chose."""

    def hiding(self, part: str) -> "PreferencesQuerySet":
        """Only those of members who keep this part of their page from others."""
        # As text, which both engines search: SQLite knows no "contains" of JSON.
        return self.annotate(parts=Cast("hidden", models.TextField())).filter(parts__contains=f'"{part}"')


class Preferences(models.Model):
    """What one member chose; without a row everything is as it is here.

    Hours are those of the member's own clock (`User.time_zone`). `hidden` names the parts of their page that others do
    not see; what they did in sensitive topics is among them until they say otherwise. `muted_words` are kept one a
    line; with `mutes_lists` they, and people who are muted or blocked, leave lists of questions too. `shows_titles`
    lets the subject of an email name the question, which a locked screen shows. `welcomed_at` says that the first
    screens are behind them.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    digest_hour = models.PositiveSmallIntegerField(default=18)
    digested_at = models.DateTimeField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    shows_titles = models.BooleanField(default=False)
    takes_mentions = models.BooleanField(default=True)
    muted_words = models.TextField(blank=True, max_length=2000)
    mutes_lists = models.BooleanField(default=False)
    hidden = models.JSONField(default=list)
    shows_sensitive = models.BooleanField(default=False)
    welcomed_at = models.DateTimeField(null=True)

    objects = PreferencesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="preferences_hour_is_of_a_day"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="preferences_quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"Preferences {self.pk}"
