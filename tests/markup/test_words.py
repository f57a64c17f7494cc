"""Words of a text, alike however they are written."""

import pytest

from forum.plaintext import words


@pytest.mark.parametrize(
    "text, found",
    [
        ("Don't PANIC, 2 times_over!", ["dont", "panic", "2", "times", "over"]),
        ("Café ＣＡＦＥ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("Straße don’t", ["strasse", "dont"]),
        ("vi\u200bag\u00adra", ["viagra"]),
        ("Ελλάδα Йод", ["ελλαδα", "иод"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مَدرسة", ["مدرسة"]),
        ("한국어 말", ["한국어", "말"]),
        ("失眠 help", ["失", "眠", "help"]),
        ("help失眠ok", ["help", "失", "眠", "ok"]),
        ("ไม่หลับ", ["ไ", "ม่", "ห", "ลั", "บ"]),
        ("がぎ", ["が", "ぎ"]),
        ("…", []),
    ],
)
def test_words_of_every_script(text, found):
    assert words(text) == found


def test_words_of_a_long_text_come_at_once():
    assert len(words("é " * 15_000)) == 15_000
