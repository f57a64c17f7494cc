"""Searches that nobody would type and somebody will: operators, words and signs thrown together, the same each time."""

from collections.abc import Iterator
from random import Random

_WORDS = (
    "sleep anxiety panic therapy my mother I can't am the how to feel alone at night work grief anxitey Angst naïve"
    " self-care o'clock 4am 眠れない 不安 тревога קשה نوم 😀 ❤️ e\u0301te\u0301 ﬁne İstanbul straße x 1 2026 C++ a.b.c"
).split()
_VALUES = {
    "tag": ("sleep", "panic", "nobody-has-this", "שינה", '"two words"', "", "-", "a:b", "*"),
    "category": ("sleep", "anxiety/panic-attacks", "no/where", "/", "", "%", '"'),
    "user": ("me", "Olek", "nobody at all", '"Noor Haddad"', "", "@", "\u202e"),
    "is": ("question", "answer", "accepted", "unanswered", "closed", "mine", "bookmarked", "followed", "purple", ""),
    "score": (">5", "<0", ">=3", "<=2", "0", "-3", "2..8", "..", ">", "99999999999999999999", "many", ""),
    "answers": ("0", ">3", "1..2", "-1", "1e9", "٣", "<"),
    "views": (">100", "<10", "0..0", "٥", "10k"),
    "created": ("<1w", ">2y", "3d", "<0d", "<9999999y", "2026", "2026-02", "2026-02-31", "yesterday", ""),
    "after": ("2026-01-01", "2026-13-45", "0000-00-00", "9999-12-31", "today", "1w", ""),
    "before": ("2025-06-30", "1969-12-31", "10000-01-01", "2026", ""),
    "has": ("image", "link", "", "has:image"),
    "intent": ("advice", "listening", "information", "help", ""),
    "title": ("sleep", '"how do you"', "-sleep", "", '"'),
    "nonsense": ("value", ""),
}
_SIGNS = (
    *('"', "'", "(", ")", "*", ":", "-", "--", "+", "^", "~", "{", "}", "[", "]", "\\", "/", "%", "_", "&", "|", "!"),
    *(
        "OR",
        "AND",
        "NOT",
        "NEAR",
        "or",
        "-OR",
        '""',
        '"-"',
        "<->",
        ":*",
        "\x00",
        "\t",
        "\u200d",
        "\ufeff",
        "\ud7ff",
        ";--",
    ),
)


def random_searches(count: int, seed: int = 4) -> Iterator[str]:
    """Yield `count` searches; the same seed gives the same ones."""
    numbers = Random(seed)
    for _ in range(count):
        parts = [_part(numbers) for _ in range(numbers.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 30)))]
        yield numbers.choice((" ", " ", " ", " ", "", "  ", "\t")).join(parts)


def _part(numbers: Random) -> str:
    kind = numbers.random()
    if kind < 0.35:
        return numbers.choice(("", "", "", "-", "+")) + numbers.choice(_WORDS)
    if kind < 0.70:
        name = numbers.choice(tuple(_VALUES))
        written = numbers.choice((name, name, name, name.upper(), name[:-1]))
        return f"{numbers.choice(('', '', '', '-', '--'))}{written}:{numbers.choice(_VALUES[name])}"
    if kind < 0.80:
        return '"' + " ".join(numbers.choices(_WORDS, k=numbers.randint(0, 5))) + numbers.choice(('"', '"', ""))
    if kind < 0.87:
        return f"{numbers.choice(_WORDS)} OR {numbers.choice(_WORDS)}"
    if kind < 0.97:
        return numbers.choice(_SIGNS)
    return "".join(chr(numbers.choice((numbers.randrange(32, 127), numbers.randrange(160, 0xD7FF)))) for _ in range(20))
