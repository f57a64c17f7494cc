"""By which ways members want to be told of each kind of thing."""

from collections.abc import Collection
from dataclasses import dataclass

from forum.choices import MailChoice, NotificationKind
from forum.limits import DEFAULT_CHOICES
from forum.models import NotificationChoice

# What one follows is told as each follow says, not by its kind.
FOLLOWED_KINDS = frozenset({NotificationKind.NEW_ANSWER, NotificationKind.NEW_QUESTION})


@dataclass(frozen=True)
class Way:
    """How one member is told of one kind of thing."""

    on_site: bool
    mail: MailChoice


def ways_for(kind: NotificationKind, member_ids: Collection[int]) -> dict[int, Way]:
    """Return for each of these members how they are told of `kind`, with one query."""
    chosen = NotificationChoice.objects.filter(kind=kind, member__in=member_ids)
    ways = dict.fromkeys(member_ids, default_way(kind))
    for member_id, on_site, mail in chosen.values_list("member_id", "on_site", "mail"):
        ways[member_id] = Way(on_site=on_site, mail=MailChoice(mail))
    return ways


def set_way(member_id: int, kind: NotificationKind, way: Way) -> None:
    """Tell this member of `kind` so; no row says what everybody begins with, so that a default that changes holds."""
    rows = NotificationChoice.objects.filter(member=member_id, kind=kind)
    if way == default_way(kind):
        rows.delete()
        return
    values = {"on_site": way.on_site, "mail": way.mail}
    NotificationChoice.objects.update_or_create(member_id=member_id, kind=kind, defaults=values)


def default_way(kind: NotificationKind) -> Way:
    """Return how everybody is told of `kind` who has not chosen."""
    return Way(on_site=True, mail=DEFAULT_CHOICES[kind])
