"""Taking acts back over HTTP."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from forum.actions import moderating
from forum.choices import PostStatus
from forum.effects import log
from forum.models import LogEntry, Post
from forum.queries import log as log_query
from forum.views import undo
from forum.views.responses import partial_or_redirect
from tests.factories import make_answer

UNDO = "/moderation/undo/"


def verbs():
    """Return what the log says, oldest first."""
    return list(LogEntry.objects.order_by("number").values_list("verb", flat=True))


def status(post):
    """Return whether the post is to be seen."""
    return Post.objects.get(pk=post.pk).status


def said(response):
    """Return what the next page says, each with the numbers it offers to take back."""
    return [(str(message), message.extra_tags) for message in get_messages(response.wsgi_request)]


def answer(_request):
    """What a view would answer."""
    return HttpResponse()


def a_request(person, *, is_htmx):
    """A request as the middleware hands it on."""
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/moderation/"} if is_htmx else {}
    request = RequestFactory().post("/posts/1/hide/", headers=headers)
    SessionMiddleware(answer).process_request(request)
    MessageMiddleware(answer).process_request(request)
    request.htmx = HtmxDetails(request)
    request.viewer = person
    return request


def test_what_was_done_is_taken_back_and_that_can_be_too(signed_in, mo, question):
    moderating.hide_post(mo, question, reason="Spam")

    response = signed_in(mo).post(UNDO, {"entries": "1", "next": "/questions/"})

    assert (response.status_code, response.url) == (302, "/questions/")
    assert (status(question), verbs()) == (PostStatus.PUBLISHED, ["post.hidden", "post.shown"])
    assert said(response) == [("Undone.", "undo 2")]


def test_the_page_after_it_shows_a_form_that_takes_it_back(signed_in, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(mo)

    page = client.post(UNDO, {"entries": "1", "next": "/questions/?sort=newest"}, follow=True).content.decode()

    assert '<form method="post" action="/moderation/undo/">' in page
    assert '<input type="hidden" name="entries" value="2">' in page
    assert '<input type="hidden" name="next" value="/questions/?sort=newest">' in page


def test_several_acts_are_taken_back_the_last_one_first(signed_in, mo, question):
    answer = make_answer(question)
    moderating.hide_post(mo, answer, reason="Spam")
    moderating.delete_post(mo, answer, reason="Spam")

    response = signed_in(mo).post(UNDO, {"entries": "1 2"})

    assert verbs() == ["post.hidden", "post.deleted", "post.restored", "post.shown"]
    assert (status(answer), response.url) == (PostStatus.PUBLISHED, "/")
    assert said(response) == [("2 actions undone.", "undo 3 4")]


def test_taken_back_twice_is_taken_back_once(signed_in, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(mo)

    client.post(UNDO, {"entries": "1"})
    again = client.post(UNDO, {"entries": "1"})

    assert verbs() == ["post.hidden", "post.shown"]
    assert said(again)[-1] == ("No change was needed.", "")


def test_a_refused_act_does_not_keep_the_others_from_being_taken_back(signed_in, mo, question, log_of_two):
    response = signed_in(mo).post(UNDO, {"entries": "1 2"})

    assert status(question) == PostStatus.PUBLISHED
    assert said(response) == [("Undone.", "undo 3"), ("This can’t be undone.", "")]


@pytest.fixture
def log_of_two(mo, question):
    """One act that can be taken back, and one that cannot."""
    moderating.hide_post(mo, question, reason="Spam")
    log.append("site.looked_at", actor=mo)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "x"])
def test_the_way_back_stays_on_this_site(signed_in, mo, question, target):
    moderating.hide_post(mo, question, reason="Spam")

    assert signed_in(mo).post(UNDO, {"entries": "1", "next": target}).url == "/"


@pytest.mark.parametrize("entries", ["", "x", "1,2", "-1", "1 " * 300, "9" * 30])
def test_numbers_nobody_could_have_sent_are_refused(signed_in, mo, question, entries):
    moderating.hide_post(mo, question, reason="Spam")

    assert signed_in(mo).post(UNDO, {"entries": entries}).status_code == 422
    assert verbs() == ["post.hidden"]


def test_an_act_that_is_not_in_the_log_is_not_found(signed_in, mo):
    assert signed_in(mo).post(UNDO, {"entries": "7"}).status_code == 404


def test_members_take_nothing_back(signed_in, mo, ann, question):
    moderating.hide_post(mo, question, reason="Spam")

    response = signed_in(ann).post(UNDO, {"entries": "1"})

    assert (response.status_code, verbs()) == (403, ["post.hidden"])


def test_guests_are_asked_to_sign_in(client, mo, question):
    moderating.hide_post(mo, question, reason="Spam")

    response = client.post(UNDO, {"entries": "1"})

    assert (response.status_code, response.url, verbs()) == (302, "/accounts/login/?next=%2F", ["post.hidden"])


def test_looking_changes_nothing(signed_in, mo):
    assert signed_in(mo).get(UNDO).status_code == 405


def test_an_act_offers_what_its_actor_did_since_and_nothing_of_others(mo, ada, question):
    request = a_request(mo, is_htmx=False)
    moderating.hide_post(mo, question, reason="Spam")
    since = log_query.head_number()
    moderating.delete_post(ada, question, reason="Spam")
    moderating.show_post(mo, question)

    undo.offer(request, "Shown again.", since=since)

    assert [(str(each), each.extra_tags) for each in get_messages(request)] == [("Shown again.", "undo 3")]


def test_an_act_that_changed_nothing_says_so(mo, question):
    request = a_request(mo, is_htmx=False)
    moderating.hide_post(mo, question, reason="Spam")
    since = log_query.head_number()
    moderating.hide_post(mo, question, reason="Spam")

    undo.offer(request, "Hidden.", since=since)

    assert [(str(each), each.level_tag) for each in get_messages(request)] == [("No change was needed.", "info")]


def test_an_answer_to_htmx_brings_the_message_along(mo, question):
    request = a_request(mo, is_htmx=True)
    moderating.hide_post(mo, question, reason="Spam")
    undo.offer(request, "Hidden.", since=0)

    answer = partial_or_redirect(request, "partials/mark.svg", {}, to="/").content.decode()

    message = answer.partition('<div id="messages" hx-swap-oob="innerHTML">')[2]
    assert '<span data-text>Hidden.</span><form method="post" action="/moderation/undo/">' in message
    assert 'name="entries" value="1"><input type="hidden" name="next" value="/moderation/">' in message
