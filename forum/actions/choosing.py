"""Choose how one is told: by which way of each kind of thing, how often in a summary, at which hours not."""

from collections.abc import Mapping
from datetime import time

from django.core.exceptions import ValidationError

from accounts.members import set_time_zone
from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import MailChoice, NotificationKind, Rhythm
from forum.effects.choices import FOLLOWED_KINDS, Way, set_way
from forum.effects.clocks import is_zone
from forum.models import NotificationChoice, Preferences


@atomic_with_retry
def choose_notifications(member: User, choices: Mapping[NotificationKind, tuple[bool, MailChoice]]) -> None:
    """Tell `member` of each of these kinds on the site or not, and by this mail; what is not named stays as it was."""
    for kind, (on_site, mail) in choices.items():
        if kind in FOLLOWED_KINDS:
            raise ValidationError("Notifications for what you follow are set for each thing you follow.")
        set_way(member.pk, kind, Way(on_site, mail))


@atomic_with_retry
def reset_notifications(member: User) -> None:
    """Tell `member` of everything as everybody who has not chosen."""
    NotificationChoice.objects.filter(member=member).delete()


@atomic_with_retry
def choose_rhythm(
    member: User,
    *,
    rhythm: Rhythm,
    digest_hour: int,
    time_zone: str,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    shows_titles: bool = False,
) -> None:
    """Send `member` summaries at this hour of their own clock, and no mails about what happens in the quiet hours."""
    if (quiet_from is None) != (quiet_until is None):
        raise ValidationError({"quiet_until": "Quiet hours need a start and an end."})
    if time_zone and not is_zone(time_zone):
        raise ValidationError({"time_zone": "We don’t know this time zone. Please choose one from the list."})
    set_time_zone(member.pk, time_zone)
    Preferences.objects.update_or_create(
        member=member,
        defaults={
            "rhythm": Rhythm(rhythm),
            "digest_hour": digest_hour,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "shows_titles": shows_titles,
        },
    )
