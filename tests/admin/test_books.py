"""The ledger, the log and the revisions are read, sorted and searched without leading to an anonymous author."""

from datetime import UTC, datetime

import pytest

from forum.actions import answering, bookmarking, editing, voting
from forum.choices import Direction
from forum.models import Post, ReputationChange
from tests.factories import make_answer, make_comment, make_member, make_question

NAME = "zelda"
GUESTS_ADDRESS = "someone.private@example.org"


@pytest.fixture
def zelda(db):
    """Writes anonymously."""
    return make_member(NAME, points=900)


@pytest.fixture
def secret(zelda, bob, guest, sleep):
    """Zelda's anonymous question: answered, accepted, edited, voted on, bookmarked."""
    question = make_question(zelda, title="A question nobody may trace", is_anonymous=True, category=sleep)
    answer = make_answer(question, bob)
    make_comment(answer, guest, body="A guest was here.", guest_name="Robin", guest_email=GUESTS_ADDRESS)
    voting.cast_vote(bob, question, Direction.UP)
    voting.cast_vote(zelda, answer, Direction.UP)
    bookmarking.bookmark_post(zelda, answer)
    answering.accept_answer(zelda, answer)
    editing.edit_post(zelda, question, title=question.title, body="I wake at four, every day.", reason="More detail")
    return question


@pytest.mark.parametrize("book", ["event", "revision", "reputationchange"])
@pytest.mark.parametrize("lookup", ["post__author", "actor", "editor", "member", "post", "guest", "guest__email"])
def test_no_address_filters_a_book(lookup, book, ada, secret, signed_in):
    answer = signed_in(ada).get(f"/admin/forum/{book}/?{lookup}={secret.author_id}")

    assert answer.status_code in {302, 400}


@pytest.mark.parametrize("order", range(1, 8))
def test_no_address_sorts_the_posts(order, ada, secret, signed_in):
    browser = signed_in(ada)

    as_it_is, asked = (browser.get(f"/admin/forum/post/{query}") for query in ("", f"?o={order}"))

    assert _rows(asked) == _rows(as_it_is)


def test_the_ledger_leads_to_no_anonymous_post_and_to_no_vote(ada, secret, signed_in):
    page = signed_in(ada).get("/admin/forum/reputationchange/").content.decode()

    led_to = [pk for pk in Post.objects.values_list("pk", flat=True) if f"/admin/forum/post/{pk}/change/" in page]

    assert led_to == [Post.objects.get(kind="answer").pk]


def test_the_ledger_of_an_anonymous_author_leads_nowhere(ada, secret, signed_in):
    page = signed_in(ada).get(f"/admin/forum/reputationchange/?q={NAME}").content.decode()

    assert ("Asked a question" in page, "/admin/forum/post/" in page.partition("<main")[2]) == (True, False)


def test_the_ledger_gives_days_and_no_times(ada, secret, zelda, signed_in):
    at = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    ReputationChange.objects.filter(member=zelda).update(created_at=at)

    page = signed_in(ada).get(f"/admin/forum/reputationchange/?q={NAME}").content.decode()

    assert ("6 May 2024" in page, "7:08" in page) == (True, False)


def test_the_ledger_is_for_administrators(mo, secret, signed_in):
    assert signed_in(mo).get("/admin/forum/reputationchange/").status_code == 403


def test_the_log_is_silent_about_votes_and_bookmarks(ada, secret, signed_in):
    page = signed_in(ada).get("/admin/forum/event/").content.decode().lower()

    assert [word for word in ("vote cast", "bookmarked", "guest claimed") if word in page] == []


@pytest.mark.parametrize("path", ["event/", "revision/", "post/", "flag/"])
def test_no_book_gives_the_address_of_a_guest(path, mo, secret, signed_in):
    browser = signed_in(mo)
    pages = [browser.get(f"/admin/forum/{path}{query}").content.decode() for query in ("", f"?q={GUESTS_ADDRESS}")]

    assert ["Search" in page for page in pages] == [True, True]
    assert pages[0].count(GUESTS_ADDRESS) == 0
    assert "A guest was here" not in pages[1]


def test_completion_is_not_offered(ada, secret, signed_in):
    query = "app_label=forum&model_name=post&field_name=author&term=z"

    assert signed_in(ada).get(f"/admin/autocomplete/?{query}").status_code == 404


def _rows(page):
    return [post.pk for post in page.context["cl"].result_list]
