"""Names after an @: where they may stand in a text, and whose they are; pure, and never an error."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import category
from urllib.parse import quote, unquote

from markdown_it.token import Token

from accounts.names import MAX_LENGTH, name_key

LINKED_MOST: Final = 50  # places in one text: a longer list of links helps nobody
CLASS: Final = "mention"
_LINK: Final = re.compile(rf'<(/?)blockquote\b|<a href="/user/([^"]+)/" class="{CLASS}">')
_READ_MOST: Final = 200  # signs in one source: code may hold many that name nobody
_SIGNS: Final = frozenset(" -_.'’·")
_JOINERS: Final = frozenset("\u200c\u200d")
# Before the sign, these make it part of an address or of another word.
_GLUE: Final = frozenset("./\\@#&=%+-")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_PARTS: Final = re.compile(r"[ \-_.'’·]+")
# Scripts that put no spaces between words: a name may end between any two of their letters.
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class Called:
    """Whom a name means: what they were called when it was written, and where their page is now."""

    name: str
    path: str


Names = Mapping[str, Called]  # by the key (`name_key`) of the name


@dataclass(frozen=True)
class Named:
    """Somebody whose page is `path` is named from `start` to `end` of a text."""

    start: int
    end: int
    path: str


def keys_in(source: str) -> frozenset[str]:
    """Return the keys of all names that a Markdown source could mean, to be looked up at once."""
    if "@" not in source:
        return frozenset()
    text = _ESCAPED.sub(r"\1", source)
    signs = (at for at, letter in enumerate(text) if letter == "@" and not text[max(at - 1, 0) : at].isalnum())
    found = (at for at, _ in zip(signs, range(_READ_MOST), strict=False))
    return frozenset(name_key(text[at + 1 : end]) for at in found for end in _ends(text, at + 1))


def find(text: str, names: Names) -> Iterator[Named]:
    """Give each place of `text` where one of `names` stands behind an @; the longest name that fits is meant."""
    at = text.find("@")
    while at >= 0:
        end = at + 1
        if _may_begin(text, at):
            for end in _ends(text, at + 1):
                called = names.get(name_key(text[at + 1 : end]))
                if called is not None and _is_spelled(text[at + 1 : end], called.name):
                    yield Named(at, end, called.path)
                    break
            else:
                end = at + 1
        at = text.find("@", end)


def link(tokens: Sequence[Token], names: Names) -> None:
    """Link whoever is named in words that are no link; only the first fifty places of a text."""
    room = LINKED_MOST
    for token in tokens:
        result: list[Token] = []
        is_linked = False
        for child in token.children or []:
            is_linked = child.type == "link_open" or (is_linked and child.type != "link_close")
            found = [] if is_linked or child.type != "text" else list(find(child.content, names))[:room]
            room -= len(found)
            result.extend(_with_links(child, found))
        token.children = result if token.children else token.children


def linked_in(html: str) -> dict[str, bool]:
    """Return who is linked in what `markup.render` made, by the keys of their names, and whether outside of quotes."""
    found: dict[str, bool] = {}
    depth = 0
    for closes, name in _LINK.findall(html):
        if name:
            key = name_key(unquote(name))
            found[key] = found.get(key, False) or not depth
        else:
            depth += -1 if closes else 1
    return found


def called(name: str, since: str = "") -> Called:
    """Return whom `name` means: the member who is called so, or `since` then."""
    return Called(name, f"/user/{quote(since or name)}/")


def _may_begin(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in _GLUE)


def _ends(text: str, start: int) -> list[int]:
    """Return where a name that begins at `start` could end, the furthest first."""
    if start >= len(text) or not text[start].isalnum():
        return []
    ends: list[int] = []
    for at in range(start, min(start + MAX_LENGTH, len(text))):
        letter, after = text[at], text[at + 1 : at + 2]
        if not (_is_letter(letter) or letter in _SIGNS or letter in _JOINERS):
            break
        if _is_letter(letter) and (not after or not _is_letter(after) or _UNSPACED.match(letter + after)):
            ends.append(at + 1)
    return ends[::-1]


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or category(letter).startswith("M")


def _is_spelled(typed: str, name: str) -> bool:
    """Say whether `typed` is `name` with its parts apart as they are there, or run together.

    Keys know no spaces and no signs: else "@bob. So" would mean a member called bobso, and "@bob's" one called bobs.
    """
    parts = _keys(typed)
    return len(parts) == 1 or parts == _keys(name)


def _keys(text: str) -> list[str]:
    return [name_key(part) for part in _PARTS.split(text) if part]


def _with_links(text: Token, found: Sequence[Named]) -> Iterator[Token]:
    if not found:
        yield text
        return
    done = 0
    for one in (*found, None):
        yield Token("text", "", 0, content=text.content[done : one.start if one else None], level=text.level)
        if one:
            attributes: dict[str, str | int | float] = {"href": one.path, "class": CLASS}
            yield Token("link_open", "a", 1, attrs=attributes, level=text.level)
            yield Token("text", "", 0, content=text.content[one.start : one.end], level=text.level)
            yield Token("link_close", "a", -1, level=text.level)
            done = one.end
