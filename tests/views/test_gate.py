"""The gate against automatic posts, over HTTP."""

import base64
import hashlib
import json
import re
from html import unescape

import pytest
from django.test import Client

from forum.models import Answer, Question
from forum.views import gate
from tests.factories import make_answer, make_member, make_question
from tests.support.typing_forms import typed, typed_question

LINKED = "Read this: https://example.org/"


def challenge_of(page):
    """Return the challenge that the page's form carries."""
    return json.loads(unescape(re.search(r'data-work="([^"]+)"', page)[1]))


def solved(challenge):
    """Do the work of a browser: count up until the key begins as the challenge wants it."""
    parameters = challenge["parameters"]
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    for counter in range(1_000):
        password = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", password, salt, parameters["cost"], parameters["keyLength"]).hex()
        if key.startswith(parameters["keyPrefix"]):
            break
    solution = {"counter": counter, "derivedKey": key}
    return base64.b64encode(json.dumps({"challenge": challenge, "solution": solution}).encode()).decode()


@pytest.mark.parametrize(
    "fields, sentence",
    [
        (
            {"website": "https://example.org"},
            "A hidden field was filled in, perhaps by your browser. It’s empty again: please send it again.",
        ),
        ({"seconds": 1}, "That was quick."),
        ({"seconds": 25 * 3600 * 365}, ""),
        ({"started": ""}, "This page was open for a long time."),
        ({"started": "1700000000"}, "This page was open for a long time."),
    ],
)
def test_a_program_is_refused_with_a_sentence_and_its_text(client, sleep, fields, sentence):
    response = client.post("/ask/", typed_question(sleep, **fields))

    if not sentence:
        assert response.status_code == 302
        return
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "I wake at four." in page
    assert Question.objects.count() == 0


def test_a_person_whose_browser_filled_the_trap_sends_it_once_more(client, sleep):
    sent = typed_question(sleep, website="https://example.org")

    page = client.post("/ask/", sent).content.decode()
    again = client.post("/ask/", {**sent, "website": ""})

    assert "https://example.org" not in page
    assert again.status_code == 302


def test_somebody_trusted_passes_without_a_check(signed_in, ann, sleep):
    response = signed_in(ann).post("/ask/", typed_question(sleep, seconds=0, body=LINKED))

    assert response.status_code == 302


def test_a_link_in_a_first_post_asks_for_a_little_work(client, question):
    sent = typed(body=LINKED)

    response = client.post(f"/posts/{question.pk}/answer/", sent)
    worked = {**sent, "work": solved(challenge_of(response.content.decode()))}
    again = client.post(f"/posts/{question.pk}/answer/", worked)

    assert response.status_code == 422
    assert b"One more step" in response.content
    assert again.status_code == 302
    assert Answer.objects.get().body == LINKED


def test_the_plain_question_opens_the_gate_without_script(client, question):
    sent = typed(body=LINKED)

    page = client.post(f"/posts/{question.pk}/answer/", sent).content.decode()
    token = re.search(r'name="work_token" value="([^"]+)"', page)[1]
    answers = [
        client.post(f"/posts/{question.pk}/answer/", {**sent, "work_token": token, "work_answer": str(number)})
        for number in range(1, 22)
        if not Answer.objects.exists()
    ]

    assert [answer.status_code for answer in answers[:-1]] == [422] * (len(answers) - 1)
    assert answers[-1].status_code == 302


def test_the_same_work_opens_the_gate_once(client, question):
    page = client.post(f"/posts/{question.pk}/answer/", typed(body=LINKED)).content.decode()
    work = solved(challenge_of(page))
    client.post(f"/posts/{question.pk}/answer/", typed(body=LINKED, work=work))
    client.cookies.clear()

    again = client.post(f"/posts/{question.pk}/answer/", typed(body=LINKED, work=work))

    assert again.status_code == 422
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("work", ["x", "e30=", "\x00", "x" * 5_000])
def test_made_up_work_opens_nothing(client, question, work):
    response = client.post(f"/posts/{question.pk}/answer/", typed(body=LINKED, work=work, work_token=work))

    assert response.status_code == 422
    assert Answer.objects.count() == 0


def test_the_same_text_again_asks_for_a_little_work(client, question):
    client.post(f"/posts/{question.pk}/answer/", typed(body="Have a warm drink, always."))

    again = client.post(f"/posts/{question.pk}/answer/", typed(body="have a  warm drink, always."))

    assert again.status_code == 422
    assert Answer.objects.count() == 1


def test_a_text_no_hand_types_so_fast_asks_for_a_little_work(client, question):
    response = client.post(f"/posts/{question.pk}/answer/", typed(body="word " * 200, seconds=5))

    assert response.status_code == 422
    assert b"data-work" in response.content


def test_a_busy_address_asks_its_guests_for_a_little_work(client, question):
    statuses = [
        client.post(f"/posts/{question.pk}/answer/", typed(body=f"Thought number {number}.")).status_code
        for number in range(4)
    ]

    assert statuses == [302, 302, 302, 422]


def test_too_many_questions_are_told_when_to_go_on(signed_in, sleep):
    client = signed_in(make_member(points=0))
    for number in range(5):
        client.post("/ask/", typed_question(sleep, title=f"How do I sleep, part {number}?"))

    response = client.post("/ask/", typed_question(sleep, title="How do I sleep, the last part?"))

    page = response.content.decode()
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "You’ve asked a lot in a short time." in page
    assert "How do I sleep, the last part?" in page
    assert Question.objects.count() == 5


def test_one_sitting_pays_once_however_often_it_is_corrected(signed_in, newt, sleep):
    client = signed_in(newt)
    links = " ".join(f"https://example.org/{number}" for number in range(30))
    sent = worked(client, typed_question(sleep, body=links))

    refused = [client.post("/ask/", sent).status_code for _ in range(7)]
    posted = client.post("/ask/", {**sent, "body": "No links at all."})

    assert refused == [422] * 7
    assert posted.status_code == 302


def test_a_link_by_somebody_who_has_posted_before_is_nothing_odd(signed_in, newt, question):
    make_answer(question, newt)

    response = signed_in(newt).post(f"/posts/{make_question(make_member()).pk}/answer/", typed(body=LINKED))

    assert response.status_code == 302


def test_a_third_person_in_the_house_may_ask_and_a_refused_attempt_does_not_count(sleep):
    people = [Client() for _ in range(3)]
    statuses = []
    for number, person in enumerate(people):
        links = " ".join(f"https://example.org/{number}/{link}" for link in range(30))
        answers = [person.post("/ask/", worked(person, typed_question(sleep, body=links))) for _ in range(3)]
        for part in "ab":
            asked = typed_question(sleep, title=f"May person {number} ask part {part}?", body=f"Words {number}{part}")
            answers.append(person.post("/ask/", worked(person, asked)))
        statuses.append([answer.status_code for answer in answers])

    assert statuses == [[422, 422, 422, 302, 302]] * 3
    assert Question.objects.count() == 6


def test_the_sentence_speaks_of_a_question_only_where_there_is_one(client, question):
    path = f"/posts/{question.pk}/answer/"

    page = client.post(path, typed(body=LINKED)).content.decode()

    assert gate.CHECK == "One more step to keep out spam: please press the button again."
    assert (
        page.count('<p class="mt1" data-work-question>Answer the short question above the button first.</p>'),
        page.count('<div class="field" data-work-question>'),
    ) == (1, 1)


def test_a_newcomers_form_carries_the_work_from_the_start(client, signed_in, ann, sleep):
    form = client.get("/ask/").content.decode()

    answer = client.post("/ask/", typed_question(sleep, body=LINKED, work=solved(challenge_of(form))))

    assert answer.status_code == 302
    assert "data-work-question" not in form
    assert "data-work" not in signed_in(ann).get("/ask/").content.decode()


def worked(person, sent):
    """Return a form with the work that its page asks for."""
    return {**sent, "work": solved(challenge_of(person.get("/ask/").content.decode()))}
