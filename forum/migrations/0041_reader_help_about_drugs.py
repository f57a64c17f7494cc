"""Tell of the signs of an overdose where they may matter, as every question's page did before."""

from django.db import migrations

_SIGNS = "If a person is hard to wake, breathing slowly or turning blue, call your local emergency number now."


def tell(apps, schema_editor):
    apps.get_model("forum", "ContentNote").objects.filter(slug="drug-use", reader_help="").update(reader_help=_SIGNS)
    apps.get_model("forum", "Category").objects.filter(slug="substance-abuse", reader_help="").update(
        reader_help=_SIGNS
    )


class Migration(migrations.Migration):
    dependencies = [("forum", "0040_reader_help")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
