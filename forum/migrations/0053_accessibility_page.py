"""Sites that have their help pages already get the one about accessibility; new ones are given all of them at once."""

import json

from django.conf import settings
from django.db import migrations
from django.db.models import Max


def add_page(apps, _schema_editor):
    """Put the page behind the others, unless there is one at its address."""
    pages = apps.get_model("forum", "Page").objects.all()
    if not pages.exists() or pages.filter(slug="accessibility").exists():
        return
    texts = json.loads((settings.BASE_DIR / "fixtures" / "pages.json").read_text(encoding="utf-8"))
    text = next(page for page in texts if page["slug"] == "accessibility")
    pages.create(position=(pages.aggregate(last=Max("position"))["last"] or 0) + 1, **text)


class Migration(migrations.Migration):
    """Add one page."""

    dependencies = [("forum", "0052_mutes_lists")]
    operations = [migrations.RunPython(add_page, migrations.RunPython.noop)]
