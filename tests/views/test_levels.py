"""What readers meet where an owner wants an account or points for what is open to everybody by default."""

import pytest

from forum.models import Post, SiteSettings
from tests.support.pages import piece
from tests.support.typing_forms import typed_question

pytestmark = pytest.mark.django_db


def wants(**levels):
    SiteSettings.objects.create(pk=1, levels=levels)


def test_a_guest_who_needs_an_account_to_ask_signs_in_and_comes_back(client):
    wants(level_to_ask="member")

    answer = client.get("/ask/?category=sleep")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fask%2F%3Fcategory%3Dsleep")


def test_a_member_without_the_points_reads_what_is_missing(newt, ann, signed_in):
    wants(level_to_ask="500")

    pages = [signed_in(member).get("/ask/") for member in (newt, ann)]

    assert [page.status_code for page in pages] == [403, 200]
    assert "You need 500 points to ask. You have 100." in pages[0].content.decode()


def test_a_question_that_needs_points_is_refused_with_its_text_kept(newt, sleep, signed_in):
    wants(level_to_ask="500")

    page = signed_in(newt).post("/ask/", typed_question(sleep))

    text = page.content.decode()
    assert (page.status_code, Post.objects.count()) == (403, 0)
    assert "You need 500 points to ask. You have 100." in text
    assert "I wake at four." in text


def test_where_answers_need_an_account_a_guest_reads_so_below_the_question(client, question, newt, signed_in):
    wants(level_to_answer="member")

    guests, members = client.get(question.get_absolute_url()), signed_in(newt).get(question.get_absolute_url())

    assert "Sign in first. It takes a minute, and you can stay anonymous." in piece(guests)
    assert ("Your answer" in piece(guests), "Your answer" in piece(members)) == (False, True)


def test_where_comments_need_an_account_a_guest_is_offered_none(client, question, newt, signed_in):
    wants(level_to_comment="member")
    offer = f"?comment={question.pk}"

    pages = [browser.get(question.get_absolute_url()) for browser in (client, signed_in(newt))]

    assert [offer in page.content.decode() for page in pages] == [False, True]
