"""Writing what a tag is about."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import describing, undoing
from forum.models import Event, Guest, LogEntry, Tag, TagRevision
from tests.factories import make_tag
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def texts():
    return list(TagRevision.objects.order_by("number").values_list("number", "excerpt", "guide", "editor", "reason"))


def test_a_text_is_kept_rendered_and_saved_once(ann):
    tag = make_tag("nights")

    describing.describe_tag(ann, tag, excerpt=" The small  hours. ", guide="*Use it* for nights.", base_version=0)
    before = everything()
    describing.describe_tag(ann, tag, excerpt="The small hours.", guide="*Use it* for nights.", base_version=0)

    assert everything() == before
    tag.refresh_from_db()
    assert (tag.excerpt, tag.revision_count) == ("The small hours.", 1)
    assert tag.guide_html == '<p dir="auto"><em>Use it</em> for nights.</p>'
    assert texts() == [(1, "The small hours.", "*Use it* for nights.", ann.pk, "")]
    assert list(Event.objects.filter(verb="tag.edited").values_list("actor", "data")) == [
        (ann.pk, {"tag": tag.pk, "text": 1})
    ]


def test_what_stood_there_before_becomes_the_first_text(ann):
    tag = make_tag("nights", excerpt="Sleep.")

    describing.describe_tag(ann, tag, excerpt="The small hours.", guide="", reason="Clearer")

    assert texts() == [(1, "Sleep.", "", None, "As it was before"), (2, "The small hours.", "", ann.pk, "Clearer")]


def test_an_older_text_in_between_is_refused(ann, bob):
    tag = make_tag("nights")
    describing.describe_tag(bob, tag, excerpt="The small hours.", guide="", base_version=0)
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        describing.describe_tag(ann, tag, excerpt="Nights.", guide="", base_version=0)

    assert (refusal.value.code, everything()) == ("changed_meanwhile", before)


def test_texts_that_are_too_long_are_refused(ann):
    tag = make_tag("nights")

    for words, field in (
        ({"excerpt": "x" * 201, "guide": ""}, "excerpt"),
        ({"excerpt": "", "guide": "x" * 5_001}, "guide"),
    ):
        with pytest.raises(ValidationError) as refusal:
            describing.describe_tag(ann, tag, **words)
        assert list(refusal.value.message_dict) == [field]
    assert TagRevision.objects.count() == 0


def test_members_need_the_points(newt, ann):
    tag = make_tag("nights")
    before = everything()

    for person in (newt, Guest()):
        with pytest.raises(PermissionDenied):
            describing.describe_tag(person, tag, excerpt="Mine.", guide="")
    assert everything() == before


def test_an_earlier_text_comes_back_as_a_new_one_with_a_reason(ann, bob):
    tag = make_tag("nights")
    describing.describe_tag(ann, tag, excerpt="The small hours.", guide="")
    describing.describe_tag(bob, tag, excerpt="Nights.", guide="")

    with pytest.raises(ValidationError, match="why this version is better"):
        describing.roll_back_tag(ann, tag, number=1)
    describing.roll_back_tag(ann, tag, number=1, reason="Says more")
    describing.roll_back_tag(ann, tag, number=1, reason="Says more")

    assert Tag.objects.get().excerpt == "The small hours."
    assert texts()[2:] == [(3, "The small hours.", "", ann.pk, "Back to version 1: Says more")]


def test_what_the_team_writes_is_logged_and_taken_back(mo):
    tag = make_tag("nights", excerpt="Sleep.")
    describing.describe_tag(mo, tag, excerpt="The small hours.", guide="A guide.", reason="Clearer")
    entry = LogEntry.objects.select_related("text").get()

    undoing.undo_entry(mo, entry)

    assert (entry.verb, entry.thing, entry.text.before, entry.text.after) == (
        "tag.edited",
        f"tag:{tag.pk}",
        {"text": 1},
        {"text": 2},
    )
    assert Tag.objects.values_list("excerpt", "guide", "guide_html", "revision_count").get() == ("Sleep.", "", "", 3)
