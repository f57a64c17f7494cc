"""Saving what an owner edits."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import configuring
from forum.models import ContentNote, Event, Guest, HelpLine, Page, SiteSettings, WatchedWord
from tests.factories import make_note, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def test_a_pages_text_is_rendered_on_the_way(ada):
    page = Page(slug="privacy", title="Privacy", body="We keep *little*. <script>alert(1)</script>")

    configuring.save_configuration(ada, page)

    html = Page.objects.get().body_html
    assert "<em>little</em>" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    "thing",
    [
        SiteSettings(pk=1, name="Calm"),
        Page(slug="privacy", title="Privacy"),
        HelpLine(country="SE", country_name="Sweden", name="Mind", phone="90101"),
        ContentNote(name="Loss", slug="loss"),
        WatchedWord(phrase="casino"),
    ],
)
def test_what_is_saved_is_there_and_logged(ada, thing):
    thing._state.adding, thing.pk = True, 1

    configuring.save_configuration(ada, thing)

    assert list(type(thing).objects.values_list("pk", flat=True)) == [1]
    event = Event.objects.get()
    assert (event.verb, event.actor) == ("configuration.saved", ada)
    assert event.data == {"kind": type(thing).__name__, "id": 1, "name": str(thing)}


def test_what_is_deleted_is_gone_and_logged(ada):
    note = make_note("Loss")
    about = {"kind": "ContentNote", "id": note.pk, "name": "Loss"}

    configuring.delete_configuration(ada, note)

    assert ContentNote.objects.count() == 0
    assert Event.objects.values_list("verb", "data").get() == ("configuration.deleted", about)


def test_only_administrators_configure(ann, mo):
    note = make_note("Loss")
    before = everything()

    for person in (ann, mo, Guest()):
        with pytest.raises(PermissionDenied, match="Only administrators"):
            configuring.save_configuration(person, SiteSettings(pk=1, name="Mine"))
        with pytest.raises(PermissionDenied, match="Only administrators"):
            configuring.delete_configuration(person, note)
    assert everything() == before


def test_a_note_that_warns_of_a_post_is_not_deleted(ada):
    note = make_note("Loss")
    make_question(notes=[note])
    before = everything()

    with pytest.raises(ValidationError, match="Posts use this note, so it can’t be deleted"):
        configuring.delete_configuration(ada, note)

    assert everything() == before
