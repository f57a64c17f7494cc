"""What people type, read as a search: nothing is ever an error."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.queries.search_help import get_search_help
from forum.search.operators import OPERATORS, SIGNS, Age, Days, Range
from forum.search.syntax import LENGTH, WORDS_MOST, read

PIECES = [
    '"',
    "“",
    "-",
    "OR",
    "|",
    ":",
    "tag:",
    "is:",
    "score:>",
    "..",
    "(",
    ")",
    "sleep",
    "睡不着",
    "😢",
    "e\u0301",
    " ",
    "2026-13-45",
]


def words(text):
    return [[said.text for said in group] for group in read(text).groups]


def filters(text):
    return [
        [("-" if one.is_without else "") + one.name for one in group] + [one.meaning for one in group]
        for group in read(text).filters
    ]


def hints(text):
    return [(hint.sentence, hint.instead) for hint in read(text).hints]


@pytest.mark.parametrize(
    "text, groups",
    [
        ("sleep anxiety", [["sleep"], ["anxiety"]]),
        ("sleep sleep", [["sleep"]]),
        ('"panic attack" night', [["panic attack"], ["night"]]),
        ("„panic attack“", [["panic attack"]]),
        ('"never closed', [["never closed"]]),
        ("sleep OR insomnia night", [["sleep", "insomnia"], ["night"]]),
        ("(sleep OR insomnia) night", [["(sleep".strip("("), "insomnia"], ["night"]]),
        ("a | b | c", [["a", "b", "c"]]),
        ("OR a OR", [["a"]]),
        ("sleep AND anxiety", [["sleep"], ["anxiety"]]),
        ("I can NOT sleep", [["I"], ["can"], ["NOT"], ["sleep"]]),
        ("self-harm and/or", [["self-harm"], ["and"], ["or"]]),
        ("don’t", [["don’t"]]),
        ("我睡", [["我"], ["睡"]]),
        ("😢😢", [["😢"]]),
        ("at 10:30", [["at"], ["10"], ["30"]]),
        ("the question is: why", [["the"], ["question"], ["is"], ["why"]]),
        ("title:sleep", [["sleep"]]),
        ("-baby", []),
        ('- -- "" : "" ()', []),
    ],
)
def test_words_are_read(text, groups):
    assert words(text) == groups


def test_what_is_not_wanted_is_read():
    search = read('sleep -baby -"night shift" -self-harm')

    assert ([said.text for said in search.without], words(search.text)) == (
        ["baby", "night shift", "self-harm"],
        [["sleep"]],
    )


def test_exact_words_and_titles_are_told_apart():
    [exact], [titled], [both] = read('"sleeping" title:sleep title:"sleep well"').groups

    assert [(said.is_exact, said.in_title) for said in (exact, titled, both)] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    assert read('"sleeping" sleep "a" OR "b"').phrases == ("sleeping",)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("tag:sleep", ["tag", "sleep"]),
        ("-TAG:Sleep", ["-tag", "Sleep"]),
        ("tag: sleep", ["tag", "sleep"]),
        ('user:"Bob Stone"', ["user", "Bob Stone"]),
        ("topic:family", ["category", "family"]),
        ("is:Answers", ["is", "answer"]),
        ("has:picture", ["has", "image"]),
        ("score:5", ["score", Range(5, 5)]),
        ("score:>5", ["score", Range(least=6)]),
        ("score: ≥5", ["score", Range(least=5)]),
        ("votes:<-2", ["score", Range(most=-3)]),
        ("views:5..1", ["views", Range(1, 5)]),
        ("views:1..", ["views", Range(least=1)]),
        ("answers:٣", ["answers", Range(3, 3)]),
        ("created:<1w", ["created", Age(168, is_younger=True)]),
        ("created:2days", ["created", Age(48, is_younger=True)]),
        ("created:>1y", ["created", Age(8760, is_younger=False)]),
        ("created:2026-12", ["created", Days(date(2026, 12, 1), date(2027, 1, 1))]),
        ("after:2026-01-31", ["after", Days(first=date(2026, 1, 31))]),
        ("before:2026", ["before", Days(end=date(2026, 1, 1))]),
        ("since:1m", ["after", Age(720, is_younger=True)]),
    ],
)
def test_operators_are_read(text, meant):
    assert (filters(text), words(text), hints(text)) == ([meant], [], [])


def test_operators_can_be_alternatives():
    assert filters("tag:sleep OR -is:closed") == [["tag", "-is", "sleep", "closed"]]


@pytest.mark.parametrize(
    "text, sentence, instead, left",
    [
        ("is:solved", "“is:solved” isn’t something search knows.", "is:accepted", []),
        ("is:bokmarked", "“is:bokmarked” isn’t something search knows.", "is:bookmarked", []),
        ("titel:sleep", "“titel:sleep” isn’t something search knows.", "title:sleep", [["sleep"]]),
        ("has:xyz", "After “has:” type image or note.", "", []),
        ("score:high", "After “score:” type a number, such as score:>5.", "", []),
        ("after:2026-02-30", "After “after:” type a date, such as after:2026-01-01.", "", []),
        (
            "tag:a OR sleep",
            "OR works between words or between operators, but not between a word and an operator.",
            "",
            [["sleep"]],
        ),
        ("w " * 3 + " ".join(map(str, range(30))), f"Search uses the first {WORDS_MOST} words.", "", None),
    ],
)
def test_what_is_not_understood_becomes_a_hint(text, sentence, instead, left):
    assert hints(text) == [(sentence, instead)]
    assert left is None or words(text) == left


def test_a_search_without_one_of_its_parts_can_be_typed_again():
    search = read("sleep is:question “panic attack” tag:a OR tag:b -baby")

    assert search.text == 'sleep is:question "panic attack" tag:a OR tag:b -baby'
    assert search.leaving(lambda segment: bool(segment.filters)).text == 'sleep "panic attack" -baby'
    assert read("sleep OR worry title:night -baby tag:a").exactly() == '"sleep" OR "worry" title:"night" -baby tag:a'


def test_help_shows_what_the_parser_reads():
    rows = get_search_help()

    assert [row.typed for row in rows.words] == [typed for typed, _ in SIGNS]
    assert [read(row.typed).filters[0][0].name for row in rows.operators if not row.typed.startswith("title:")] == [
        operator.name for operator in OPERATORS for _ in operator.examples if operator.name != "title"
    ]
    assert [hints(row.typed) for row in (*rows.words, *rows.operators) if hints(row.typed)] == []


def test_a_long_text_is_read_as_far_as_a_search_goes():
    assert len(read("a " * 100_000).typed) == LENGTH - 1


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_any_text_is_a_search(text):
    search = read(text)

    assert len(search.groups) <= WORDS_MOST
    assert all(said.tokens for group in search.groups for said in group)
    assert len(read(search.exactly()).groups) <= WORDS_MOST
