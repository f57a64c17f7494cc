"""Publish the quiet lines of the ledger: everybody's at one moment."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from forum.effects import reputation
from forum.models import PointsPublication, ReputationChange


def publish(boundary: datetime) -> int:
    """Let all quiet lines from before `boundary` count for others; return for how many members.

    One transaction moves the boundary and every total, so nobody sees it half done; again changes nothing. The
    members are locked first, in order of id as everywhere: a settlement that holds one of them has written its lines
    by then, and one that waits for them reads the new boundary.
    """
    latest = PointsPublication.objects.order_by("-boundary").first()
    if latest is not None and latest.boundary >= boundary:
        return 0
    _, is_new = PointsPublication.objects.get_or_create(boundary=boundary)
    if not is_new:  # somebody else was publishing while we looked
        return 0
    lines = ReputationChange.objects.filter(is_quiet=True, created_at__lt=boundary)
    if latest is not None:
        lines = lines.filter(created_at__gte=latest.boundary)
    waiting = User.objects.filter(pk__in=lines.values("member"))
    list(waiting.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    number: int = waiting.update(public_points=reputation.sum_of_public_points())
    return number


def month_start() -> datetime:
    """Return when this month began by the site's clock: a quiet line waits until its month is over."""
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
