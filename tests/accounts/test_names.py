"""Which names members may have, and which look alike."""

import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.names import MAX_KEY, RESERVED, clean_name, name_key, validate_name


@pytest.mark.parametrize(
    ("value", "expected"),
    [("  Ann \t Lee ", "Ann Lee"), ("Ａｎｎ", "Ann"), ("e\u0301", "é"), ("ﬁn", "fin"), ("", "")],
)
def test_clean_name(value: str, expected: str) -> None:
    assert clean_name(value) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann", "aNN"),
        ("Ann", "Аnn"),
        ("Ann", "𝐀𝐧𝐧"),
        ("Hanna", "Нanna"),
        ("liam", "Iiam"),
        ("liam", "1iam"),
        ("Otto", "0tt0"),
        ("Ann Lee", "ann.lee"),
        ("Ann Lee", "AnnLee"),
        ("hoc", "нос"),
        ("Bernie", "Bemie"),
        ("Straße", "STRASSE"),
        ("НОРА", "нора"),
    ],
)
def test_look_alikes_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ann", "Anna"), ("Zoë", "Zoe"), ("Ivan", "Inan"), ("Ann", "Αννα"), ("山田", "山本")]
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_key_knows_no_case_and_has_a_limit(value: str) -> None:
    assert name_key(value) == name_key(clean_name(value).casefold())
    assert len(name_key(value)) <= MAX_KEY


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "Ann Lee",
        "Jean-Luc",
        "o'Neill",
        "wren_7",
        "山田",
        "Анна",
        "Ελένη",
        "محمد",
        "נועה",
        "می\u200cنا",
        "हिन्दी",
        "Zoë",
        "김민",
        "Q2A",
    ],
)
def test_names_that_are_fine(name: str) -> None:
    assert validate_name(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "short"),
        ("Al", "short"),
        ("山", "short"),
        ("a" * 31, "long"),
        ("a/b", "signs"),
        ("ann@e.org", "signs"),
        ("a+b", "signs"),
        ("a\x00b", "signs"),
        ("ann\u202e", "signs"),
        ("an\u200dn", "signs"),
        ("ann\u200b", "signs"),
        ("ann😀", "signs"),
        ("<b>", "signs"),
        (".ann", "signs"),
        ("a---b", "signs"),
        ("12345", "letterless"),
        ("Аnn", "mixed"),
        ("Annα", "mixed"),
        ("Anonymous", "reserved"),
        ("an0nym0us", "reserved"),
        ("M0derator", "reserved"),
        ("ad.min", "reserved"),
        ("y o u", "reserved"),
        ("Admln", "reserved"),
    ],
)
def test_names_that_are_refused(name: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_name(name)

    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")


def test_every_reserved_name_is_refused() -> None:
    for name in RESERVED:
        with pytest.raises(ValidationError):
            validate_name(name)


def test_the_table_of_look_alikes_is_read_only_when_a_name_is_compared() -> None:
    code = "import sys, accounts.names as names; print('confusable_homoglyphs' in sys.modules, names._prototypes.cache_info().currsize)"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed.split() == ["False", "0"]


UNSEEN = [
    "\ufe0f",
    "\u034f",
    "\u115f",
    "\u1160",
    "\uffa0",
    "\u3164",
    "\u180b",
    "\u17b4",
    "\u00ad",
    "\u2060",
    "\U000e0020",
]


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_name_with_what_nobody_sees_is_refused_and_has_the_key_of_the_name_without(sign: str, place: int) -> None:
    name = "Olivia"[:place] + sign + "Olivia"[place:]

    with pytest.raises(ValidationError, match="Use only letters"):
        validate_name(name)
    assert name_key(name) == name_key("Olivia")


@pytest.mark.parametrize("sign", [*UNSEEN, "\u2800", "\u200b"])
def test_a_name_of_nothing_that_can_be_seen_is_refused(sign: str) -> None:
    with pytest.raises(ValidationError):
        validate_name(sign * 5)


@pytest.mark.parametrize(
    "name", ["Olivia" + "\u0301" * 24, "Olivia\u0323\u0323", "Ol\u0300\u0301\u0302\u0303\u0304ivia"]
)
def test_piled_marks_are_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="marks on one letter"):
        validate_name(name)


@pytest.mark.parametrize("name", ["Nguyễn Thị Hồng", "हिन्दी", "ที่รัก", "בְּרֵאשִׁית", "தமிழ்", "বাংলা", "بَيَّنَ", "བོད་སྐད"])
def test_the_marks_of_real_scripts_are_taken(name: str) -> None:
    assert validate_name(name.replace("་", "")) is None
