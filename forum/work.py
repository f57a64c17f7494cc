"""A little work that a spammer must do too: a proof of work in the browser, or a plain question without JavaScript."""

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import altcha
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

ALGORITHM: Final = "PBKDF2/SHA-256"
COST: Final = 2_000
"""Rounds of one attempt: about a millisecond on a small server, a few on an old phone."""

MAX_DIFFICULTY: Final = 5_000
MAX_PAYLOAD: Final = 4_000
QUESTION_AGE: Final = 2 * 60 * 60
"""Seconds a plain question may be answered: people take their time over a hard post."""

_MOST_DIGITS: Final = 3
_QUESTION_SALT: Final = "forum.work.question"
_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def new_challenge(secret: str, *, difficulty: int, expires: datetime) -> dict[str, Any]:
    """Make a challenge that takes a browser half of `difficulty` attempts on average, and never more than all."""
    most = min(max(difficulty, 1), MAX_DIFFICULTY)
    challenge = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.randbelow(most) + 1,
        expires_at=expires,
        hmac_secret=secret,
        hmac_key_secret=f"key {secret}",
    )
    return dict(challenge.to_dict())


def is_solved(secret: str, payload: str) -> bool:
    """Say whether `payload` solves a challenge of ours that has not expired; the same one may come again."""
    return solved_key(secret, payload) is not None


def solved_key(secret: str, payload: str) -> str | None:
    """Give the key of the challenge that `payload` solves, or None; keep it, and refuse the same key twice."""
    parsed = _parsed(payload)
    if parsed is None or parsed.challenge.parameters.expires_at is None:
        return None
    result = altcha.verify_solution(parsed, secret, hmac_key_secret=f"key {secret}")
    return str(parsed.challenge.signature) if result.verified else None


def plain_question() -> tuple[str, str]:
    """Make a question that anybody can answer in their head, and the signed token that knows its answer."""
    sentence, answer = secrets.choice(_QUESTIONS)()
    nonce = secrets.token_hex(8)
    token = signing.dumps({"nonce": nonce, "proof": _proof(nonce, answer)}, salt=_QUESTION_SALT)
    return f"{sentence} Answer with a number or a word.", token


def is_answered(token: str, answer: str, *, max_age: int = QUESTION_AGE) -> bool:
    """Say whether `answer`, a number or its English word, answers the question of `token` in time."""
    return answered_key(token, answer, max_age=max_age) is not None


def answered_key(token: str, answer: str, *, max_age: int = QUESTION_AGE) -> str | None:
    """Give the key of the question that `answer` answers, or None; keep it, and refuse the same key twice."""
    number = _number(answer)
    if number is None:
        return None
    try:
        question = signing.loads(token, salt=_QUESTION_SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    nonce = str(question["nonce"])
    return nonce if constant_time_compare(_proof(nonce, number), question["proof"]) else None


def _parsed(payload: str) -> altcha.Payload | None:
    if len(payload) > MAX_PAYLOAD:
        return None
    try:
        data = json.loads(base64.b64decode(payload, validate=True))
        return altcha.Payload.from_dict(data)
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _proof(nonce: str, answer: int) -> str:
    # A signed token can be read by anybody, so it holds the answer only under the site's key.
    return salted_hmac(_QUESTION_SALT, f"{nonce}:{answer}", algorithm="sha256").hexdigest()


def _number(answer: str) -> int | None:
    text = answer.strip().strip(".!").casefold()
    if text in _WORDS:
        return _WORDS.index(text)
    # int() reads the digits of every script, and would read thousands of them.
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _sum() -> tuple[str, int]:
    one, other = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    return f"What is {_WORDS[one]} plus {_WORDS[other]}?", one + other


def _difference() -> tuple[str, int]:
    less, left = secrets.randbelow(8) + 1, secrets.randbelow(9) + 1
    return f"What is {_WORDS[less + left]} minus {_WORDS[less]}?", left


def _next() -> tuple[str, int]:
    number = secrets.randbelow(18) + 1
    return f"Which number comes right after {_WORDS[number]}?", number + 1


def _days() -> tuple[str, int]:
    weeks = secrets.randbelow(2) + 1
    return f"How many days are in {_WORDS[weeks]} {'week' if weeks == 1 else 'weeks'}?", 7 * weeks


_QUESTIONS: Final[tuple[Callable[[], tuple[str, int]], ...]] = (_sum, _sum, _difference, _next, _days)
