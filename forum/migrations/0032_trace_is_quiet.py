"""A trace keeps whether others could see its member do what left it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0031_votes_cast_are_quiet")]

    operations = [migrations.AddField("trace", "is_quiet", models.BooleanField(default=False))]
