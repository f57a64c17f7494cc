"""Count the views of questions, many at once, and day by day; remember what members have read."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.models import Question, ReadMark

# Both engines know this; Django's `bulk_create` can replace a row but not add to it.
_ADD_TO_DAY = (
    "INSERT INTO forum_dailyviews (question_id, day, count) VALUES {rows}"
    " ON CONFLICT (question_id, day) DO UPDATE SET count = forum_dailyviews.count + excluded.count"
)


@atomic_with_retry
def count_views(views: Mapping[int, int]) -> None:
    """Add to each question, and to its day (UTC), the views it had since the last count: one statement each."""
    if not views:
        return
    locked = Question.objects.select_for_update(no_key=True).filter(pk__in=views).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    if not ids:
        return
    added = [When(pk=pk, then=Value(views[pk])) for pk in ids]
    Question.objects.filter(pk__in=ids).update(view_count=F("view_count") + Case(*added, default=Value(0)))
    today = timezone.now().astimezone(UTC).date()
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD_TO_DAY.format(rows=", ".join(["(%s, %s, %s)"] * len(ids))),
            [value for pk in ids for value in (pk, today, views[pk])],
        )


@atomic_with_retry
def mark_read(marks: Mapping[tuple[int, int], datetime]) -> None:
    """Remember when these members (first) opened these questions (second); the later of two times counts."""
    members = set(User.objects.filter(pk__in={member for member, _ in marks}).values_list("pk", flat=True))
    questions = set(Question.objects.filter(pk__in={question for _, question in marks}).values_list("pk", flat=True))
    rows = [
        ReadMark(member_id=member, question_id=question, seen_at=seen_at)
        for (member, question), seen_at in sorted(marks.items())
        if member in members and question in questions
    ]
    ReadMark.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "question"], update_fields=["seen_at"]
    )
