"""Text as it comes in, and short texts as they go out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.markup import clean_text
from forum.plaintext import MAX_MARKS, clean_line, cut_words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e\u0301", "é"),
        ("a\x00b\x1bc\x9fd\te", "abcd\te"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("\u05d0\u200f!", "\u05d0\u200f!"),
        ("\ufeff  a  \n\n b \n\n", "  a\n\n b"),
        ("\ud800a", "a"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_clean_text(value: str, expected: str) -> None:
    assert clean_text(value) == expected


def test_marks_do_not_pile_up() -> None:
    assert len(clean_text("a" + "\u0323" * 20_000)) <= 1 + MAX_MARKS


def test_clean_line_is_one_line() -> None:
    assert clean_line("  a \n\n b\t c ") == "a b c"


@given(st.text())
def test_clean_text_twice_is_once(value: str) -> None:
    assert clean_text(clean_text(value)) == clean_text(value)


@pytest.mark.parametrize(
    ("value", "length", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one, two three", 6, "one…"),
        ("abcdefghijkl", 6, "abcde…"),
        ("abc👩\u200d👧def", 6, "abc…"),
        ("ab🇩🇪🇫🇷🇮🇹", 6, "ab🇩🇪…"),
        ("aaaabe\u0323\u0323\u0323\u0323", 8, "aaaab…"),
    ],
)
def test_cut_words(value: str, length: int, expected: str) -> None:
    assert cut_words(value, length) == expected


@given(st.text(min_size=1), st.integers(min_value=2, max_value=50))
def test_cut_words_keeps_to_its_length(value: str, length: int) -> None:
    cut = cut_words(value, length)

    assert len(cut) <= length
    assert " ".join(value.split()).startswith(cut.removesuffix("…"))
