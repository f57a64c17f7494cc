"""Views of questions, day by day."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("forum", "0017_search_entries")]

    operations = [
        migrations.CreateModel(
            name="DailyViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="daily_views", to="forum.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "-count"], name="daily_views_by_day")],
                "constraints": [models.UniqueConstraint(fields=("question", "day"), name="daily_views_one_row_a_day")],
            },
        ),
    ]
