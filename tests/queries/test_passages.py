"""The best passage of a text, and the found words in it."""

import time

import pytest

from forum.queries.passages import PASSAGE, best_passage, mark_words, marks_of
from forum.search import Term, tokens


def marks(*terms):
    return marks_of(Term(tuple(tokens(term))) for term in terms)


def marked(text, *terms):
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in mark_words(text, marks(*terms)))


@pytest.mark.parametrize(
    "text, terms, expected",
    [
        ("Sleeping, a sleeper, asleep", ["sleep"], "[Sleeping], a sleeper, asleep"),
        ("A CAFÉ and a cafe", ["café"], "A [CAFÉ] and a [cafe]"),
        ("I don’t, he don't", ["don't"], "I [don’t], he [don't]"),
        ("Self-harm is not self care", ["self-harm"], "[Self-harm] is not self care"),
        ("panic, then an attack; a panic attack", ["panic attack"], "panic, then an attack; a [panic attack]"),
        ("我睡不着", ["睡", "不"], "我[睡不]着"),
        ("सो नहीं पाता, नींद", ["नींद"], "सो नहीं पाता, [नींद]"),
        ("So 😢👍🏽 and 👨‍👩‍👧", ["😢", "👍", "👩"], "So [😢👍🏽] and [👨‍👩‍👧]"),
        ("", ["sleep"], ""),
        ("nothing here", [], "nothing here"),
    ],
)
def test_words_are_marked_whatever_their_script_and_ending(text, terms, expected):
    assert marked(text, *terms) == expected


def test_the_passage_with_most_different_words_wins():
    body = (
        "Sleep, sleep and sleep. " + "Nothing of note. " * 40 + "My sleep got better with magnesium. " + "More. " * 90
    )

    passage = best_passage(body, marks("sleep", "magnesium"))

    assert passage.startswith("… My sleep got better with magnesium.")
    assert len(passage) <= PASSAGE + 2


def test_a_passage_is_words_not_markdown():
    assert best_passage("I **sleep** [badly](https://example.org)\n\n> there", marks("sleep")) == "I sleep badly there"
    assert best_passage("Of something else", marks("sleep")) == ""


@pytest.mark.parametrize(
    "body", ["[" * 30_000, "[a](" * 7_000, "*_" * 15_000, "sleep " * 5_000, "s" * 30_000, "睡" * 30_000]
)
def test_no_text_takes_long(body):
    started = time.perf_counter()

    best_passage(body, marks("sleep", "well", "睡"))

    assert time.perf_counter() - started < 1
