"""Inbox, mails and summaries say the same sentence of the same thing, and lead to the same place."""

import pytest

from forum.actions import answering, closing, editing, messaging
from forum.choices import MailKind, MessageKind, NotificationKind
from forum.effects.mail_lines import lines_of
from forum.effects.mail_writers import write
from forum.models import Conversation, Message, Notification
from forum.queries import inbox
from tests.factories import make_answer, make_comment, make_question
from tests.support.inboxes import make_line
from tests.support.letters import mail_of
from tests.support.told import suggest

pytestmark = pytest.mark.django_db
TOLD = {
    "answered": "bob answered your question ",
    "new_answer": "bob answered a question you follow ",
    "new_question": "bob asked ",
    "commented": "bob commented on your question ",
    "replied": "bob replied below your comment – ",
    "mentioned": "bob mentioned you in a comment – ",
    "accepted": "Your answer was marked as best – ",
    "voted": "Your question helped. 10 people marked it as helpful – ",
    "edited": "bob edited your question ",
    "suggested": "newt suggested an edit to your question ",
    "decided": "The edit you suggested was approved. Thank you – ",
    "closed": "Your question ",
    "reopened": "Your question was reopened ",
    "reminded": "You asked to be reminded – ",
    "reported": "Moderators have looked at your report. Thank you.",
    "message": "The moderators wrote to you",
    "urgent": "Someone may be in danger. Please look at the case now",
    "points": "You reached 500 points. Thank you for being there for people here.",
}


@pytest.fixture
def happened(ann, bob, newt, mo, question):
    """What Ann is told of each kind: posts and the rest of its line."""
    answer, comment = make_answer(question, bob), make_comment(question, bob)
    own_answer = make_answer(make_question(bob, title="How do you rest?"), ann)
    answering.accept_answer(bob, own_answer)
    suggestion = suggest(newt, question)
    editing.edit_post(bob, question, body="I wake at five.", reason="Clearer")
    closing.close_question(mo, question, reason="heated")
    messaging.write_to_member(mo, ann, text="Hello.", kind=MessageKind.MESSAGE)
    talk, message = Conversation.objects.get(member=ann, post=None), Message.objects.latest("pk")
    of_talk = {"subject": f"conversation:{talk.pk}", "data": {"message": message.pk}}
    of_suggestion = {"data": {"suggestion": suggestion.pk}}
    return {
        "answered": ([answer], {"about": question}),
        "new_answer": ([answer], {"about": question}),
        "new_question": ([make_question(bob, title="Is rest sleep?")], {}),
        "commented": ([comment], {"about": question}),
        "replied": ([comment], {"about": question}),
        "mentioned": ([comment], {}),
        "accepted": ([own_answer], {}),
        "voted": ([question], {"data": {"ups": 10}}),
        "edited": ([question], {"actor": bob}),
        "suggested": ([question], {"actor": newt, **of_suggestion}),
        "decided": ([question], {"verb": "edit.approved", **of_suggestion}),
        "closed": ([question], {}),
        "reopened": ([question], {}),
        "reminded": ([question], {}),
        "reported": ([], of_talk),
        "message": ([], of_talk),
        "urgent": ([], {"subject": "case:7", "data": {"case": 7}}),
        "points": ([], {"subject": "points:500", "data": {"points": 500}}),
    }


def place(client, path):
    """Where an address leads in the end, without the anchor."""
    answer = client.get(path)
    return (answer.url if answer.status_code in {301, 302} else path).partition("#")[0]


@pytest.mark.parametrize("kind", NotificationKind)
def test_each_kind_is_said_once_and_for_all(kind, ann, happened, signed_in):
    posts, details = happened[kind]
    line = make_line(ann, kind, *posts, **details)
    notifications = Notification.objects.filter(bundle=line)

    shown, [mailed] = inbox.get_line(line.pk, ann), lines_of(notifications, ann)

    sentence = f"{shown.before}{shown.strong}{shown.after}".strip()
    assert sentence.startswith(TOLD[kind].strip())
    assert (mailed.telling.sentence, mailed.telling.icon) == (sentence, shown.icon)
    browser = signed_in(ann)
    assert place(browser, mailed.path) == place(browser, inbox.get_line_place(line.pk, ann))
    for kind_of_mail in (MailKind.NOTIFICATION, MailKind.DIGEST):
        assert mailed.path in write(mail_of(*notifications, kind=kind_of_mail)).text


def test_several_are_said_as_one_and_lead_to_the_first(ann, bob, newt, question, signed_in):
    answers = [make_answer(question, who) for who in (bob, newt)]
    line = make_line(ann, NotificationKind.ANSWERED, *answers, about=question)

    shown, [mailed] = inbox.get_line(line.pk, ann), lines_of(Notification.objects.filter(bundle=line), ann)

    sentence = f"{shown.before}{shown.strong}{shown.after}"
    assert sentence.startswith("2 new answers to your question ")
    assert (mailed.telling.sentence, mailed.path) == (sentence, f"/{answers[0].pk}/")
    assert inbox.get_line_place(line.pk, ann).endswith(f"{answers[0].pk}")
