from django.db import migrations


def say_which(apps, schema_editor):
    urgent = apps.get_model("forum", "Case").objects.filter(closed_at=None, urgency=0).exclude(post=None)
    apps.get_model("forum", "Post").objects.filter(pk__in=urgent.values("post")).update(needs_care=True)


class Migration(migrations.Migration):
    dependencies = [("forum", "0044_care")]

    operations = [migrations.RunPython(say_which, migrations.RunPython.noop)]
