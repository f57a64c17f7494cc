"""Text as it comes in, and short texts as they go out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.texts import MAX_MARKS
from forum.plaintext import clean_line, clean_text, cut_words, direction_of_html, has_visible_sign, slug_of


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


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("हिन्दी में नींद का सवाल", "हिन्दी-में-नींद-का-सवाल"),
        ("ทำไมนอนไม่หลับ", "ทำไมนอนไม่หลับ"),
        ("தூக்கம் வரவில்லை?", "தூக்கம்-வரவில்லை"),
        ("ঘুম আসে না", "ঘুম-আসে-না"),
        ("لا أستطيع النَّوم", "لا-أستطيع-النَّوم"),
        ("  Hello, World! -- it's_me ", "hello-world-its_me"),
        ("Ｆｕｌｌ width", "full-width"),
        ("❤️ and 1️⃣", "and-1"),
        ("…", ""),
    ],
)
def test_an_address_keeps_the_marks_of_letters(title: str, slug: str) -> None:
    assert slug_of(title, 80) == slug


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_an_address_keeps_to_its_length(title: str, length: int) -> None:
    slug = slug_of(title, length)

    assert len(slug) <= length
    assert slug == slug.strip("-_")
    assert not set(slug) & set("/?#&%. ")


@pytest.mark.parametrize(
    ("html", "way"),
    [
        ('<p dir="auto">שלום</p>', "rtl"),
        ('<p dir="auto">123 &amp; <b>hello</b> שלום</p>', "ltr"),
        ('<p><a href="/abc">نعم</a></p>', "rtl"),
        ("<hr>", ""),
    ],
)
def test_html_runs_as_its_first_letter_does(html: str, way: str) -> None:
    assert direction_of_html(html) == way


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u2800", "\u00ad", "\u3164", "\u034f", "\ufe0f", "\U000e0041"])
def test_nothing_is_seen_of_some_letters(text: str) -> None:
    assert not has_visible_sign(text)
