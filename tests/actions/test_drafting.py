"""Keeping what somebody typed and has not posted yet."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions import drafting
from forum.models import Draft, Guest
from tests.factories import make_guest
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_and_kept_anew(ann, question):
    drafting.save_draft(ann, "answer", question, {"body": "Fir"})
    drafting.save_draft(ann, "answer", question, {"body": "First, breathe"})

    draft = Draft.objects.get()
    assert (draft.author, draft.guest, draft.kind, draft.about) == (ann, None, "answer", question)
    assert draft.fields == {"body": "First, breathe"}


def test_each_form_has_a_draft_of_its_own(ann, bob, question):
    for person in (ann, bob):
        drafting.save_draft(person, "question", None, {"title": person.username})
        drafting.save_draft(person, "answer", question, {"body": person.username})

    assert sorted(Draft.objects.values_list("author__username", "kind")) == [
        ("ann", "answer"),
        ("ann", "question"),
        ("bob", "answer"),
        ("bob", "question"),
    ]


def test_a_draft_keeps_a_guest_who_is_new_here():
    draft = drafting.save_draft(Guest(), "question", None, {"title": "Why"})

    assert (draft.author, draft.guest) == (None, Guest.objects.get())


def test_a_guests_second_draft_of_a_form_replaces_the_first(guest):
    drafting.save_draft(guest, "question", None, {"title": "Wh"})
    drafting.save_draft(guest, "question", None, {"title": "Why"})

    assert Draft.objects.values_list("guest", "fields").get() == (guest.pk, {"title": "Why"})


def test_what_no_form_holds_is_refused(ann):
    before = everything()

    with pytest.raises(ValidationError, match="too long to keep"):
        drafting.save_draft(ann, "question", None, {"body": "x" * 90_001})
    with pytest.raises(ValidationError, match="too long to keep"):
        drafting.save_draft(Guest(), "question", None, {"body": "x" * 90_001})
    assert everything() == before


def test_a_discarded_draft_is_gone_and_others_stay(ann, bob, question):
    drafting.save_draft(ann, "answer", question, {"body": "Ann's"})
    drafting.save_draft(ann, "question", None, {"title": "Ann's"})
    drafting.save_draft(bob, "answer", question, {"body": "Bob's"})

    drafting.discard_draft(ann, "answer", question)
    drafting.discard_draft(ann, "answer", question)
    drafting.discard_draft(Guest(), "answer", question)

    assert list(Draft.objects.order_by("pk").values_list("author__username", "kind")) == [
        ("ann", "question"),
        ("bob", "answer"),
    ]


def test_a_guests_drafts_go_to_the_member_they_became(ann, guest, question):
    drafting.save_draft(guest, "answer", question, {"body": "Mine"})
    drafting.save_draft(make_guest(), "answer", question, {"body": "Another's"})

    assert drafting.adopt_drafts(ann, guest) == 1
    assert Draft.objects.values_list("guest", "fields").get(author=ann) == (None, {"body": "Mine"})
    assert drafting.adopt_drafts(ann, guest) == 0


def test_of_two_drafts_of_one_form_the_newer_stays(ann, guest, question):
    drafting.save_draft(ann, "answer", question, {"body": "Older, a member's"})
    drafting.save_draft(guest, "answer", question, {"body": "Newer, a guest's"})
    drafting.save_draft(guest, "question", None, {"title": "Older, a guest's"})
    drafting.save_draft(ann, "question", None, {"title": "Newer, a member's"})

    assert drafting.adopt_drafts(ann, guest) == 1
    assert list(Draft.objects.filter(author=ann).order_by("kind").values_list("fields", flat=True)) == [
        {"body": "Newer, a guest's"},
        {"title": "Newer, a member's"},
    ]
    assert Draft.objects.filter(guest=guest).count() == 0


def test_the_oldest_of_too_many_drafts_make_room(ann, question, monkeypatch):
    monkeypatch.setattr(drafting, "DRAFTS_MOST", 2)
    for kind in ("answer", "comment", "edit"):
        drafting.save_draft(ann, kind, question, {"body": "Half"})

    kept = Draft.objects.filter(author=ann).order_by("pk").values_list("kind", flat=True)
    assert list(kept) == ["comment", "edit"]
