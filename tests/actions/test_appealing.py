"""Asking that somebody look again: at a post that was changed, and at an act of moderation."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Role
from forum.actions import appealing, closing, editing, flagging, messaging, moderating, sanctioning, undoing
from forum.actions.recounting import recount
from forum.limits import FOREVER
from forum.models import Appeal, Case, Guest, LogEntry, Message, Post
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(db):
    """Moderates too."""
    return make_member("mia", role=Role.MODERATOR)


def last():
    return LogEntry.objects.newest_first()[0]


def cases(**about):
    return list(Case.objects.filter(**about).order_by("pk").values_list("kind", "details", "outcome"))


def told(member):
    said = Message.objects.filter(conversation__member=member, withdrawn_at=None)
    return list(said.order_by("pk").values_list("kind", "text"))


def hidden(mo, question, reason="Please leave out the insult."):
    moderating.hide_post(mo, question, reason=reason)
    return last()


def test_a_hidden_post_is_sent_again_once_and_says_whether_it_changed(ann, mo, question):
    hidden(mo, question)

    case = appealing.resubmit_post(ann, question)

    assert cases(post=question) == [("resubmitted", ["Nothing was changed since it was hidden."], "")]
    before = everything()
    assert appealing.resubmit_post(ann, question) == case
    assert everything() == before


def test_changed_words_are_said_to_be_changed(ann, mo, question):
    hidden(mo, question)
    editing.edit_post(ann, question, body="Kinder words.")

    appealing.resubmit_post(ann, question)

    assert cases(post=question, kind="resubmitted") == [("resubmitted", ["It was changed since it was hidden."], "")]


def test_a_closed_question_is_sent_again_and_reopening_decides_it(ann, mo, question):
    closing.close_question(mo, question, reason="needs_detail")
    appealing.resubmit_post(ann, question)
    assert cases(post=question) == [("resubmitted", ["Nothing was changed since it was closed."], "")]

    closing.reopen_question(mo, question)
    assert [row[2] for row in cases(post=question)] == ["question.reopened"]

    undoing.undo_entry(mo, last())
    assert ([row[2] for row in cases(post=question)], recount(check=True)) == ([""], [])


def test_what_stays_hidden_is_sent_again_only_after_a_change(ann, mo, question):
    hidden(mo, question)
    appealing.resubmit_post(ann, question)
    flagging.keep_post(mo, question, reply="The insult is still there.")
    assert (Post.objects.get(pk=question.pk).status, cases(post=question, closed_at=None)) == ("hidden", [])

    with pytest.raises(ValidationError, match="Edit it first, then send it again"):
        appealing.resubmit_post(ann, question)

    editing.edit_post(ann, question, body="Kinder words.")
    appealing.resubmit_post(ann, question)
    assert len(cases(post=question, closed_at=None)) == 1


def test_only_its_author_sends_a_post_again_and_only_what_was_hidden_or_closed(ann, bob, mo, guest, question):
    other = make_question(ann)
    hidden(mo, question)
    before = everything()

    for person in (bob, mo, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only its author"):
            appealing.resubmit_post(person, question)
    with pytest.raises(PermissionDenied, match="Only posts that a moderator hid or closed can be reviewed again"):
        appealing.resubmit_post(ann, other)
    assert everything() == before


def test_a_guest_sends_their_hidden_post_again(mo, guest, question):
    answer = make_answer(question, guest)
    moderating.hide_post(mo, answer)

    appealing.resubmit_post(guest, answer)

    assert [row[0] for row in cases(post=answer, closed_at=None)] == ["resubmitted"]


def test_an_author_appeals_once_and_the_case_names_the_post_alone(ann, mo, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    entry = hidden(mo, question)

    appeal = appealing.appeal_act(ann, entry, text=" Nobody was insulted. ")

    assert (appeal.member, appeal.guest, appeal.post_id, appeal.text) == (
        ann,
        None,
        question.pk,
        "Nobody was insulted.",
    )
    case = Case.objects.get(kind="appeal")
    assert (case.appeal, case.post_id, case.member, case.category) == (appeal, question.pk, None, sleep)
    before = everything()
    assert appealing.appeal_act(ann, entry, text="Again.") == appeal
    assert everything() == before


def test_a_guest_and_a_suspended_member_appeal(ann, mo, guest, question):
    answer = make_answer(question, guest)
    moderating.hide_post(mo, answer)
    by_guest = appealing.appeal_act(guest, last(), text="It was kind.")
    sanctioning.suspend_member(mo, ann, until=FOREVER, reason="Insults")
    ann.refresh_from_db()
    by_member = appealing.appeal_act(ann, last(), text="I never did.")

    assert (by_guest.guest, by_guest.member, by_member.member) == (guest, None, ann)
    assert Case.objects.get(appeal=by_member).member == ann


def test_nobody_appeals_for_others_or_against_what_is_no_act_on_them(ann, bob, mo, guest, question):
    entry = hidden(mo, question)
    messaging.note_member(mo, ann, text="Talks a lot.")
    note = last()
    before = everything()

    for person in (bob, mo, guest, Guest()):
        with pytest.raises(PermissionDenied, match="This was not done to you"):
            appealing.appeal_act(person, entry, text="Please.")
    with pytest.raises(PermissionDenied, match="There’s no decision to appeal here"):
        appealing.appeal_act(ann, note, text="Please.")
    for words in (" ", "x" * 1_001):
        with pytest.raises(ValidationError, match="Say why"):
            appealing.appeal_act(ann, entry, text=words)
    assert everything() == before


def test_what_was_taken_back_needs_no_appeal(ann, mo, question):
    entry = hidden(mo, question)
    undoing.undo_entry(mo, entry)
    before = everything()

    with pytest.raises(ValidationError, match="This decision has already been undone"):
        appealing.appeal_act(ann, entry, text="Please.")
    assert everything() == before


def test_granting_an_appeal_takes_the_act_back_and_tells_who_appealed(ann, newt, mo, mia, question):
    flagging.flag_post(newt, question, reason="unkind")
    entry = hidden(mo, question)
    appeal = appealing.appeal_act(ann, entry, text="Nobody was insulted.")

    decided = appealing.decide_appeal(mia, appeal, granted=True, outcome="It was kind.")

    assert (decided.state, decided.decided_by, decided.outcome) == ("granted", mia, "It was kind.")
    assert Post.objects.get(pk=question.pk).status == "published"
    assert [row[2] for row in cases(kind="appeal")] == ["appeal.granted"]
    sentence = "Another moderator has reviewed this and undone it. It was kind."
    assert told(ann) == [("outcome", sentence)]
    assert (last().verb, last().post_id, last().member, last().actor) == ("appeal.granted", question.pk, None, mia)
    assert (told(newt), cases(kind="report", closed_at=None)) == ([], [("report", [], "")])
    assert recount(check=True) == []


def test_declining_an_appeal_says_why_and_can_be_taken_back(ann, mo, mia, question):
    appeal = appealing.appeal_act(ann, hidden(mo, question), text="Nobody was insulted.")
    before = (list(Appeal.objects.values()), list(Case.objects.values()))

    appealing.decide_appeal(mia, appeal, granted=False, outcome="The second line is one.")

    sentence = "Another moderator has reviewed this, and it stays as it is. The second line is one."
    assert (Post.objects.get(pk=question.pk).status, told(ann)) == ("hidden", [("outcome", sentence)])

    undone = undoing.undo_entry(mia, last())
    assert ((list(Appeal.objects.values()), list(Case.objects.values())), told(ann)) == (before, [])
    undoing.undo_entry(mia, undone)
    assert (Appeal.objects.get().state, Appeal.objects.get().outcome) == ("declined", "The second line is one.")
    assert told(ann) == [("outcome", sentence)]


def test_whoever_did_it_and_whoever_appealed_do_not_decide(ann, bob, mo, mia, question):
    answer = make_answer(question, mia)
    appeal = appealing.appeal_act(ann, hidden(mo, question), text="Nobody was insulted.")
    moderating.hide_post(mo, answer)
    own = appealing.appeal_act(mia, last(), text="Kind, I think.")
    before = everything()

    for person, which, sentence in (
        (mo, appeal, "You did this yourself"),
        (mia, own, "This is your own appeal"),
        (bob, appeal, "Only moderators"),
        (Guest(), appeal, "Only moderators"),
    ):
        with pytest.raises(PermissionDenied, match=sentence):
            appealing.decide_appeal(person, which, granted=True, outcome="Fine.")
    with pytest.raises(ValidationError, match="Say why"):
        appealing.decide_appeal(mia, appeal, granted=True, outcome="")
    assert everything() == before


def test_an_appeal_is_decided_once_and_who_comes_late_is_told(ann, ada, mo, mia, question):
    appeal = appealing.appeal_act(ann, hidden(mo, question), text="Nobody was insulted.")
    appealing.decide_appeal(mia, appeal, granted=False, outcome="It is one.")
    before = everything()

    appealing.decide_appeal(mia, appeal, granted=False, outcome="It is one.")
    with pytest.raises(ValidationError, match="mia has already decided this"):
        appealing.decide_appeal(ada, appeal, granted=True, outcome="It was kind.")
    assert everything() == before
