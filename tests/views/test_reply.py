"""A comment that answers another names the person who wrote that one, and tells them."""

import pytest

from forum.actions import measuring, moderating
from forum.models import Notification, Post
from tests.factories import make_answer, make_comment, make_question
from tests.support.jobs import run_jobs
from tests.support.typing_forms import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(question, bob):
    return make_comment(question, bob, body="Try a warm drink.")


def reply(client, comment, **sent):
    page = client.get(f"{comment.parent.get_absolute_url()}?comment={comment.parent_id}&reply={comment.pk}")
    fields = typed(**{"body": "Thank you.", "reply_to": str(comment.pk)} | sent)
    return page.content.decode(), client.post(f"/posts/{comment.parent_id}/comment/", fields)


def test_the_form_and_the_comment_name_whom_it_answers(signed_in, newt, bob, comment):
    page, answer = reply(signed_in(newt), comment)

    new = Post.objects.latest("pk")
    assert (answer.status_code, new.reply_to_id, new.parent_id) == (302, comment.pk, comment.parent_id)
    assert "A reply to <bdi>bob</bdi>" in page
    assert f'name="reply_to" value="{comment.pk}"' in page
    shown = signed_in(newt).get(comment.parent.get_absolute_url()).content.decode()
    assert f'<a class="when" href="/{comment.pk}/">to <bdi>bob</bdi></a>' in shown
    run_jobs()
    assert list(Notification.objects.filter(recipient=bob).values_list("kind", "post")) == [("replied", new.pk)]


def test_an_anonymous_comment_stays_so(signed_in, newt, question, bob):
    hidden = make_comment(question, bob, body="Me too.", is_anonymous=True)

    page, _ = reply(signed_in(newt), hidden)

    shown = signed_in(newt).get(question.get_absolute_url()).content.decode()
    assert "A reply to <bdi>Anonymous</bdi>" in page
    assert ("to <bdi>Anonymous</bdi></a>" in shown, "bob" in shown) == (True, False)


def test_what_stands_elsewhere_or_cannot_be_read_is_no_reply(signed_in, newt, mo, bob, comment):
    elsewhere = make_comment(make_answer(make_question(), bob), bob)
    hidden = make_comment(comment.parent, bob, body="Buy drops.")
    moderating.hide_post(mo, hidden, reason="Spam")
    for other in (elsewhere.pk, hidden.pk, comment.parent_id, "x", "9" * 18):
        _, answer = reply(signed_in(newt), comment, reply_to=other, body=f"To {other}"[:99])
        assert (answer.status_code, Post.objects.latest("pk").reply_to_id) == (302, None), other


def test_where_nobody_can_comment_there_is_no_button(client, signed_in, mo, newt, comment):
    question = comment.parent
    assert f"reply={comment.pk}" in client.get(question.get_absolute_url()).content.decode()
    measuring.lay_measure(mo, question, "lock", reason="Heated")

    assert f"reply={comment.pk}" not in signed_in(newt).get(question.get_absolute_url()).content.decode()
