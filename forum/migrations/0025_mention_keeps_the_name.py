"""A mention keeps the name it was written with, so that it means the same member whatever they are called since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0024_authors_follow_their_questions")]

    operations = [
        migrations.AddField("mention", "name", models.CharField(default="", max_length=30), preserve_default=False),
        migrations.AddField("mention", "is_settled", models.BooleanField(default=False)),
    ]
