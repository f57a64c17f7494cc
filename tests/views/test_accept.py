"""Choosing the best answer over HTTP."""

import pytest

from forum.actions import moderating
from forum.models import Post
from forum.tokens import guest_token
from tests.factories import make_answer, make_question
from tests.support.pages import as_htmx, piece


def address(answer):
    """Return where the choice of `answer` goes."""
    return f"/posts/{answer.pk}/accept/"


def best(question):
    """Return the id of the best answer."""
    return Post.objects.get(pk=question.pk).accepted_answer_id


def test_the_person_who_asked_chooses_and_comes_back_to_the_answer(signed_in, ann, bob, question):
    answer = make_answer(question, bob)

    response = signed_in(ann).post(address(answer), {"choice": "accept"})

    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#a{answer.pk}")
    assert best(question) == answer.pk


def test_the_choice_can_be_changed_and_taken_back(signed_in, ann, question):
    first, second = make_answer(question), make_answer(question)
    client = signed_in(ann)

    chosen = []
    for answer, choice in ((first, "accept"), (second, "accept"), (first, "unaccept"), (second, "unaccept")):
        client.post(address(answer), {"choice": choice})
        chosen.append(best(question))

    assert chosen == [first.pk, second.pk, second.pk, None]


@pytest.mark.parametrize("choice", ["accept", "unaccept"])
def test_the_piece_is_the_pages_own_list_of_answers(signed_in, ann, question, choice):
    make_answer(question)
    answer = make_answer(question)
    client = signed_in(ann)

    first = piece(as_htmx(client, address(answer), {"choice": choice}))
    second = piece(as_htmx(client, address(answer), {"choice": choice}))

    assert first.startswith('<section id="answers"')
    assert first == second
    assert first in piece(client.get(question.get_absolute_url()))


def test_the_best_answer_says_who_chose_it(signed_in, client, ann, question):
    answer = make_answer(question)
    signed_in(ann).post(address(answer), {"choice": "accept"})

    assert "Best answer, marked by ann" in client.get(question.get_absolute_url()).content.decode()


def test_a_guest_chooses_on_the_question_they_asked(client, guest):
    question = make_question(guest)
    answer = make_answer(question)
    client.cookies["guest"] = guest_token(guest.pk)

    response = client.post(address(answer), {"choice": "accept"})

    assert (response.status_code, best(question)) == (302, answer.pk)


def test_who_is_nobody_yet_is_asked_to_sign_in(client, question):
    answer = make_answer(question)

    response = client.post(address(answer), {"choice": "accept"})

    assert (response.status_code, response.url) == (302, "/accounts/login/?next=%2F")
    assert best(question) is None


@pytest.mark.parametrize("who", ["bob", "mo"])
def test_nobody_else_chooses(signed_in, request, question, who):
    answer = make_answer(question)

    response = signed_in(request.getfixturevalue(who)).post(address(answer), {"choice": "accept"})

    assert response.status_code == 403
    assert "Only the person who asked can mark the best answer." in response.content.decode()
    assert best(question) is None


@pytest.mark.parametrize("data", [{}, {"choice": "perhaps"}])
def test_a_choice_nobody_knows_is_refused(signed_in, ann, question, data):
    answer = make_answer(question)

    response = signed_in(ann).post(address(answer), data)

    assert (response.status_code, best(question)) == (422, None)


def test_only_an_answer_that_is_there_can_be_chosen(signed_in, ann, mo, question):
    hidden = make_answer(question)
    moderating.hide_post(mo, hidden, reason="Spam")
    client = signed_in(ann)

    found = [client.post(f"/posts/{number}/accept/", {"choice": "accept"}) for number in (hidden.pk, question.pk, 999)]

    assert [response.status_code for response in found] == [404, 404, 404]
    assert best(question) is None


def test_reading_chooses_nothing(signed_in, ann, question):
    answer = make_answer(question)

    response = signed_in(ann).get(address(answer), {"choice": "accept"})

    assert (response.status_code, best(question)) == (405, None)


def test_the_button_is_there_for_the_person_who_asked_alone(signed_in, client, ann, bob, question):
    answer = make_answer(question, bob)
    button = f'action="{address(answer)}"'

    seen = [button in piece(one.get(question.get_absolute_url())) for one in (signed_in(ann), signed_in(bob), client)]

    assert seen == [True, False, False]
