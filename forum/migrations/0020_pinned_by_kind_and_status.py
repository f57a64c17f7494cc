"""The index of pinned questions begins with the columns that lists ask for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0019_search_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="post", name="post_pinned"),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("is_pinned", True)),
                fields=["kind", "status", "-created_at", "-id"],
                name="post_pinned",
            ),
        ),
    ]
