"""A line of the ledger keeps whether it is quiet; a row says up to when quiet lines count for others."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0028_answer_is_chosen_once")]

    operations = [
        migrations.CreateModel(
            name="PointsPublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("boundary", models.DateTimeField(unique=True)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField("reputationchange", "is_quiet", models.BooleanField(default=False)),
        migrations.AddField("reputationchange", "points_for_show", models.IntegerField(default=0)),
        migrations.RemoveConstraint("reputationchange", "reputation_change_is_not_zero"),
        migrations.AddConstraint(
            "reputationchange",
            models.CheckConstraint(
                condition=~models.Q(points=0) | ~models.Q(points_for_show=0), name="reputation_change_is_not_zero"
            ),
        ),
        migrations.AddConstraint(
            "reputationchange",
            models.CheckConstraint(
                condition=models.Q(points_for_show=0) | models.Q(reason__in=["answer_accepted", "edit_approved"]),
                name="reputation_change_for_show_is_about_own_posts",
            ),
        ),
    ]
