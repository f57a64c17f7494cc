"""Keeping what somebody typed and has not posted yet."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import drafting
from forum.actions.drafting import Sitting
from forum.models import Draft, Guest
from tests.factories import make_guest, make_question
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

    with pytest.raises(ValidationError, match="This is too long to save"):
        drafting.save_draft(ann, "question", None, {"body": "x" * 90_001})
    with pytest.raises(ValidationError, match="This is too long to save"):
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


def test_a_guests_drafts_stay_beside_those_the_member_has(ann, guest, question):
    long = "A member's six thousand characters. " * 170
    same = uuid4()
    drafting.save_draft(ann, "question", None, {"body": long}, Sitting(same))
    drafting.save_draft(guest, "question", None, {"body": "hm"}, Sitting(same))
    drafting.save_draft(guest, "answer", question, {"body": "hm, hm"})

    assert drafting.adopt_drafts(ann, guest) == 2
    assert drafting.adopt_drafts(ann, guest) == 0
    assert sorted(fields["body"] for fields in Draft.objects.filter(author=ann).values_list("fields", flat=True)) == [
        long,
        "hm",
        "hm, hm",
    ]


def test_what_there_is_no_room_for_is_refused_and_every_draft_stays(ann, question, monkeypatch):
    monkeypatch.setattr(drafting, "DRAFTS_MOST", 2)
    for kind in ("answer", "comment"):
        drafting.save_draft(ann, kind, question, {"body": "Half"})
    before = everything()

    with pytest.raises(ValidationError, match="You have 2 drafts, which is the most we keep"):
        drafting.save_draft(ann, "edit", question, {"body": "Half"})

    assert everything() == before
    drafting.save_draft(ann, "answer", question, {"body": "Half an answer"})
    assert Draft.objects.filter(author=ann, fields__body="Half an answer").count() == 1


def test_two_sittings_at_one_form_are_two_drafts(ann):
    one, other = Sitting(uuid4()), Sitting(uuid4())
    drafting.save_draft(ann, "question", None, {"title": "How do I sleep?"}, one)
    drafting.save_draft(ann, "question", None, {"title": "Who am I?"}, other)
    drafting.save_draft(ann, "question", None, {"title": "How do I sleep better?"}, one)

    assert titles(ann) == ["How do I sleep better?", "Who am I?"]
    drafting.discard_draft(ann, "question", None, one, posted={"title": "How do I sleep better?"})
    assert titles(ann) == ["Who am I?"]


def test_a_sitting_that_goes_on_from_a_draft_takes_its_place(ann):
    first, begun = Sitting(uuid4()), timezone.now() - timedelta(hours=1)
    drafting.save_draft(ann, "question", None, {"title": "How do I sleep"}, first)
    Draft.objects.update(begun_at=begun)

    drafting.save_draft(ann, "question", None, {"title": "How do I sleep better?"}, Sitting(uuid4(), first.number))
    drafting.save_draft(ann, "question", None, {"title": "How do I sleep, in the old tab?"}, first)

    assert titles(ann) == ["How do I sleep better?", "How do I sleep, in the old tab?"]
    assert Draft.objects.get(fields__title="How do I sleep better?").begun_at == begun


def test_another_text_over_a_draft_leaves_that_draft(ann):
    first, second = Sitting(uuid4()), uuid4()
    lonely = {"title": "How do I sleep alone?", "body": "My bed is cold since he left us in March."}
    boss = {"title": "What if my boss shouts?", "body": "Every Monday meeting ends in tears for somebody."}
    drafting.save_draft(ann, "question", None, lonely, first)

    drafting.save_draft(ann, "question", None, boss, Sitting(second, first.number))
    drafting.save_draft(ann, "question", None, boss | {"title": "What if she shouts?"}, Sitting(second, first.number))

    assert titles(ann) == ["How do I sleep alone?", "What if she shouts?"]
    drafting.discard_draft(ann, "question", None, Sitting(uuid4(), first.number), posted=boss)
    assert titles(ann) == ["How do I sleep alone?", "What if she shouts?"]


def test_a_draft_that_arrives_after_its_post_is_not_kept(ann, sleep):
    number = uuid4()
    make_question(ann, title="How do I sleep better?", body="I wake at four.", submission_id=number)

    late = drafting.save_draft(
        ann, "question", None, {"title": "How do I sleep better? ", "body": "I wake at four."}, Sitting(number)
    )
    drafting.save_draft(ann, "question", None, {"title": "Something else I typed there"}, Sitting(number))

    assert late is None
    assert titles(ann) == ["Something else I typed there"]


def titles(person):
    """Return the titles of all drafts, in order."""
    return sorted(fields["title"] for fields in Draft.objects.of(person).values_list("fields", flat=True))
