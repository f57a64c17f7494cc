"""Voting over HTTP."""

import pytest

from forum.actions import moderating
from forum.models import Post, Vote
from tests.factories import make_answer, make_comment, make_question
from tests.support.pages import as_htmx, piece


def address(post):
    """Return where votes on `post` go."""
    return f"/posts/{post.pk}/vote/"


def score(post):
    """Return the score of `post` as it stands."""
    return Post.objects.get(pk=post.pk).score


def test_a_vote_counts_and_leads_back_to_the_post(signed_in, newt, question):
    answer = make_answer(question)

    response = signed_in(newt).post(address(answer), {"direction": "up"})

    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#a{answer.pk}")
    assert score(answer) == 1


def test_a_vote_can_be_turned_and_taken_back(signed_in, bob, question):
    client = signed_in(bob)

    scores = []
    for direction in ("up", "down", "none"):
        client.post(address(question), {"direction": direction})
        scores.append(score(question))

    assert scores == [1, -1, 0]


def test_a_vote_sent_twice_counts_once(signed_in, newt, question):
    client = signed_in(newt)

    first, second = (piece(as_htmx(client, address(question), {"direction": "up"})) for _ in range(2))

    assert first == second
    assert score(question) == 1


@pytest.mark.parametrize("direction", ["up", "down", "none"])
def test_the_piece_is_the_pages_own(signed_in, bob, question, direction):
    client = signed_in(bob)
    for post in (question, make_answer(question), make_comment(question)):
        if direction != "down" or not post.is_comment:
            answered = piece(as_htmx(client, address(post), {"direction": direction}))

            assert answered.startswith('<div class="vote')
            assert answered in piece(client.get(question.get_absolute_url()))


def test_who_is_not_signed_in_is_asked_to(client, question):
    response = client.post(address(question), {"direction": "up"}, headers={"Referer": "http://testserver/1/how/"})

    assert (response.status_code, response.url.partition("wish")[0]) == (302, "/accounts/login/?next=%2F1%2Fhow%2F%3F")
    assert score(question) == 0


def test_htmx_is_led_to_sign_in_as_well(client, question):
    response = as_htmx(client, address(question), {"direction": "up"})

    sent_to = response["HX-Redirect"].partition("wish")[0]
    assert (response.status_code, sent_to) == (200, "/accounts/login/?next=%2F%3F")


@pytest.mark.parametrize(
    "who, direction, sentence",
    [
        ("ann", "up", "You can’t vote on your own post."),
        ("newt", "down", "You need 250 points to downvote. You have 100."),
    ],
)
def test_a_refusal_says_what_is_missing(signed_in, request, question, who, direction, sentence):
    client = signed_in(request.getfixturevalue(who))

    for response in (
        client.post(address(question), {"direction": direction}),
        as_htmx(client, address(question), {"direction": direction}),
    ):
        assert response.status_code == 403
        assert sentence in response.content.decode()
    assert Vote.objects.count() == 0


def test_comments_are_voted_up_only(signed_in, bob, question):
    comment = make_comment(question)

    response = signed_in(bob).post(address(comment), {"direction": "down"})

    assert "Comments can only be upvoted." in response.content.decode()
    assert (response.status_code, Vote.objects.count()) == (403, 0)


@pytest.mark.parametrize("data", [{}, {"direction": ""}, {"direction": "sideways"}, {"direction": "1"}])
def test_a_direction_nobody_knows_is_refused(signed_in, newt, question, data):
    response = signed_in(newt).post(address(question), data)

    assert (response.status_code, Vote.objects.count()) == (422, 0)


def test_a_post_that_is_not_there_is_not_found(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(newt)

    found = [client.post(f"/posts/{number}/vote/", {"direction": "up"}) for number in (question.pk, 999, 10**30)]

    assert [response.status_code for response in found] == [404, 404, 404]
    assert Vote.objects.count() == 0


def test_a_vote_is_never_cast_by_reading(signed_in, newt, question):
    response = signed_in(newt).get(address(question), {"direction": "up"})

    assert (response.status_code, score(question)) == (405, 0)


def test_own_posts_have_dead_buttons_with_the_reason(signed_in, ann, question):
    page = piece(signed_in(ann).get(question.get_absolute_url()))

    control = page[page.index(f'id="vote-{question.pk}"') :].partition("</form>")[0]
    assert control.count(" disabled>") == 2
    assert control.count("You can’t vote on your own post.") == 2


def test_where_votes_go_up_only_there_is_one_button(signed_in, newt, question):
    comment = make_comment(question)

    page = piece(signed_in(newt).get(question.get_absolute_url()))

    control = page[page.index(f'id="vote-{comment.pk}"') :].partition("</form>")[0]
    assert control.count("<button") == 1


def test_more_votes_than_a_day_allows_are_refused(signed_in, newt, ann):
    posts = [make_question(ann) for _ in range(41)]
    client = signed_in(newt)

    answers = [client.post(address(post), {"direction": "up"}).status_code for post in posts]

    assert answers == [302] * 40 + [429]
    assert Vote.objects.count() == 40
