"""Each act on what is closed, hidden, deleted, undone or waiting: the right answer for each person, and no trace."""

import time

import pytest
from django.test import Client

from forum.actions import closing, editing, moderating
from forum.forms.writing import sign_time
from tests.factories import make_answer, make_question
from tests.views.test_bad_input import count_rows, is_a_page

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

STATES = ["closed", "hidden", "deleted", "withdrawn", "waiting"]
ACTS = {
    "answer": {"body": "A warm drink, and patience."},
    "comment": {"body": "The same here."},
    "vote": {"direction": "up"},
    "bookmark": {"choice": "save"},
    "flag": {"reason": "spam"},
    "edit": {"title": "How do I sleep better now?", "body": "Changed.", "reason": "Clearer"},
    "retag": {"tags": ""},
    "accept": {"choice": "accept"},
}
PEOPLE = ["guest", "stranger", "author", "moderator"]


@pytest.fixture
def people(ann, bob, mo, signed_in):
    clients = {"guest": Client(), "stranger": signed_in(bob), "author": signed_in(ann), "moderator": signed_in(mo)}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


@pytest.fixture
def away(ann, mo, sleep):
    """Bring a question of Ann's into a state: `away("hidden")`."""

    def bring(state):
        question = make_question(ann, title="How do I sleep better?", category=sleep, must_wait=state == "waiting")
        if state == "closed":
            closing.close_question(mo, question, reason="resolved")
        elif state == "hidden":
            moderating.hide_post(mo, question)
        elif state == "deleted":
            moderating.delete_post(mo, question)
        elif state == "withdrawn":
            editing.withdraw_post(ann, question)
        return question

    return bring


EXPECTED = {
    # act: guest, stranger, author, moderator
    "closed": {
        "answer": (403, 403, 403, 403),
        "comment": (302, 302, 302, 302),
        "vote": (302, 302, 403, 302),
        "bookmark": (302, 302, 302, 302),
        "flag": (302, 302, 403, 302),
        "edit": (302, 302, 302, 302),
        "retag": (302, 302, 302, 302),
        "accept": (302, 404, 404, 404),
    },
    "hidden": {
        "answer": (404, 404, 403, 403),
        "comment": (404, 404, 403, 403),
        "vote": (302, 404, 403, 403),
        "bookmark": (302, 404, 302, 302),
        "flag": (404, 404, 403, 302),
        # What a moderator hid, or its author took back, or what waits, its author may still put into better words.
        "edit": (404, 404, 302, 302),
        "retag": (302, 404, 302, 302),
        "accept": (302, 404, 404, 404),
    },
}
EXPECTED["withdrawn"] = EXPECTED["waiting"] = EXPECTED["hidden"]
EXPECTED["deleted"] = EXPECTED["hidden"] | {"edit": (404, 404, 403, 302), "retag": (302, 404, 403, 302)}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_an_act_on_what_is_away(people, away, state, act):
    question = away(state)
    typed = ACTS[act] | {"started": sign_time(time.time() - 60), "category": question.category_id}
    before = count_rows()

    answers = {who: client.post(f"/posts/{question.pk}/{act}/", typed) for who, client in people.items()}

    statuses = tuple(answer.status_code for answer in answers.values())
    assert statuses == EXPECTED[state][act]
    assert [who for who, answer in answers.items() if answer.status_code != 302 and not is_a_page(answer)] == []
    # Only what was let through has left rows; a guest's 302 leads to the page for signing in.
    went_through = [status for who, status in zip(PEOPLE, statuses, strict=True) if status == 302 and who != "guest"]
    assert went_through or count_rows() == before


@pytest.mark.parametrize(("state", "status"), [("hidden", 404), ("deleted", 410), ("withdrawn", 410), ("waiting", 404)])
def test_what_is_away_is_not_found_by_others_and_told_to_its_author(people, away, state, status):
    question = away(state)

    answers = {who: client.get(question.get_absolute_url()) for who, client in people.items()}

    assert [answer.status_code for answer in answers.values()] == [status, status, 200, 200]
    assert [who for who, answer in answers.items() if b"m-warn mt2" in answer.content] == ["author", "moderator"]


@pytest.mark.parametrize("state", ["hidden", "deleted", "withdrawn"])
def test_an_answer_that_is_away_takes_no_votes_and_is_not_chosen(people, question, ann, bob, mo, state):
    answer = make_answer(question, bob)
    take_away = {"hidden": moderating.hide_post, "deleted": moderating.delete_post}
    take_away[state](mo, answer) if state in take_away else editing.withdraw_post(bob, answer)
    before = count_rows()

    voted = {who: client.post(f"/posts/{answer.pk}/vote/", {"direction": "up"}) for who, client in people.items()}
    chosen = {who: client.post(f"/posts/{answer.pk}/accept/", {"choice": "accept"}) for who, client in people.items()}

    # Bob, the stranger, wrote it.
    assert [one.status_code for one in voted.values()] == [302, 403, 404, 403]
    assert [one.status_code for one in chosen.values()] == [302, 403, 404, 403]
    assert count_rows() == before
