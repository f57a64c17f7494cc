"""The proof of work and the plain question."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import altcha
import pytest
from django.core import signing

from forum import work
from forum.work import answered_key, is_answered, is_solved, new_challenge, plain_question, solved_key

SECRET = "a secret of the site"


def challenge(**options):
    return new_challenge(SECRET, **{"difficulty": 4, "expires": datetime.now(UTC) + timedelta(minutes=10), **options})


def solved(data, **changes):
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(data))
    parts = {
        "challenge": data,
        "solution": {"counter": solution.counter, "derivedKey": solution.derived_key},
        **changes,
    }
    return base64.b64encode(json.dumps(parts).encode()).decode()


def test_a_solved_challenge_is_taken():
    data = challenge()

    assert is_solved(SECRET, solved(data))
    assert solved_key(SECRET, solved(data)) == data["signature"]


def test_each_challenge_has_a_key_of_its_own():
    assert solved_key(SECRET, solved(challenge())) != solved_key(SECRET, solved(challenge()))


def test_a_challenge_takes_at_most_its_difficulty():
    counters = [altcha.solve_challenge(altcha.Challenge.from_dict(challenge(difficulty=3))).counter for _ in range(12)]

    assert set(counters) <= {1, 2, 3}


def test_an_expired_challenge_is_refused():
    data = challenge(expires=datetime.now(UTC) - timedelta(seconds=5))

    assert not is_solved(SECRET, solved(data))


def test_another_secret_is_refused():
    assert not is_solved("another secret", solved(challenge()))


@pytest.mark.parametrize(
    "change",
    [
        {"cost": 1},
        {"keyPrefix": "00"},
        {"expiresAt": 4_000_000_000},
        {"expiresAt": None},
        {"nonce": "00" * 16},
        {"algorithm": "SHA-256"},
    ],
)
def test_a_changed_challenge_is_refused(change):
    data = challenge()
    payload = solved(data)

    data["parameters"] |= change
    forged = json.loads(base64.b64decode(payload)) | {"challenge": data}

    assert not is_solved(SECRET, base64.b64encode(json.dumps(forged).encode()).decode())


@pytest.mark.parametrize(
    "solution",
    [{"counter": 1, "derivedKey": "00" * 32}, {"counter": 1, "derivedKey": "x"}, {"counter": -1, "derivedKey": None}],
)
def test_a_wrong_solution_is_refused(solution):
    assert not is_solved(SECRET, solved(challenge(), solution=solution))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "x",
        "é",
        "{}",
        "AAAA",
        "e30=",
        "bnVsbA==",
        "W10=",
        "MQ==",
        base64.b64encode(b'{"challenge":1,"solution":2}').decode(),
        base64.b64encode(b"[" * 2900).decode(),
        "A" * 100000,
    ],
)
def test_anything_else_is_refused(payload):
    assert solved_key(SECRET, payload) is None


def answer_to(sentence):
    words = sentence.lower().split("?")[0].split()
    numbers = [work._WORDS.index(word) for word in words if word in work._WORDS]
    if "plus" in words:
        return sum(numbers)
    if "minus" in words:
        return numbers[0] - numbers[1]
    return numbers[0] * 7 if "days" in words else numbers[0] + 1


def test_a_plain_question_is_answered_by_a_number_or_a_word():
    for _ in range(60):
        sentence, token = plain_question()
        answer = answer_to(sentence)

        assert re.fullmatch(r"(What|Which|How) [a-z ]+\? Answer with a number or a word\.", sentence)
        assert is_answered(token, f" {answer} ")
        assert is_answered(token, work._WORDS[answer].upper() + ".")
        assert not is_answered(token, str(answer + 1))


@pytest.mark.parametrize("answer", ["", "x", "-1", "1e1", "²", "9" * 5_000, "\x00"])
def test_other_answers_are_refused(answer):
    assert not is_answered(plain_question()[1], answer)


def test_a_token_does_not_tell_its_answer():
    sentence, token = plain_question()

    held = signing.loads(token, salt=work._QUESTION_SALT)

    assert sorted(held) == ["nonce", "proof"]
    assert held["proof"] != str(answer_to(sentence))
    assert answered_key(token, str(answer_to(sentence))) == held["nonce"]


def test_a_forged_or_old_token_is_refused():
    sentence, token = plain_question()
    answer = str(answer_to(sentence))

    assert not is_answered(token + "x", answer)
    assert not is_answered("", answer)
    assert not is_answered(signing.dumps({"nonce": "a", "proof": "b"}), answer)
    assert not is_answered(token, answer, max_age=-1)
