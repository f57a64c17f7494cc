"""Writing to members for the moderators, and the counts that each page reads."""

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions.recounting import recount
from forum.choices import MessageKind
from forum.effects import conversations
from forum.models import Conversation, Message
from tests.factories import make_answer
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def standing(member):
    return User.objects.values_list("unread_messages", "must_acknowledge").get(pk=member.pk)


def test_what_is_told_stands_in_the_conversation_about_the_post(mo, ann, question):
    message = conversations.tell(ann, " Please add more. ", kind=MessageKind.NOTICE, actor=mo, post=question)

    conversation = Conversation.objects.get()
    assert (conversation.member, conversation.post_id, conversation.awaits_team) == (ann, question.pk, False)
    assert conversation.last_message_at == message.created_at
    assert (message.text, message.kind, message.author, message.is_from_team) == (
        "Please add more.",
        "notice",
        mo,
        True,
    )
    assert standing(ann) == (1, False)
    assert recount(check=True) == []


def test_one_conversation_a_post_and_one_in_general(mo, ann, question):
    other = make_answer(question, ann)

    for post in (question, other, None, question, None):
        conversations.tell(ann, "A word.", kind=MessageKind.NOTICE, actor=mo, post=post)

    assert list(Conversation.objects.order_by("pk").values_list("post_id", flat=True)) == [question.pk, other.pk, None]
    assert standing(ann) == (5, False)


def test_a_guest_and_an_empty_word_get_no_message(mo, ann, question):
    before = everything()

    assert conversations.tell(None, "A word.", kind=MessageKind.NOTICE, actor=mo, post=question) is None
    assert conversations.tell(ann, "  ", kind=MessageKind.NOTICE, actor=mo, post=question) is None
    assert everything() == before


def test_a_warning_waits_until_it_is_acknowledged_and_not_after_it_was_taken_back(mo, ann):
    first = conversations.tell(ann, "Stop.", kind=MessageKind.WARNING, actor=mo)
    conversations.tell(ann, "Hello.", kind=MessageKind.CARE, actor=mo)
    assert standing(ann) == (2, True)
    assert recount(check=True) == []

    Message.objects.filter(pk=first.pk).update(acknowledged_at=timezone.now(), read_at=timezone.now())
    conversations.recount(ann)

    assert standing(ann) == (1, False)
    assert recount(check=True) == []


def test_taking_back_withdraws_a_message_and_twice_is_once(mo, ann):
    message = conversations.tell(ann, "Stop.", kind=MessageKind.WARNING, actor=mo)

    assert conversations.take_back(message.pk) is True
    before = everything()
    assert conversations.take_back(message.pk) is False

    assert everything() == before
    assert standing(ann) == (0, False)
    assert Message.objects.get().withdrawn_at is not None
    assert recount(check=True) == []


def test_giving_back_leaves_everything_but_the_time_as_it_was(mo, ann):
    message = conversations.tell(ann, "Stop.", kind=MessageKind.WARNING, actor=mo)
    before = everything()

    conversations.take_back(message.pk)
    assert conversations.give_back(message.pk) is True

    assert everything() == before
    assert conversations.give_back(message.pk) is False


def test_a_message_that_is_gone_changes_nothing(ann):
    before = everything()

    assert (conversations.take_back(99), conversations.give_back(99)) == (False, False)
    assert everything() == before


def test_what_a_member_writes_awaits_the_team_until_somebody_answers(mo, ann):
    conversations.hear(ann, "Why?")
    assert Conversation.objects.get().awaits_team is True
    assert standing(ann) == (0, False)

    conversations.tell(ann, "Your report was right.", kind=MessageKind.OUTCOME, actor=mo)
    assert Conversation.objects.get().awaits_team is True

    answer = conversations.tell(ann, "Because of the links.", kind=MessageKind.MESSAGE, actor=mo)
    assert Conversation.objects.get().awaits_team is False

    conversations.take_back(answer.pk)
    assert Conversation.objects.get().awaits_team is True


def test_recounting_names_and_repairs_what_drifted(mo, ann):
    conversations.tell(ann, "Stop.", kind=MessageKind.WARNING, actor=mo)
    User.objects.filter(pk=ann.pk).update(unread_messages=7, must_acknowledge=False, abilities_until={"voting": "x"})

    found = recount()

    assert found == [
        f"Member {ann.pk}: abilities_until was {{'voting': 'x'}}, its rows say {{}}.",
        f"Member {ann.pk}: unread_messages was 7, its rows say 1.",
        f"Member {ann.pk}: must_acknowledge was False, its rows say True.",
    ]
    assert standing(ann) == (1, True)
    assert recount(check=True) == []
