"""DailyViews: how often a question was opened, day by day."""

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
