"""Keep true how many lines of their inbox each member has not read; every page shows the number."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from forum.models import Bundle


def recount_unread(member_ids: Iterable[int]) -> None:
    """Set the number of unread lines of these members from their rows, all in one statement."""
    ids = sorted(set(member_ids))
    # Locked in order of id, as everywhere that several members change.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    lines = Bundle.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    counted = lines.annotate(number=Count("pk")).values("number")
    User.objects.filter(pk__in=ids).update(unread_notifications=Coalesce(Subquery(counted), 0))
