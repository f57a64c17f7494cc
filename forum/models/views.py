"""DailyViews, ReadMark: how often a question was opened, day by day; when a member read it last."""

from django.conf import settings
from django.db import models


class DailyViews(models.Model):
    """The views of one question on one day (UTC); kept for as long as lists look back."""

    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="daily_views")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "day"], name="daily_views_one_row_a_day")]
        indexes = [models.Index(fields=["day", "-count"], name="daily_views_by_day")]

    def __str__(self) -> str:
        return f"Views of question {self.question_id} on {self.day}"


class ReadMark(models.Model):
    """When a member last opened a question, so that its page shows what is new; for their eyes, and for months."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    question = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="read_marks")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "question"], name="read_mark_one_per_question")]
        indexes = [models.Index(fields=["seen_at"], name="read_mark_by_age")]

    def __str__(self) -> str:
        return f"Read mark {self.pk}"
