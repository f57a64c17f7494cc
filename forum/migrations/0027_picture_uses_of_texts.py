"""Note where the pictures uploaded so far stand."""

import re

from django.db import migrations

_NAME = re.compile(r"pictures/[A-Za-z0-9_-]+-\d+x\d+\.webp")
_AT_ONCE = 1_000


def note_uses(apps, schema_editor):
    pictures = dict(apps.get_model("forum", "Picture").objects.values_list("name", "pk"))
    if not pictures:
        return
    model = apps.get_model("forum", "PictureUse")
    found, rows = set(), []
    for field, texts in _texts(apps):
        for place, text in texts:
            for pk in {pictures[name] for name in _NAME.findall(text) if name in pictures}:
                if (field, place, pk) not in found:
                    found.add((field, place, pk))
                    rows.append(model(picture_id=pk, **{field: place}))
    model.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)


def _texts(apps):
    for name, place, field, text in (
        ("Post", "pk", "post_id", "body_html"),
        ("Revision", "post_id", "post_id", "body"),
        ("Suggestion", "post_id", "post_id", "body"),
        ("Tag", "pk", "tag_id", "guide_html"),
        ("TagRevision", "tag_id", "tag_id", "guide"),
        ("Page", "pk", "page_id", "body_html"),
    ):
        rows = apps.get_model("forum", name).objects.filter(**{f"{text}__contains": "pictures/"})
        yield field, rows.values_list(place, text).iterator(chunk_size=_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("forum", "0026_picture_uses")]

    operations = [migrations.RunPython(note_uses, migrations.RunPython.noop)]
