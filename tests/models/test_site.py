"""What the database holds about what an owner edits, and about pictures."""

import pytest

from forum.models import ContentNote, HelpLine, Page, Picture, SiteSettings
from tests.factories import make_note
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_there_is_one_row_of_settings():
    with refused("site_settings_is_one_row"):
        SiteSettings.objects.create(pk=2)


def test_a_help_line_can_be_reached():
    with refused("help_line_can_be_reached"):
        HelpLine.objects.create(country="GB", country_name="United Kingdom", name="Nobody")


def test_an_address_below_help_belongs_to_one_page():
    Page.objects.create(slug="privacy", title="Privacy")

    with refused("slug", "forum_page.slug"):
        Page.objects.create(slug="privacy", title="Another")


def test_a_content_note_has_a_slug_of_its_own():
    make_note("Drug use")

    with refused("slug", "forum_contentnote.slug"):
        ContentNote.objects.create(name="Another", slug="drug-use")


@pytest.mark.parametrize("width, height", [(0, 10), (10, 0)])
def test_a_picture_has_a_size(width, height):
    with refused("picture_has_a_size"):
        Picture.objects.create(name="pictures/a.webp", width=width, height=height, bytes=1)


def test_a_file_is_one_picture():
    Picture.objects.create(name="pictures/a.webp", width=1, height=1, bytes=1)

    with refused("name", "forum_picture.name"):
        Picture.objects.create(name="pictures/a.webp", width=2, height=2, bytes=2)
