"""The note that the first privacy page told its owner in public is taken out of running sites."""

import importlib

import pytest
from django.apps import apps

from forum import markup
from forum.management.commands import seed
from forum.models import Page

NOTE = (
    "*Note to the owner of this site: add who you are, how to reach you, how long you keep records, "
    "and what the law of your country asks you to say.*"
)
migration = importlib.import_module("forum.migrations.0033_privacy_page_without_note")


@pytest.mark.django_db
def test_the_note_is_taken_out_and_everything_else_stays():
    texts = {"privacy": f"## What we know\n\nLittle.\n\n{NOTE}", "delete": NOTE}
    for slug, body in texts.items():
        Page.objects.create(slug=slug, title=slug, body=body, body_html=markup.render(body))

    migration.take_note_out(apps, None)

    privacy, other = Page.objects.get(slug="privacy"), Page.objects.get(slug="delete")
    assert privacy.body == "## What we know\n\nLittle."
    assert privacy.body_html.strip() == markup.render(privacy.body).strip()
    assert other.body == NOTE


def test_a_new_site_begins_without_the_note():
    assert [page["slug"] for page in seed._read("pages.json") if "Note to the owner" in page["body"]] == []
