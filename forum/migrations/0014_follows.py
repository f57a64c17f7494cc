"""Members follow questions, topics and tags."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("forum", "0013_cases_of_what_waits")]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="forum.category",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="forum.post",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="forum.tag"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "-id"], name="follow_by_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "question"), name="follow_question_once"),
                    models.UniqueConstraint(fields=("member", "category"), name="follow_category_once"),
                    models.UniqueConstraint(fields=("member", "tag"), name="follow_tag_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", None), ("question__isnull", False), ("tag", None)),
                            models.Q(("category__isnull", False), ("question", None), ("tag", None)),
                            models.Q(("category", None), ("question", None), ("tag__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_is_of_one_thing",
                    ),
                ],
            },
        ),
    ]
