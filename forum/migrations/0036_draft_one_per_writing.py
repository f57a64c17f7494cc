"""Keep one draft of a person for each writing."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0035_keys_of_drafts")]

    operations = [
        migrations.AlterField("draft", "key", models.UUIDField(default=uuid.uuid4)),
        migrations.AlterField("draft", "begun_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(
                condition=models.Q(("author__isnull", False)),
                fields=("author", "key"),
                name="draft_one_per_author_and_writing",
            ),
        ),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(
                condition=models.Q(("guest__isnull", False)),
                fields=("guest", "key"),
                name="draft_one_per_guest_and_writing",
            ),
        ),
    ]
