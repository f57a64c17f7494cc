"""The list that the site begins with, and how a phrase of it is found."""

import json
from pathlib import Path

import pytest

from forum.care import Watch
from tests.care.sentences import IN_DANGER, IN_NO_DANGER, lines

FIXTURE = Path(__file__).parents[2] / "fixtures" / "care_phrases.json"
KILL = [("kill/killing (off) myself", "anywhere"), ("took … pills", "anywhere"), ("hang myself out", "figure")]


@pytest.fixture(scope="module")
def watch():
    return Watch((row["phrase"], row["use"]) for row in json.loads(FIXTURE.read_text(encoding="utf-8")))


def said(phrases, text, **options):
    return [" ".join(found.words) for found in Watch(phrases).find(text, **options)]


@pytest.mark.parametrize("language", IN_DANGER)
def test_every_sentence_of_somebody_in_danger_calls_for_care(watch, language):
    assert [line for line in lines(IN_DANGER[language]) if not watch.find(line)] == []


@pytest.mark.parametrize("language", IN_NO_DANGER)
def test_sadness_and_ways_of_speaking_call_for_nothing(watch, language):
    assert [line for line in lines(IN_NO_DANGER[language]) if watch.find(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        "kill myself",
        "KILL MYSELF.",
        "I’ll kill\nmyself!",
        "kill   my\u00a0self",
        "kílł mysélf".replace("ł", "l"),
        "ki\u200bll myself",
        "**kill** *myself*",
        "(killing myself)",
        "“killing off myself”",
        "#killmyself",
    ],
)
def test_case_accents_spaces_line_breaks_and_marks_make_no_difference(text):
    assert len(said(KILL, text)) == 1


@pytest.mark.parametrize(
    "text", ["skill myself", "kill, myself", "kill. Myself", "kill myselfish", "kill him myself", ""]
)
def test_a_phrase_is_found_whole_and_inside_one_part_of_a_sentence(text):
    assert said(KILL, text) == []


def test_a_gap_stands_for_three_words_at_most():
    assert said(KILL, "I took all of her pills") == ["took all of her pills"]
    assert said(KILL, "I took all of her many pills") == []


def test_a_way_of_speaking_takes_its_words_out():
    assert said([("hang myself", "anywhere"), *KILL], "I hang myself out to dry, then hang myself") == ["hang myself"]


def test_what_is_for_searches_alone_is_found_there_alone():
    phrases = [("suicide", "search")]

    assert (said(phrases, "suicide"), said(phrases, "suicide", in_search=True)) == ([], ["suicide"])


def test_what_is_found_says_by_which_phrase():
    [found] = Watch(KILL).find("I am killing myself")

    assert (found.phrase, found.words) == ("kill/killing (off) myself", ("killing", "myself"))


@pytest.mark.parametrize("phrase", ["", "…", "(maybe)", "!!!"])
def test_a_phrase_without_a_word_of_its_own_finds_nothing(phrase):
    assert said([(phrase, "anywhere")], "maybe anything at all") == []
