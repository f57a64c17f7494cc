"""How the queue of mails is: what waits, since when, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from forum.choices import MailState
from forum.models import Mail


@dataclass(frozen=True)
class MailFigures:
    """The queue in numbers; `oldest_due_at` is since when the one waits that should have left first."""

    queued: int
    dead: int
    oldest_due_at: datetime | None


def get_mail_figures() -> MailFigures:
    """Return the numbers of now; one query over the mails that have not left."""
    is_due = Q(state=MailState.QUEUED, due_at__lte=timezone.now())
    left = Mail.objects.filter(state__in=[MailState.QUEUED, MailState.DEAD])
    counted = left.aggregate(
        queued=Count("pk", filter=Q(state=MailState.QUEUED)),
        dead=Count("pk", filter=Q(state=MailState.DEAD)),
        oldest_due_at=Min("due_at", filter=is_due),
    )
    return MailFigures(**counted)
