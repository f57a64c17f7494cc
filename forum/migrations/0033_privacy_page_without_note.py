"""The privacy page of a running site ended in public with a note to its owner; the administration shows it now."""

import re

from django.db import migrations

_NOTE = (
    "*Note to the owner of this site: add who you are, how to reach you, how long you keep records, "
    "and what the law of your country asks you to say.*"
)
_NOTE_HTML = re.compile(r"\s*<p[^>]*><em>Note to the owner of this site: add who you are,[^<]*</em></p>")


def take_note_out(apps, schema_editor):
    pages = apps.get_model("forum", "Page").objects
    for page in pages.filter(slug="privacy", body__contains=_NOTE):
        body = page.body.replace(_NOTE, "").strip()
        pages.filter(pk=page.pk).update(body=body, body_html=_NOTE_HTML.sub("", page.body_html))


class Migration(migrations.Migration):
    dependencies = [("forum", "0032_emails_name_a_question_by_choice")]

    operations = [migrations.RunPython(take_note_out, migrations.RunPython.noop)]
