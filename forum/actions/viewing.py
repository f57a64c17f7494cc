"""Count the views of questions, many at once."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, Value, When

from forum.models import Question


@transaction.atomic
def count_views(views: Mapping[int, int]) -> None:
    """Add to each question the views it had since the last count, in one statement."""
    if not views:
        return
    added = [When(pk=pk, then=Value(count)) for pk, count in sorted(views.items())]
    locked = Question.objects.select_for_update(no_key=True).filter(pk__in=views).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    Question.objects.filter(pk__in=ids).update(view_count=F("view_count") + Case(*added, default=Value(0)))
