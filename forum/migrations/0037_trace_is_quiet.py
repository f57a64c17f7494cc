"""A trace keeps whether others could see its member do what left it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0036_draft_one_per_writing")]

    operations = [migrations.AddField("trace", "is_quiet", models.BooleanField(default=False))]
