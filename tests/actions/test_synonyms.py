"""Other names for tags: asked for, approved, declined, removed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import synonyms, undoing
from forum.choices import SynonymState
from forum.models import Event, Guest, LogEntry, SiteSettings, Tag, TagSynonym
from tests.factories import make_member, make_question, make_synonym, make_tag
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def states():
    return list(TagSynonym.objects.order_by("pk").values_list("name", "tag__name", "state", "decided_by", "reason"))


def last():
    return LogEntry.objects.newest_first().first()


def test_a_name_is_asked_for_once_and_approved_once(ann, mo):
    tag = make_tag("insomnia")

    synonym = synonyms.ask_for_synonym(ann, tag, name="Insomia")
    assert synonyms.ask_for_synonym(ann, tag, name="insomia") == synonym
    assert states() == [("insomia", "insomnia", "asked", None, "")]
    assert list(Event.objects.values_list("verb", "actor")) == [("synonym.asked", ann.pk)]

    synonyms.approve_synonym(mo, synonym)
    before = everything()
    synonyms.approve_synonym(mo, synonym)

    assert everything() == before
    assert states() == [("insomia", "insomnia", "approved", mo.pk, "")]


def test_names_that_mean_something_else_are_refused(ann, bob):
    tag, other = make_tag("insomnia"), make_tag("work")
    make_synonym("labour", other)
    make_synonym("job", other, state=SynonymState.ASKED)
    before = everything()

    for name, sentence in (
        ("insomnia", "“insomnia” is the tag’s own name."),
        ("labour", "“labour” is another name for “work” already."),
        ("job", "Someone has suggested “job” as another name for “work”. Decide that first."),
        ("…", "Give a name of up to 30 letters and digits."),
    ):
        with pytest.raises(ValidationError) as refusal:
            synonyms.ask_for_synonym(ann, tag, name=name)
        assert refusal.value.messages == [sentence]
    assert everything() == before


def test_approving_the_name_of_a_tag_merges_it_and_can_be_taken_back(ann, mo):
    question, tag = make_question(ann, tags=["insomia"]), make_tag("insomnia")
    synonym = synonyms.ask_for_synonym(ann, tag, name="insomia")

    assert synonyms.approve_synonym(mo, synonym).state == SynonymState.APPROVED
    merged = list(question.tags.values_list("name", flat=True))
    undoing.undo_entry(mo, last())

    assert (merged, list(question.tags.values_list("name", flat=True))) == (["insomnia"], ["insomia"])
    assert states() == [("insomia", "insomnia", "asked", None, "")]
    assert list(Tag.objects.standing().order_by("name").values_list("name", "question_count")) == [
        ("insomia", 1),
        ("insomnia", 0),
    ]


@pytest.mark.parametrize(
    ("decide", "was"),
    [
        (synonyms.approve_synonym, SynonymState.ASKED),
        (synonyms.decline_synonym, SynonymState.ASKED),
        (synonyms.remove_synonym, SynonymState.APPROVED),
    ],
)
def test_a_decision_is_taken_back_and_taken_back_again(ann, mo, decide, was):
    synonym = make_synonym("insomia", make_tag("insomnia"), state=was, asked_by=ann)
    before = states()
    decide(mo, synonym, reason="Another thing")
    after = states()

    undoing.undo_entry(mo, last())
    assert states() == before
    undoing.undo_entry(mo, last())
    assert states() == after


def test_what_is_declined_or_removed_has_a_reason_and_stays_so(mo):
    asked = make_synonym("insomia", make_tag("insomnia"), state=SynonymState.ASKED)

    with pytest.raises(ValidationError, match="why"):
        synonyms.decline_synonym(mo, asked, reason="")
    synonyms.decline_synonym(mo, asked, reason="Another thing")
    before = everything()
    synonyms.decline_synonym(mo, asked, reason="Another thing")
    for decide in (synonyms.remove_synonym, synonyms.approve_synonym):
        with pytest.raises(ValidationError, match="This name has already been decided"):
            decide(mo, asked, reason="Another thing")

    assert everything() == before
    assert states() == [("insomia", "insomnia", "declined", mo.pk, "Another thing")]


def test_nobody_approves_their_own_wish_but_moderators(mo):
    SiteSettings.objects.create(pk=1, levels={"level_to_manage_tags": "helper"})
    helper, tag = make_member("hal", points=600, role="helper"), make_tag("insomnia")
    wish = synonyms.ask_for_synonym(helper, tag, name="insomia")
    own = synonyms.ask_for_synonym(mo, tag, name="sleepless")

    with pytest.raises(PermissionDenied, match="You suggested this name yourself"):
        synonyms.approve_synonym(helper, wish)
    synonyms.approve_synonym(helper, own)
    synonyms.approve_synonym(mo, wish)

    assert [state for _, _, state, *_ in states()] == ["approved", "approved"]


def test_members_need_the_points_and_decide_nothing(ann, newt):
    tag = make_tag("insomnia")
    asked = make_synonym("insomia", tag, state=SynonymState.ASKED)
    before = everything()

    for person in (newt, Guest()):
        with pytest.raises(PermissionDenied):
            synonyms.ask_for_synonym(person, tag, name="sleepless")
    for decide in (synonyms.approve_synonym, synonyms.decline_synonym, synonyms.remove_synonym):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            decide(ann, asked, reason="Mine")
    assert everything() == before
