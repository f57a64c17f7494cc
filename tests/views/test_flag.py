"""Reporting a post over HTTP."""

import pytest

from forum.actions import moderating
from forum.models import Flag
from tests.factories import make_answer, make_comment
from tests.support.pages import piece


def address(post):
    """Return where reports of `post` go."""
    return f"/posts/{post.pk}/flag/"


def test_the_form_says_what_it_is_about(signed_in, newt, question):
    page = piece(signed_in(newt).get(address(question)))

    assert "<h1>Report this question</h1>" in page
    assert "How do I sleep better?" in page
    assert page.count('type="radio"') == 8


@pytest.mark.parametrize("make", [make_answer, make_comment])
def test_a_report_reaches_the_moderators_and_its_reporter_comes_back(signed_in, newt, question, make):
    post = make(question)

    response = signed_in(newt).post(address(post), {"reason": "unkind", "text": "The last line."})

    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#{post.anchor}")
    assert list(Flag.objects.values_list("post_id", "reporter_id", "reason", "text", "state")) == [
        (post.pk, newt.pk, "unkind", "The last line.", "open")
    ]


def test_thanks_are_said_on_the_page(signed_in, newt, question):
    page = piece(signed_in(newt).post(address(question), {"reason": "spam"}, follow=True))

    assert "Thank you. A moderator will look at it. No one else is told that you reported it." in page


def test_a_report_sent_twice_is_one(signed_in, newt, question):
    client = signed_in(newt)

    client.post(address(question), {"reason": "spam"})
    client.post(address(question), {"reason": "spam"})

    assert Flag.objects.count() == 1
    assert "You’ve already reported this. A moderator will look at it." in piece(client.get(address(question)))


@pytest.mark.parametrize(
    "data, sentence",
    [
        ({"text": "Please look."}, "Choose a reason"),
        ({"reason": "loud", "text": "Please look."}, "Choose a reason"),
        ({"reason": "other"}, "Say briefly what’s wrong"),
        ({"reason": "spam", "text": "x" * 501}, "Use at most 500 characters"),
    ],
)
def test_a_form_that_says_too_little_or_too_much_comes_back(signed_in, newt, question, data, sentence):
    response = signed_in(newt).post(address(question), data)

    assert response.status_code == 422
    assert sentence in piece(response)
    assert data.get("text", "") in piece(response)
    assert Flag.objects.count() == 0


def test_who_is_not_signed_in_is_asked_to(client, question):
    response = client.post(address(question), {"reason": "spam"})

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")
    assert Flag.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_ones_own_post_is_not_reported(signed_in, ann, question, method):
    response = getattr(signed_in(ann), method)(address(question), {"reason": "spam"})

    assert response.status_code == 403
    assert "This is your own post. You can edit or delete it." in piece(response)
    assert Flag.objects.count() == 0


def test_a_post_that_is_not_there_is_not_found(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(newt)

    found = [client.post(f"/posts/{number}/flag/", {"reason": "spam"}) for number in (question.pk, 999)]

    assert [response.status_code for response in found] == [404, 404]
    assert Flag.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(signed_in, newt, question, method):
    assert getattr(signed_in(newt), method)(address(question)).status_code == 405


def test_more_reports_than_a_day_allows_are_refused(signed_in, newt, ann, question):
    answers = [make_answer(question, ann) for _ in range(11)]
    client = signed_in(newt)

    statuses = [client.post(address(answer), {"reason": "spam"}).status_code for answer in answers]

    assert statuses == [302] * 10 + [429]
    assert Flag.objects.count() == 10


def test_the_form_costs_the_same_each_time(signed_in, newt, question, django_assert_num_queries):
    client = signed_in(newt)

    with django_assert_num_queries(7):
        client.get(address(question))
