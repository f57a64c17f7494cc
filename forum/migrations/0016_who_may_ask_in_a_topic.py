"""What a topic asks of questions, and its former addresses."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("forum", "0015_tag_guides_and_other_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="answer_guidance",
            field=models.CharField(blank=True, max_length=300, verbose_name="guidance for those who answer"),
        ),
        migrations.AddField(
            model_name="category",
            name="level_to_ask",
            field=models.CharField(blank=True, max_length=13, verbose_name="who may ask here"),
        ),
        migrations.AddField(
            model_name="category",
            name="own_tags",
            field=models.ManyToManyField(blank=True, related_name="kept_for", to="forum.tag"),
        ),
        migrations.AddField(
            model_name="category",
            name="required_tags",
            field=models.ManyToManyField(blank=True, related_name="required_in", to="forum.tag"),
        ),
        migrations.CreateModel(
            name="CategoryAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=250, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="forum.category",
                    ),
                ),
            ],
        ),
    ]
