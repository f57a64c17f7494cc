"""Saving posts over HTTP, and the list of them."""

import pytest

from forum.actions import bookmarking, moderating
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Bookmark
from tests.factories import make_answer, make_comment, make_note, make_question
from tests.support.pages import as_htmx, piece


def address(post):
    """Return where a bookmark of `post` goes."""
    return f"/posts/{post.pk}/bookmark/"


def saved(member):
    """Return the ids of what the member saved."""
    return list(Bookmark.objects.filter(member=member).values_list("post_id", flat=True))


def test_a_post_is_saved_and_its_reader_comes_back_to_it(signed_in, newt, question):
    answer = make_answer(question)

    response = signed_in(newt).post(address(answer), {"choice": "save"})

    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#a{answer.pk}")
    assert saved(newt) == [answer.pk]


def test_saved_twice_is_saved_once_and_removed_twice_is_gone(signed_in, newt, question):
    client = signed_in(newt)

    client.post(address(question), {"choice": "save"})
    client.post(address(question), {"choice": "save"})
    assert saved(newt) == [question.pk]

    client.post(address(question), {"choice": "remove"})
    client.post(address(question), {"choice": "remove"})
    assert saved(newt) == []


@pytest.mark.parametrize("choice", ["save", "remove"])
def test_the_piece_is_the_pages_own(signed_in, newt, question, choice):
    client = signed_in(newt)

    answered = piece(as_htmx(client, address(question), {"choice": choice}))

    assert answered.startswith(f'<form class="bookmark" id="bookmark-{question.pk}"')
    assert answered in piece(client.get(question.get_absolute_url()))


def test_who_is_not_signed_in_is_asked_to(client, question):
    response = client.post(address(question), {"choice": "save"})

    assert (response.status_code, response.url.partition("wish")[0]) == (302, "/accounts/login/?next=%2F%3F")
    assert Bookmark.objects.count() == 0


@pytest.mark.parametrize("data", [{}, {"choice": "eat"}])
def test_a_choice_nobody_knows_is_refused(signed_in, newt, question, data):
    response = signed_in(newt).post(address(question), data)

    assert (response.status_code, saved(newt)) == (422, [])


def test_a_post_that_is_not_there_is_not_found(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(newt)

    found = [client.post(f"/posts/{number}/bookmark/", {"choice": "save"}) for number in (question.pk, 999)]

    assert [response.status_code for response in found] == [404, 404]
    assert saved(newt) == []


def test_reading_saves_nothing(signed_in, newt, question):
    response = signed_in(newt).get(address(question), {"choice": "save"})

    assert (response.status_code, saved(newt)) == (405, [])


def test_the_list_shows_what_was_saved_the_last_first(signed_in, newt, bob, question):
    answer = make_answer(question, bob, body="Open a window.")
    comment = make_comment(answer, bob, body="Or two windows.")
    for post in (question, answer, comment):
        bookmarking.bookmark_post(newt, post)

    page = piece(signed_in(newt).get("/bookmarks/"))

    places = [page.index(words) for words in ("Or two windows.", "Open a window.", "I wake at four.")]
    assert places == sorted(places)


def test_the_list_is_its_members_own(client, signed_in, newt, bob, question):
    bookmarking.bookmark_post(newt, question)

    assert client.get("/bookmarks/").url == "/accounts/login/?next=%2Fbookmarks%2F"
    assert "No bookmarks yet" in piece(signed_in(bob).get("/bookmarks/"))


def test_what_was_hidden_since_tells_nothing_and_can_leave_the_list(signed_in, newt, mo, question):
    bookmarking.bookmark_post(newt, question)
    moderating.hide_post(mo, question, reason="It names somebody.")
    client = signed_in(newt)

    page = piece(client.get("/bookmarks/"))
    response = client.post(address(question), {"choice": "remove", "place": "list"})

    assert "This post is no longer here" in page
    assert "I wake at four." not in page
    assert (response.status_code, response.url, saved(newt)) == (302, "/bookmarks/", [])


def test_an_excerpt_stays_behind_its_content_note(signed_in, newt, ann, sleep):
    question = make_question(ann, category=sleep, body="About needles.", notes=[make_note("Drug use")])
    bookmarking.bookmark_post(newt, question)

    page = piece(signed_in(newt).get("/bookmarks/"))

    assert "Content note: drug use" in page
    assert "About needles." not in page


def test_an_anonymous_author_is_not_named(signed_in, newt, ann, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    bookmarking.bookmark_post(newt, question)

    page = piece(signed_in(newt).get("/bookmarks/"))

    assert "<bdi>Anonymous</bdi>" in page
    assert "<bdi>ann</bdi>" not in page


def test_a_long_list_is_paged(signed_in, newt, ann, sleep):
    questions = [make_question(ann, category=sleep) for _ in range(QUESTIONS_A_PAGE + 1)]
    for question in questions:
        bookmarking.bookmark_post(newt, question)
    client = signed_in(newt)

    first = piece(client.get("/bookmarks/"))
    older = first[first.index('<a rel="next" href="') :].split('"')[3].replace("&amp;", "&")
    second = piece(client.get(older))

    assert (first.count('<article class="q"'), second.count('<article class="q"')) == (QUESTIONS_A_PAGE, 1)
    assert questions[0].title in second


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(signed_in, newt, ann, sleep, count, django_assert_num_queries):
    for _ in range(count):
        question = make_question(ann, category=sleep)
        bookmarking.bookmark_post(newt, question)
        bookmarking.bookmark_post(newt, make_answer(question, ann))
    client = signed_in(newt)

    with django_assert_num_queries(7):
        client.get("/bookmarks/")
