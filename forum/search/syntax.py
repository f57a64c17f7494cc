"""Reads what somebody typed to search for. Nothing is an error: what is not understood becomes a hint.

Pure: it asks no database. Whether there is such a tag or member is seen later, by `forum/queries/search_filters.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from forum.plaintext import clean_line
from forum.search.operators import BY_NAME, MEANT, Operator, Value, nearest_name
from forum.search.words import cut

LENGTH: Final = 300
"""Characters of a search that are read."""
WORDS_MOST: Final = 20  # more than that find nothing, and cost
_FILTERS_MOST: Final = 12
_HINTS_MOST: Final = 3
_QUOTED_MOST: Final = 60  # of what was typed, in a hint
_PHRASE_WORDS: Final = 12
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | {"：": ":", "−": "-", "－": "-"})
_PIECE: Final = re.compile(r'(-?)(?:([^\W\d_]{1,12}):)?("[^"]*"?|\S+)|(\S+)')
_JOINED_BY: Final = frozenset("-‐‑._")
_OR, _AND = frozenset({"OR", "|", "||"}), frozenset({"AND", "&", "&&", "+"})
_AROUND: Final = "()[]{},;"
_AROUND_VALUE: Final = _AROUND + '"'


@dataclass(frozen=True)
class Said:
    """One word, or several that stand side by side, as typed and as the index holds them."""

    text: str
    words: tuple[str, ...]
    tokens: tuple[str, ...]
    is_exact: bool = False
    in_title: bool = False


@dataclass(frozen=True)
class Filter:
    """One operator with its value: `value` as it was typed, `meaning` as it was read."""

    name: str
    value: str
    meaning: Value
    is_without: bool = False


@dataclass(frozen=True)
class Part:
    """One thing that was typed: words, or a filter; `is_without` has a minus."""

    typed: str
    said: tuple[Said, ...] = ()
    filter: Filter | None = None
    is_without: bool = False


@dataclass(frozen=True)
class Segment:
    """A part that must fit, or several of which one must."""

    parts: tuple[Part, ...]

    @property
    def typed(self) -> str:
        """The segment as it is typed."""
        return " OR ".join(part.typed for part in self.parts)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Its filters; one of them must fit. Empty for words."""
        return tuple(part.filter for part in self.parts if part.filter)


@dataclass(frozen=True)
class Hint:
    """A sentence about something that was not understood, and what could be typed instead of it."""

    typed: str
    sentence: str
    instead: str = ""


@dataclass(frozen=True)
class Search:
    """What somebody asked for; `typed` is all of it, made regular."""

    segments: tuple[Segment, ...] = ()
    hints: tuple[Hint, ...] = ()
    typed: str = ""

    @property
    def text(self) -> str:
        """The search as it could be typed again."""
        return " ".join(segment.typed for segment in self.segments)

    @property
    def groups(self) -> tuple[tuple[Said, ...], ...]:
        """Words that a text must have: one of each group."""
        found: list[tuple[Said, ...]] = []
        for segment in self.segments:
            wanted = [part for part in segment.parts if part.said and not part.is_without]
            if len(wanted) > 1:
                found.append(tuple(_side_by_side(part.said) for part in wanted))
            else:
                found += [(said,) for part in wanted for said in part.said]
        return tuple(dict.fromkeys(found))[:WORDS_MOST]

    @property
    def without(self) -> tuple[Said, ...]:
        """Words that a text must not have."""
        unwanted = (part for segment in self.segments for part in segment.parts if part.is_without and part.said)
        return tuple(dict.fromkeys(_side_by_side(part.said) for part in unwanted))[:WORDS_MOST]

    @property
    def phrases(self) -> tuple[str, ...]:
        """What a text must hold word for word."""
        return tuple(group[0].text for group in self.groups if len(group) == 1 and group[0].is_exact)

    @property
    def filters(self) -> tuple[tuple[Filter, ...], ...]:
        """Filters, of each group one."""
        return tuple(segment.filters for segment in self.segments if segment.filters)

    def leaving(self, is_left: Callable[[Segment], bool]) -> "Search":
        """Return the search without some of its segments."""
        return Search(tuple(segment for segment in self.segments if not is_left(segment)))

    def exactly(self) -> str:
        """Return the search with every word in quotes, so that it means that word and nothing near it."""
        return " ".join(
            " OR ".join(_in_quotes(part, is_alone=len(segment.parts) == 1) for part in segment.parts)
            for segment in self.segments
        )


def read(text: str) -> Search:
    """Return what `text` asks for; any text is a search."""
    typed = clean_line(text[: 4 * LENGTH])[:LENGTH].strip()
    segments: list[Segment] = []
    hints: list[Hint] = []
    words = filters = 0
    is_or = False
    for piece in _pieces(typed.translate(_QUOTES)):
        if piece.is_plain and piece.value in _AND:
            continue
        if piece.is_plain and piece.value in _OR:
            is_or = bool(segments)
            continue
        part = _part(piece, hints)
        if part is None or (words := words + len(part.said)) > WORDS_MOST:
            continue
        filters += part.filter is not None
        if part.filter is not None and filters > _FILTERS_MOST:
            continue
        if is_or and _goes_together(segments[-1].parts[-1], part):
            segments[-1] = Segment((*segments[-1].parts, part))
        else:
            segments.append(Segment((part,)))
            if is_or:
                hints.append(
                    Hint("OR", "OR works between words or between operators, but not between a word and an operator.")
                )
        is_or = False
    if words > WORDS_MOST:
        hints.append(Hint("", f"Search uses the first {WORDS_MOST} words."))
    if filters > _FILTERS_MOST:
        hints.append(Hint("", f"Search uses the first {_FILTERS_MOST} operators."))
    return Search(tuple(segments), tuple(dict.fromkeys(hints))[:_HINTS_MOST], typed)


def say(text: str) -> tuple[Said, ...]:
    """Return the words of `text`, whatever signs are between them."""
    return tuple(_said(text, is_exact=False))


@dataclass(frozen=True)
class _Piece:
    """What stands between two spaces, or in quotes."""

    minus: bool
    name: str
    value: str
    is_quoted: bool

    @property
    def is_plain(self) -> bool:
        return not (self.minus or self.name or self.is_quoted)


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut the text; an operator and its value may have a space between them where that makes sense."""
    found = [_piece(match) for match in _PIECE.finditer(text)]
    at = 0
    while at < len(found):
        piece = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        operator = BY_NAME.get(piece.value[:-1].strip(_AROUND).lower()) if _is_bare_name(piece) else None
        if operator and following and _follows(operator, following):
            yield replace(following, minus=piece.minus, name=operator.name)
            at += 2
            continue
        yield piece
        at += 1


def _piece(match: re.Match[str]) -> _Piece:
    minus, name, value, other = match.groups()
    value = value or other or ""
    is_quoted = value.startswith('"')
    return _Piece(bool(minus), (name or "").lower(), value.strip('"') if is_quoted else value, is_quoted)


def _is_bare_name(piece: _Piece) -> bool:
    return not (piece.name or piece.is_quoted) and piece.value.endswith(":")


def _follows(operator: Operator, piece: _Piece) -> bool:
    is_value = not (piece.minus or piece.name) and operator.read(_value(piece)) is not None
    return is_value and not (piece.value in _OR | _AND and piece.is_plain)


def _value(piece: _Piece) -> str:
    return piece.value.strip() if piece.is_quoted else piece.value.strip(_AROUND_VALUE)


def _part(piece: _Piece, hints: list[Hint]) -> Part | None:
    """Return what a piece asks for, or None and, where something was meant, a hint."""
    name = piece.name
    operator = BY_NAME.get(name)
    value = _value(piece)
    if operator is None:
        whole = f"{name}:{piece.value}" if name else piece.value
        near = nearest_name(name) if len(name) > 1 and not value.startswith("/") and value else ""
        if not near or not any(_said(value, is_exact=False)):
            return _words(whole, piece)
        hints.append(_unknown(f"{name}:{value}", f"{near}:{_quoted(value)}"))
        kept = _words(value, piece)
        # It stays as it was typed, so that it means the same when it is read again.
        return replace(kept, typed=f"{'-' if piece.minus else ''}{name}:{_in_marks(piece)}") if kept else None
    if operator.name == "title":
        return _words(value, piece, in_title=True)
    meaning = operator.read(value)
    typed = f"{operator.name}:{_quoted(value)}"
    if meaning is None:
        if value:
            hints.append(_misread(typed, operator, value))
        return None
    sign = "-" if piece.minus else ""
    return Part(sign + typed, filter=Filter(operator.name, value, meaning, piece.minus), is_without=piece.minus)


def _in_marks(piece: _Piece) -> str:
    return f'"{piece.value}"' if piece.is_quoted else piece.value


def _words(text: str, piece: _Piece, *, in_title: bool = False) -> Part | None:
    said = tuple(replace(one, in_title=in_title) for one in _said(text, is_exact=piece.is_quoted))
    if not said:
        return None
    # Without a colon at its end, so that what comes to stand behind it never becomes its value.
    typed = f'"{text}"' if piece.is_quoted else text.rstrip(":")
    return Part(f"{'-' if piece.minus else ''}{'title:' if in_title else ''}{typed}", said=said, is_without=piece.minus)


def _said(text: str, *, is_exact: bool) -> Iterator[Said]:
    """Cut a text into words; those joined by a hyphen or a dot stay together, and a phrase as a whole."""
    found = cut(text)[: _PHRASE_WORDS if is_exact else WORDS_MOST]
    start = 0
    for at in range(1, len(found) + 1):
        is_joined = at < len(found) and (is_exact or text[found[at - 1][1] : found[at][0]] in _JOINED_BY)
        if not is_joined:
            own = found[start:at]
            yield Said(
                text=text[own[0][0] : own[-1][1]],
                words=tuple(text[first:last] for first, last, _ in own),
                tokens=tuple(token for _, _, token in own),
                is_exact=is_exact,
            )
            start = at


def _side_by_side(said: Sequence[Said]) -> Said:
    first = said[0]
    if len(said) == 1:
        return first
    words = tuple(word for one in said for word in one.words)
    return replace(
        first, text=" ".join(words), words=words, tokens=tuple(token for one in said for token in one.tokens)
    )


def _goes_together(part: Part, other: Part) -> bool:
    """Say whether one of the two can be asked for: two filters, or two words that are wanted."""
    if part.filter or other.filter:
        return bool(part.filter and other.filter)
    return not (part.is_without or other.is_without)


def _in_quotes(part: Part, *, is_alone: bool) -> str:
    if not part.said or part.is_without or part.said[0].is_exact:
        return part.typed
    prefix = "title:" if part.said[0].in_title else ""
    said = part.said if is_alone else [_side_by_side(part.said)]
    return " ".join(f'{prefix}"{one.text}"' for one in said)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or value != value.strip(_AROUND_VALUE) else value


def _unknown(typed: str, instead: str) -> Hint:
    return Hint(typed, f"“{typed[:_QUOTED_MOST]}” isn’t something search knows.", instead)


def _misread(typed: str, operator: Operator, value: str) -> Hint:
    meant = MEANT.get(typed.lower()) or operator.nearest(value)
    if meant:
        return _unknown(typed, meant)
    return Hint(typed, f"After “{operator.name}:” type {operator.wants}.")
