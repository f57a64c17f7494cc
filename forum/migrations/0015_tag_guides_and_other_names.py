"""Guide texts of tags with their history, other names, and what was done to a tag."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("forum", "0014_follows")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="guide",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="tag",
            name="guide_html",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="tag",
            name="is_reserved",
            field=models.BooleanField(default=False, verbose_name="for moderators alone"),
        ),
        migrations.AddField(
            model_name="tag",
            name="markup_version",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="tag",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="tag",
            name="revision_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="TagChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("renamed", "Renamed"), ("merged", "Merged"), ("deleted", "Deleted")], max_length=7
                    ),
                ),
                ("former_name", models.CharField(max_length=30)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="forum.tag"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.tag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TagChangePost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("had_target", models.BooleanField(default=False)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="forum.tagchange"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TagRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("excerpt", models.CharField(blank=True, max_length=200)),
                ("guide", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="forum.tag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TagSynonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("removed", "Removed"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="synonyms", to="forum.tag"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="tagchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "merged"), ("target__isnull", False)),
                    models.Q(models.Q(("kind", "merged"), _negated=True), ("target", None)),
                    _connector="OR",
                ),
                name="tag_change_target_is_a_mergings",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagchangepost",
            constraint=models.UniqueConstraint(fields=("change", "post"), name="tag_change_names_a_post_once"),
        ),
        migrations.AddConstraint(
            model_name="tagrevision",
            constraint=models.UniqueConstraint(fields=("tag", "number"), name="tag_revision_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="tagsynonym",
            index=models.Index(fields=["state", "id"], name="tag_synonym_by_state"),
        ),
        migrations.AddConstraint(
            model_name="tagsynonym",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "approved"))),
                fields=("name",),
                name="tag_synonym_means_one_tag",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagsynonym",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "asked")),
                    models.Q(models.Q(("state", "asked"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="tag_synonym_decided_has_a_time",
            ),
        ),
    ]
