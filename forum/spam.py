"""How much a text looks like spam, and why: a few plain signs, each with points and a sentence.

Pure: what it needs to know of the site stands in `Facts`. A person decides; this only says whose first post a person
should read before others do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from math import exp, log
from urllib.parse import urlsplit

from forum.plaintext import is_without_spaces, words

MOST = 100  # points
_LINK_POINTS, _LINKS_POINTS_MOST = 15, 45
_SAME_DOMAIN_POINTS = 15
_REPEATED_POINTS, _NEARLY_REPEATED_POINTS = 40, 30
_NEW_POINTS = 15
_QUICK_POINTS = 20
_LEARNED_POINTS, _PERHAPS_LEARNED_POINTS = 50, 30

_NEW = timedelta(days=1)
_REPEATED_WORDS_LEAST = 8  # fewer are said by many: "Thank you, that helped me a lot"
_NEARLY = 0.8  # share of words that two texts have in common
_QUICK_LETTERS_LEAST = 80
_TYPED_A_SECOND = 20  # letters; the fastest write ten, others paste what they wrote elsewhere

POSTS_LEAST = 10  # of each sort, before learned words say anything
WORDS_MOST = 300  # learned of one post
WORD_LONGEST = 40  # the column of `LearnedWord`
_WORD_SHORTEST = 3
_TELLING_MOST = 40
_EVEN = 0.5
_TELLING = 0.15  # how far from even the odds of a word are before it tells anything
_STRENGTH = 1.0  # how many posts the assumption of even odds weighs
_SURE, _PERHAPS = 0.95, 0.8
_NAMED = 4

_HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')


@dataclass(frozen=True)
class Learned:
    """What moderators decided before: how many posts were spam and were kept, in all and with each word."""

    spam: int = 0
    kept: int = 0
    words: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What the score looks at. `age` is None for somebody without an account; `recent` holds beginnings of posts."""

    source: str
    beginning: str = ""
    links: Sequence[str] = ()
    recent: Sequence[str] = ()
    age: timedelta | None = None
    seconds_open: float | None = None
    learned: Learned = Learned()


@dataclass(frozen=True)
class Score:
    """Points from 0 to 100, and the sentences that explain them."""

    total: int
    reasons: tuple[str, ...]


_Sign = tuple[int, str] | None


def score(facts: Facts) -> Score:
    """Return how much `facts` look like spam."""
    looks = (_links, _same_domain, _repetition, _newness, _haste, _learned_words)
    signs = [sign for look in looks if (sign := look(facts))]
    total = min(MOST, sum(points for points, _ in signs))
    return Score(total, tuple(f"{sentence} (+{points})" for points, sentence in signs))


def links_in(html: str, *, own: str = "") -> list[str]:
    """Return where the links of a rendered text lead, but for those that begin with `own`, this site's address."""
    found = [unescape(address) for address in _HREF.findall(html)]
    return [address for address in found if not own or not f"{address}/".startswith(f"{own}/")]


def features(source: str) -> list[str]:
    """Return what can be learned of a text: each word once; of scripts without spaces, neighbours in twos."""
    found = words(source)
    alone = [is_without_spaces(word[0]) for word in found]
    pairs = (found[at] + found[at + 1] for at in range(len(found) - 1) if alone[at] and alone[at + 1])
    long = (word for word in found if _WORD_SHORTEST <= len(word) <= WORD_LONGEST and not word.isdigit())
    return list(dict.fromkeys([*long, *pairs]))[:WORDS_MOST]


def probability(learned: Learned, found: Iterable[str]) -> tuple[float, list[str]]:
    """Return how likely the words `found` are those of spam, from 0 to 1, and the words that say so most.

    Gary Robinson, "A Statistical Approach to the Spam Problem", Linux Journal 107 (2003): the odds of each word, drawn
    towards even where few posts had it, taken as independent and combined by Fisher's method. Words for and against
    that balance each other give 0.5, and so do too few examples.
    """
    if min(learned.spam, learned.kept) < POSTS_LEAST:
        return _EVEN, []
    odds = {word: _odds(learned, *learned.words[word]) for word in found if word in learned.words}
    ranked = sorted(odds, key=lambda word: (-abs(odds[word] - _EVEN), word))
    telling = [word for word in ranked if abs(odds[word] - _EVEN) >= _TELLING][:_TELLING_MOST]
    if not telling:
        return _EVEN, []
    like_spam = _unlikely(-2 * sum(log(odds[word]) for word in telling), len(telling))
    like_kept = _unlikely(-2 * sum(log(1 - odds[word]) for word in telling), len(telling))
    return (1 + like_spam - like_kept) / 2, [word for word in telling if odds[word] > _EVEN]


def _odds(learned: Learned, spam: int, kept: int) -> float:
    often, seldom = spam / learned.spam, kept / learned.kept
    seen = spam + kept
    share = often / (often + seldom) if seen else _EVEN
    return (_STRENGTH * _EVEN + seen * share) / (_STRENGTH + seen)


def _unlikely(chi_squared: float, count: int) -> float:
    """Return the chance that chi-squared with 2 × `count` degrees of freedom is at least this."""
    half = chi_squared / 2
    term = total = exp(-half)
    for step in range(1, count):
        term *= half / step
        total += term
    return min(total, 1.0)


def _links(facts: Facts) -> _Sign:
    count = len(facts.links)
    if not count:
        return None
    said = "It has a link." if count == 1 else f"It has {count} links."
    return min(count * _LINK_POINTS, _LINKS_POINTS_MOST), said


def _same_domain(facts: Facts) -> _Sign:
    domains = Counter(_domain(link) for link in facts.links)
    domain, count = domains.most_common(1)[0] if domains else ("", 0)
    return (_SAME_DOMAIN_POINTS, f"{count} of its links lead to {domain}.") if count > 1 else None


def _domain(link: str) -> str:
    try:
        return (urlsplit(link).hostname or link).removeprefix("www.")
    except ValueError:  # no browser follows it either
        return link


def _repetition(facts: Facts) -> _Sign:
    ours = words(facts.beginning)
    if len(ours) < _REPEATED_WORDS_LEAST:
        return None
    others = [words(text) for text in facts.recent]
    if ours in others:
        return _REPEATED_POINTS, "A recent post here has the same text."
    mine = set(ours)
    if any(len(mine & set(each)) >= _NEARLY * len(mine | set(each)) for each in others):
        return _NEARLY_REPEATED_POINTS, "A recent post here has nearly the same text."
    return None


def _newness(facts: Facts) -> _Sign:
    # One sentence for guests and new members, so that it tells nothing of who wrote without a name.
    if facts.age is None or facts.age < _NEW:
        return _NEW_POINTS, "Its author joined today or has no account."
    return None


def _haste(facts: Facts) -> _Sign:
    letters, seconds = len(facts.source), facts.seconds_open
    if seconds is None or letters < _QUICK_LETTERS_LEAST or letters <= _TYPED_A_SECOND * seconds:
        return None
    return _QUICK_POINTS, f"{letters:,} characters were sent {seconds:.0f} seconds after the form was opened."


def _learned_words(facts: Facts) -> _Sign:
    likely, telling = probability(facts.learned, features(facts.source))
    if likely < _PERHAPS or not telling:
        return None
    named = ", ".join(telling[:_NAMED])
    points = _LEARNED_POINTS if likely >= _SURE else _PERHAPS_LEARNED_POINTS
    return points, f"It uses words of posts that were removed here as spam: {named}."
