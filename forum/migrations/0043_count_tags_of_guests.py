"""Count for each tag the published questions that guests may read."""

from django.db import migrations
from django.db.models import Count, Q


def count(apps, schema_editor):
    tag_model = apps.get_model("forum", "Tag")
    tagged = apps.get_model("forum", "TaggedPost").objects.filter(content_object__status="published")
    for_guests = tagged.filter(~Q(content_object__audience="members"))
    for row in for_guests.values("tag").annotate(count=Count("pk")).order_by("tag").iterator():
        tag_model.objects.filter(pk=row["tag"]).update(public_count=row["count"])


class Migration(migrations.Migration):
    dependencies = [("forum", "0042_tags_of_guests")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
