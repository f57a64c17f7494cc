"""What changed between two texts, and two changes of one text made into one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.changes import ADDED, REMOVED, SAME, Piece, Row, merged, merged_names, rows_changed, words_changed

TEXTS = st.text(alphabet="ab ,.\n睡é", max_size=40)


def pairs(before, after):
    """Return the pieces as short pairs."""
    return [(piece.kind, piece.text) for piece in words_changed(before, after)]


def test_words_that_differ_are_told_and_nothing_around_them():
    assert pairs("I wake at four.", "I wake at five.") == [
        (SAME, "I wake at "),
        (REMOVED, "four"),
        (ADDED, "five"),
        (SAME, "."),
    ]


def test_a_phrase_stays_whole():
    assert pairs("He said so", "She wrote so") == [(REMOVED, "He said"), (ADDED, "She wrote"), (SAME, " so")]


def test_scripts_without_spaces_are_told_by_signs():
    assert pairs("我睡不好", "我睡得好") == [(SAME, "我睡"), (REMOVED, "不"), (ADDED, "得"), (SAME, "好")]


def test_lines_far_from_a_change_are_counted_and_left_out():
    before = "one\ntwo\nthree\nfour\nfive"

    assert rows_changed(before, before.replace("five", "5")) == (
        Row(skipped=3),
        Row((Piece(SAME, "four"),)),
        Row((Piece(REMOVED, "five"), Piece(ADDED, "5"))),
    )


def test_the_same_text_has_no_rows():
    assert rows_changed("one\ntwo", "one\ntwo") == ()


def test_a_row_knows_both_sides():
    row = rows_changed("I wake at four.", "I wake at five.")[0]

    assert "".join(piece.text for piece in row.before) == "I wake at four."
    assert "".join(piece.text for piece in row.after) == "I wake at five."


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before, after):
    pieces = words_changed(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after


@pytest.mark.parametrize(
    "base, one, other, together",
    [
        ("a b c d e", "A b c d e", "a b c d E", "A b c d E"),
        ("a b c", "a b c", "a x c", "a x c"),
        ("a b c", "a x c", "a b c", "a x c"),
        ("a b c", "a x c", "a x c", "a x c"),
        ("a b c", "a x c", "a y c", None),
        ("a b c", "a b c and x", "a b c and y", None),
        ("one\n\ntwo", "one!\n\ntwo", "one\n\ntwo\n\nthree", "one!\n\ntwo\n\nthree"),
    ],
)
def test_changes_that_do_not_meet_are_put_together(base, one, other, together):
    assert merged(base, one, other) == together


@given(TEXTS, TEXTS)
def test_a_change_merged_with_none_is_itself(base, one):
    assert merged(base, one, base) == merged(base, base, one) == one


@settings(max_examples=300)
@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_whose_change_comes_first(base, one, other):
    assert merged(base, one, other) == merged(base, other, one)


def test_names_added_and_removed_by_either_are_added_and_removed():
    assert merged_names(["a", "b", "c"], ["a", "c", "d"], ["a", "b", "e"]) == ["a", "d", "e"]


@pytest.mark.parametrize("word", ["a\n", "a ", "ab. "])
def test_a_text_made_to_take_long_does_not(word):
    began = time.perf_counter()

    rows_changed(word * (15_000 // len(word)), f"x{word}" * (15_000 // len(word)))

    assert time.perf_counter() - began < 2
