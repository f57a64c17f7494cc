"""Deciding a case by writing to an author."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import flagging, telling, undoing
from forum.choices import CaseKind
from forum.models import Case, Flag, LogEntry, Message
from tests.factories import make_answer, make_guest, make_member
from tests.support.records import everything

ACTS = [(telling.ask_author, "author.asked", "notice"), (telling.care_for_author, "author.cared_for", "care")]


@pytest.fixture
def answer(question):
    """An anonymous answer that somebody reported."""
    answer = make_answer(question, make_member("kestrel", points=1_000), is_anonymous=True)
    flagging.flag_post(make_member(), answer, reason="danger")
    return answer


def case_of(post):
    """Return the case about a post, open or decided."""
    return Case.objects.get(post=post, kind=CaseKind.REPORT)


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_the_author_reads_it_the_case_is_decided_and_the_log_names_nobody(mo, answer, act, verb, kind):
    act(mo, answer, text="How are you?", reason="Worried", case_id=case_of(answer).pk)

    message = Message.objects.get(conversation__member=answer.author, conversation__post=answer)
    assert (message.kind, message.text, message.author) == (kind, "How are you?", mo)
    assert (case_of(answer).outcome, Flag.objects.get().state) == (verb, "upheld")
    assert list(LogEntry.objects.values_list("verb", "actor", "post", "member")) == [(verb, mo.pk, answer.pk, None)]


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_with_a_case_twice_is_once(mo, answer, act, verb, kind):
    for _ in range(2):
        act(mo, answer, text="How are you?", case_id=case_of(answer).pk)

    assert Message.objects.filter(conversation__post=answer, kind=kind).count() == 1


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_it_is_taken_back_and_done_again(mo, answer, act, verb, kind):
    act(mo, answer, text="How are you?", case_id=case_of(answer).pk)
    entry = LogEntry.objects.get()

    back = undoing.undo_entry(mo, entry)
    assert (case_of(answer).closed_at, Flag.objects.get().state) == (None, "open")
    assert Message.objects.get(conversation__post=answer, kind=kind).withdrawn_at is not None

    undoing.undo_entry(mo, back)
    assert (case_of(answer).outcome, Flag.objects.get().state) == (verb, "upheld")
    assert Message.objects.get(conversation__post=answer, kind=kind).withdrawn_at is None


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_members_write_to_nobody_this_way(bob, answer, act, verb, kind):
    before = everything()

    with pytest.raises(PermissionDenied, match="Only moderators can do this"):
        act(bob, answer, text="How are you?")

    assert everything() == before


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_no_words_are_no_message(mo, answer, act, verb, kind):
    before = everything()

    with pytest.raises(ValidationError, match="Write a few words"):
        act(mo, answer, text=" ", case_id=case_of(answer).pk)

    assert everything() == before


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_a_guest_has_no_account_to_read_it_with(mo, question, act, verb, kind):
    answer = make_answer(question, make_guest())
    before = everything()

    with pytest.raises(
        ValidationError,
        match="This post’s author has no account, so they can’t get messages",
    ):
        act(mo, answer, text="How are you?")

    assert everything() == before


@pytest.mark.parametrize(("act", "verb", "kind"), ACTS)
def test_who_comes_second_is_told(mo, ada, answer, act, verb, kind):
    case = case_of(answer)
    flagging.keep_post(ada, answer, reason="Fine", case_id=case.pk)
    before = everything()

    with pytest.raises(ValidationError, match="ada has already decided this"):
        act(mo, answer, text="How are you?", case_id=case.pk)

    assert everything() == before
