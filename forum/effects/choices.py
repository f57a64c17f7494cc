"""By which ways members want to be told of each kind of thing."""

from collections.abc import Collection
from dataclasses import dataclass

from forum.choices import MailChoice, NotificationKind
from forum.limits import DEFAULT_CHOICES
from forum.models import NotificationChoice


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


def default_way(kind: NotificationKind) -> Way:
    """Return how everybody is told of `kind` who has not chosen."""
    return Way(on_site=True, mail=DEFAULT_CHOICES[kind])
