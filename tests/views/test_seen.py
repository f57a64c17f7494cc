"""Which readings of a question are views."""

import pytest
from django.test import Client

from forum.models import Post
from forum.views.seen import seen_questions

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TELEPHONE = "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def read(question, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    assert Client(headers=headers).get(question.get_absolute_url()).status_code == 200


def views(question):
    seen_questions.write()
    return Post.objects.get(pk=question.pk).view_count


def test_the_same_reader_counts_once_in_a_while(question):
    read(question, user_agent=FIREFOX)
    views(question)
    read(question, user_agent=FIREFOX)

    assert views(question) == 1


def test_other_readers_and_members_behind_the_same_address_count(question, signed_in, bob):
    read(question, user_agent=FIREFOX)
    read(question, user_agent=TELEPHONE)
    signed_in(bob).get(question.get_absolute_url(), headers={"user-agent": FIREFOX})

    assert views(question) == 3


def test_after_a_while_the_same_reader_counts_again(question, monkeypatch):
    monkeypatch.setattr(seen_questions, "SAME_SECONDS", -1)

    for _ in range(3):  # each begins a new while; the one before is still remembered
        read(question, user_agent=FIREFOX)

    assert views(question) == 1
    read(question, user_agent=TELEPHONE)
    read(question, user_agent=TELEPHONE.lower())
    read(question, user_agent=FIREFOX)

    assert views(question) == 4


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "facebookexternalhit/1.1",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_a_program_that_says_so_counts_nothing(question, agent):
    read(question, user_agent=agent)

    assert views(question) == 0


def test_a_page_fetched_ahead_counts_nothing(question):
    read(question, user_agent=FIREFOX, sec_purpose="prefetch")

    assert views(question) == 0


def test_nothing_that_is_kept_names_a_reader(question):
    read(question, user_agent=FIREFOX)

    assert [len(mark) for mark in seen_questions._now] == [8]
    assert FIREFOX not in str(vars(seen_questions))
