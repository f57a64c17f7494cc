"""How many questions that guests may read carry a tag."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0041_reader_help_about_drugs")]

    operations = [
        migrations.AddField(
            model_name="tag", name="public_count", field=models.PositiveIntegerField(default=0, editable=False)
        ),
    ]
