"""Number the drafts there are; they began no later than they were saved."""

import uuid

from django.db import migrations

_AT_ONCE = 500


def number(apps, schema_editor):
    drafts = apps.get_model("forum", "Draft").objects
    while some := list(drafts.filter(key=None).only("updated_at").order_by("pk")[:_AT_ONCE]):
        for draft in some:
            draft.key, draft.begun_at = uuid.uuid4(), draft.updated_at
        drafts.bulk_update(some, ["key", "begun_at"])


class Migration(migrations.Migration):
    dependencies = [("forum", "0034_draft_key")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
