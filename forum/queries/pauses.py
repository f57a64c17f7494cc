"""What a member may not do just now, why, and how to ask that it be looked at again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from forum import permissions
from forum.models import LogEntry, Person, Suspension


@dataclass(frozen=True)
class Pause:
    """One suspension that runs, in the words its member reads; `number` is that of the act to appeal against."""

    sentence: str
    reason: str
    until: datetime
    number: int | None


def get_pauses(member: Person) -> tuple[Pause, ...]:
    """Return what `member` may not do now; two queries, and none for somebody who may do everything."""
    if not isinstance(member, User) or not (member.suspended_until or member.abilities_until):
        return ()
    running = Suspension.objects.filter(member=member, lifted_at=None, until__gt=timezone.now())
    suspensions = list(running.order_by("until", "pk"))
    things = {f"suspension:{each.pk}": each.pk for each in suspensions}
    acts = LogEntry.objects.filter(verb="member.suspended", member=member, thing__in=list(things), undoes=None)
    numbers = {things[thing]: number for thing, number in acts.values_list("thing", "number")}
    return tuple(
        Pause(permissions.pause(each.ability, each.until), each.reason, each.until, numbers.get(each.pk))
        for each in suspensions
    )
