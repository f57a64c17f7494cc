"""Names are found by their beginning."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_told")]

    operations = [
        migrations.AddIndex(
            "user", models.Index(fields=["name_key"], name="user_by_beginning", opclasses=["text_pattern_ops"])
        ),
    ]
