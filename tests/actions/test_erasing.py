"""Erasing words from the log by law."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import members
from accounts.models import User
from forum.actions import erasing, joining, moderating, staffing, undoing
from forum.effects import log
from forum.models import Event, Guest, LogEntry, LogText
from forum.queries.log_chain import get_chain
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(mo, question):
    """The entry that says that mo hid ann's question."""
    moderating.hide_post(mo, question, reason="Names Eve Stranger")
    return LogEntry.objects.get()


def words(number):
    """Return what can be read of an entry."""
    return LogText.objects.values_list("reason", "before", "after", "names").get(pk=number)


def test_the_words_of_one_entry_are_gone_and_the_chain_stays_whole(ada, hidden):
    said = erasing.erase_words(ada, hidden, reason="A letter of 3 May")

    assert words(1) == ("", {}, {}, {})
    assert (said.verb, said.thing, said.actor, said.post) == ("log.words_erased", "entry:1", ada, hidden.post)
    assert words(2) == ("A letter of 3 May", {}, {}, {"actor": "ada"})
    assert (get_chain().count, get_chain().flaw) == (2, None)


def test_the_event_beside_it_loses_its_words_too_and_no_other_does(ada, mo, question):
    for reason in ("First", "Second", "Third"):
        moderating.hide_post(mo, question, reason=reason)
        moderating.show_post(mo, question)

    erasing.erase_words(ada, LogEntry.objects.get(number=3), reason="A letter")

    said = Event.objects.filter(verb="post.hidden").order_by("pk").values_list("reason", flat=True)
    assert list(said) == ["First", "", "Third"]


def test_erased_twice_is_erased_once(ada, hidden):
    erasing.erase_words(ada, hidden, reason="A letter")
    before = everything()

    assert erasing.erase_words(ada, hidden, reason="A letter") is None
    assert everything() == before


def test_an_erased_act_without_facts_can_still_be_taken_back(ada, mo, hidden):
    erasing.erase_words(ada, hidden, reason="A letter")

    assert undoing.undo_entry(mo, hidden).verb == "post.shown"


def test_an_act_whose_facts_were_erased_cannot_be_taken_back(ada, ann):
    owner = User.objects.get(pk=ada.pk)
    staffing.change_role(owner, ann, role="helper", reason="Kind")
    erasing.erase_words(ada, LogEntry.objects.get(), reason="A letter")
    before = everything()

    with pytest.raises(ValidationError, match="The words of this action were erased, so it can’t be undone"):
        undoing.undo_entry(ada, LogEntry.objects.get(number=1))
    assert everything() == before


def test_only_administrators_erase_and_not_without_a_reason(ada, mo, ann, hidden):
    before = everything()

    for person in (mo, ann, Guest()):
        with pytest.raises(PermissionDenied, match="Only administrators"):
            erasing.erase_words(person, hidden, reason="A letter")
    with pytest.raises(ValidationError, match="Say why"):
        erasing.erase_words(ada, hidden, reason=" ")
    assert everything() == before


def test_the_name_of_an_erased_account_stays_nowhere_in_the_log(ada, mo, ann, question):
    staffing.correct_member(ada, ann, name="Ann of Old", about="I live in Springfield.")
    log.append("member.warned", actor=mo, member=ann, reason="Please be kind")
    moderating.hide_post(mo, question, reason="Spam")
    members.close_account(ann)

    members.finish_closing(timezone.now() + timedelta(days=15))

    assert [words(number) for number in (1, 2, 3, 4)] == [
        ("", {}, {}, {}),
        ("Please be kind", {}, {}, {}),
        ("Spam", {}, {}, {"actor": "mo"}),
        ("", {}, {}, {}),
    ]
    assert LogEntry.objects.values_list("verb", "actor", "member").get(number=4) == (
        "log.member_forgotten",
        None,
        ann.pk,
    )
    assert (get_chain().count, get_chain().flaw) == (4, None)


def test_the_name_of_an_erased_moderator_is_gone_from_what_they_did(mo, question):
    moderating.hide_post(mo, question, reason="Spam")

    joining.forget_member(mo)

    assert words(1) == ("Spam", {}, {}, {})
    assert (LogEntry.objects.get(number=1).actor, get_chain().flaw) == (mo, None)


def test_an_account_the_log_never_named_is_forgotten_without_an_entry(newt):
    joining.forget_member(newt)

    assert LogEntry.objects.count() == 0
