"""Let new members begin: what they want to hear of and how, and the guidelines they agree to."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.members import set_time_zone
from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MailChoice, Pace, Rhythm
from forum.effects.choices import Way, set_way, ways_for
from forum.limits import AT_ONCE, FOLLOW_MODE
from forum.models import Category, Follow, Person, Preferences

_RHYTHMS = {
    Pace.AT_ONCE: Rhythm.DAILY,
    Pace.DAILY: Rhythm.DAILY,
    Pace.WEEKLY: Rhythm.WEEKLY,
    Pace.ON_SITE: Rhythm.NEVER,
}


@atomic_with_retry
def follow_topics(member: Person, topics: Iterable[Category]) -> int:
    """Leave these topics among what `member` follows, and return how many are new there; none is taken away."""
    now = rules.current()
    new = 0
    for topic in topics:
        permissions.require(permissions.can_follow(member, topic, now))
        follow = {"member_id": member.pk, "category": topic}
        new += Follow.objects.get_or_create(**follow, defaults={"mode": FOLLOW_MODE})[1]
    return new


@atomic_with_retry
def choose_pace(member: Person, pace: Pace, *, time_zone: str = "") -> None:
    """Let `member` hear of things at this pace, by their own clock where it is known; the same again changes nothing.

    Only the site's own beginning is set: each kind can be chosen by itself in the settings.
    """
    permissions.require(permissions.can_choose(member, rules.current()))
    Preferences.objects.update_or_create(member_id=member.pk, defaults={"rhythm": _RHYTHMS[pace]})
    mail = {Pace.AT_ONCE: MailChoice.NOW, Pace.ON_SITE: MailChoice.NEVER}.get(pace, MailChoice.DIGEST)
    for kind in AT_ONCE:
        way = ways_for(kind, [member.pk])[member.pk]
        set_way(member.pk, kind, Way(way.on_site, mail))
    if time_zone:
        set_time_zone(member.pk, time_zone)


@atomic_with_retry
def accept_guidelines(member: Person) -> None:
    """Keep that `member` has read the guidelines as they are now."""
    permissions.require(permissions.can_choose(member, rules.current()))
    User.objects.filter(pk=member.pk).update(guidelines_seen_at=timezone.now())


@atomic_with_retry
def end_welcome(member: Person) -> None:
    """Never show `member` the first screens again; again changes nothing."""
    permissions.require(permissions.can_choose(member, rules.current()))
    preferences, _ = Preferences.objects.get_or_create(member_id=member.pk)
    Preferences.objects.filter(pk=preferences.pk, welcomed_at=None).update(welcomed_at=timezone.now())
