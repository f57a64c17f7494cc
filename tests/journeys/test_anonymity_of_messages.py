"""Messages, notes and suspensions tell no moderator who wrote an anonymous post."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import editing, flagging, messaging, moderating, sanctioning
from forum.choices import MessageKind
from forum.effects import conversations
from forum.models import Event, LogEntry
from tests.factories import make_answer, make_member, make_question

pytestmark = pytest.mark.django_db
NAME = "Xanthippe"  # no other word of any page holds it


@pytest.fixture
def author():
    return make_member(NAME, points=300)


@pytest.fixture
def secret(author, sleep):
    """An anonymous question of the author's."""
    return make_question(author, category=sleep, title="Something I tell nobody", is_anonymous=True)


@pytest.fixture
def talk(mo, author, secret):
    """Return the conversation about it: a word of care, an answer, a warning, a notice of an act."""
    messaging.write_to_author(mo, secret, text="Are you safe?", kind="care")
    conversation = author.conversations.get(post=secret)
    messaging.write_to_team(author, text="Yes, my sister is here.", conversation=conversation)
    messaging.write_to_author(mo, secret, text="Please leave her name out.", kind="warning")
    moderating.hide_post(mo, secret, reason="Names somebody", reply="Please take the name out.")
    return conversation


def pages(client, secret, talk):
    """Return every page of the team that has to do with the post, its conversation or messages."""
    paths = [
        "/moderation/messages/",
        "/moderation/messages/?show=all",
        f"/moderation/messages/{talk.pk}/",
        f"/moderation/posts/{secret.pk}/write/",
        secret.get_absolute_url(),
        f"/admin/forum/post/{secret.pk}/change/",
        "/admin/forum/event/",
        "/admin/",
    ]
    return {path: client.get(path).content.decode() for path in paths}


@pytest.mark.parametrize("who", ["mo", "ada"])
def test_no_page_of_the_team_names_the_author(signed_in, request, secret, talk, who):
    found = pages(signed_in(request.getfixturevalue(who)), secret, talk)

    assert [path for path, page in found.items() if NAME in page] == []
    assert "Yes, my sister is here." in found[f"/moderation/messages/{talk.pk}/"]


@pytest.mark.parametrize("query", ["", "?show=messages", "?show=posts", "?show=log", "?show=reported"])
@pytest.mark.usefixtures("talk")
def test_the_authors_own_timeline_holds_nothing_of_it(signed_in, mo, ann, secret, query):
    flagging.flag_post(ann, secret, reason="spam", text="Look at this.")

    page = signed_in(mo).get(f"/moderation/members/{NAME}/{query}")

    assert page.context["timeline"].moments == ()
    for words in ("Something I tell nobody", "Are you safe?", "my sister", "Names somebody", "Look at this."):
        assert words not in page.content.decode()


@pytest.mark.usefixtures("talk")
def test_the_timeline_does_not_even_say_that_a_warning_waits(signed_in, mo):
    page = signed_in(mo).get(f"/moderation/members/{NAME}/").context["member"]

    assert page.must_acknowledge is False


@pytest.mark.usefixtures("talk")
def test_the_log_names_the_post_and_never_its_author(author):
    assert LogEntry.objects.count() == 3
    assert LogEntry.objects.filter(member=author).count() == 0
    assert Event.objects.exclude(actor=author).filter(member=author).count() == 0


def test_a_post_that_becomes_anonymous_later_takes_its_conversation_along(signed_in, mo, author, sleep):
    post = make_question(author, category=sleep, title="Something I told under my name")
    messaging.write_to_author(mo, post, text="Are you safe?", kind="care")
    shown = signed_in(mo).get(f"/moderation/members/{NAME}/")
    assert [moment.text for moment in shown.context["timeline"].moments] == ["Are you safe?"]

    editing.edit_post(author, post, title=post.title, body=post.body, is_anonymous=True)

    hidden = signed_in(mo).get(f"/moderation/members/{NAME}/")
    listed = signed_in(mo).get("/moderation/messages/?show=all").content.decode()
    assert hidden.context["timeline"].moments == ()
    assert (NAME in listed, "Something I told under my name" in listed) == (False, True)


def test_who_reported_an_anonymous_post_is_not_named_beside_it(signed_in, mo, author, secret):
    conversations.tell(author, "Your report was right.", kind=MessageKind.OUTCOME, actor=mo, post=make_answer(secret))
    reporter = make_member("Reporter")
    told = conversations.tell(reporter, "Your report was right.", kind=MessageKind.OUTCOME, actor=mo, post=secret)

    page = signed_in(mo).get(f"/moderation/messages/{told.conversation_id}/").content.decode()

    assert ("Reporter" in page, "A member" in page) == (False, True)


def test_a_suspension_says_nothing_of_anonymous_posts(signed_in, mo, author, secret):
    sanctioning.suspend_member(mo, author, until=timezone.now() + timedelta(days=3), reason="Anger elsewhere")

    page = signed_in(mo).get(f"/moderation/members/{NAME}/").content.decode()

    assert "Something I tell nobody" not in page
