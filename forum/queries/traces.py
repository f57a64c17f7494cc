"""Where a member's acts came from in the last weeks, for those who may see addresses."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min
from django.utils import timezone

from accounts.models import User
from forum import permissions
from forum.limits import Rules
from forum.models import Person, Trace

ADDRESSES_MOST = 50


@dataclass(frozen=True)
class AddressUse:
    """One address a member acted from: how often, from when to when, and how many other members did too.

    It names no act and no hour: next to the time of an anonymous post, either would say who wrote it. What was done
    anonymously, and votes, count nowhere in it: a number that rises with a post would say the same.
    """

    address: str
    count: int
    first_on: date
    last_on: date
    others: int


def get_traces(member: User, *, viewer: Person, rules: Rules) -> tuple[AddressUse, ...]:
    """Return the addresses of `member`, the latest first; none for a viewer who may not see them."""
    if not permissions.can_see_addresses(viewer, rules):
        return ()
    used = (
        Trace.objects.listed()
        .filter(member=member)
        .values("address")
        .annotate(count=Count("pk"), first=Min("created_at"), last=Max("created_at"))
        .order_by("-last", "address")[:ADDRESSES_MOST]
    )
    rows = list(used)
    shared = Trace.objects.listed().filter(address__in=[row["address"] for row in rows]).exclude(member=member)
    others = dict(shared.values_list("address").annotate(Count("member", distinct=True)))
    return tuple(
        AddressUse(
            address=row["address"],
            count=row["count"],
            first_on=_day(row["first"]),
            last_on=_day(row["last"]),
            others=others.get(row["address"], 0),
        )
        for row in rows
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
