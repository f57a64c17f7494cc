"""What changed between two texts, word by word; and two changes of one text made into one, where they do not meet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

SAME, ADDED, REMOVED = "same", "added", "removed"

# Scripts without spaces between words are compared sign by sign.
_TOKEN = re.compile(r"\s|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[!-/:-@\[-`{-~“”„‘…–—]|[^\s!-/:-@\[-`{-~“”„‘…–—]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CELLS_MOST = 400_000  # words of one text times words of the other, all changed lines together: a tenth of a second
_AROUND = 1  # unchanged lines shown beside a change

_Step = tuple[str, int, int, int, int]  # verb, from and to in the one list, from and to in the other


@dataclass(frozen=True)
class Piece:
    """Some words that are the same, added or removed (`kind`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """Some lines of both texts that belong together; with `skipped`, as many unchanged lines that are left out."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def before(self) -> tuple[Piece, ...]:
        """The words of the text before."""
        return tuple(piece for piece in self.pieces if piece.kind != ADDED)

    @property
    def after(self) -> tuple[Piece, ...]:
        """The words of the text after."""
        return tuple(piece for piece in self.pieces if piece.kind != REMOVED)

    @property
    def is_changed(self) -> bool:
        """Whether any word differs."""
        return any(piece.kind != SAME for piece in self.pieces)


@dataclass(frozen=True)
class _Hunk:
    """What takes the place of the words from `start` to `end` of a text."""

    start: int
    end: int
    words: tuple[str, ...]


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one run of words, those removed before those added."""
    return tuple(_pieces(before, after))


def rows_changed(before: str, after: str) -> tuple[Row, ...]:
    """Return what changed, line beside line, with the lines around it; nothing when nothing did."""
    if before == after:
        return ()
    return tuple(_near_changes(list(_rows(words_changed(before, after)))))


def merged(base: str, one: str, other: str) -> str | None:
    """Return `base` with the changes of both texts, or None where they meet and a person must choose."""
    if one in {base, other}:
        return other
    if other == base:
        return one
    words = _TOKEN.findall(base)
    hunks = sorted({*_hunks(words, one), *_hunks(words, other)}, key=lambda hunk: (hunk.start, hunk.end))
    # Changes that touch count as meeting: nobody can say in which order their words belong.
    if any(later.start <= earlier.end for earlier, later in pairwise(hunks)):
        return None
    for hunk in reversed(hunks):
        words[hunk.start : hunk.end] = hunk.words
    return "".join(words)


def merged_names(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return `base` with the names that either has added, and without those that either has removed."""
    removed = (set(base) - set(one)) | (set(base) - set(other))
    return [name for name in dict.fromkeys([*base, *one, *other]) if name not in removed]


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Compare lines at first, and words only where lines differ: a long text with one new word stays cheap."""
    ours, theirs = _LINE.findall(before), _LINE.findall(after)
    found: list[tuple[str, str]] = []
    room = _CELLS_MOST
    for verb, start, end, begin, stop in _steps(ours, theirs, room):
        if verb == "equal":
            found.append((SAME, "".join(ours[start:end])))
            continue
        old, new = _TOKEN.findall("".join(ours[start:end])), _TOKEN.findall("".join(theirs[begin:stop]))
        found += _words(old, new, room)
        room -= len(old) * len(new)
    yield from _joined(found)


def _words(ours: list[str], theirs: list[str], room: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for verb, start, end, begin, stop in _steps(ours, theirs, room):
        if verb == "equal":
            found.append((SAME, "".join(ours[start:end])))
        else:
            found += [(REMOVED, "".join(ours[start:end])), (ADDED, "".join(theirs[begin:stop]))]
    return found


def _joined(found: list[tuple[str, str]]) -> Iterator[Piece]:
    """Join neighbours of a kind; a space between two changes belongs to them, so that phrases stay whole."""
    removed = added = ""
    for at, (kind, text) in enumerate(found):
        follows = found[at + 1][0] if at + 1 < len(found) else SAME
        if kind == REMOVED:
            removed += text
        elif kind == ADDED:
            added += text
        elif (removed and added) and follows != SAME and text.isspace() and "\n" not in text:
            removed, added = removed + text, added + text
        elif text:
            yield from _changed(removed, added)
            removed = added = ""
            yield Piece(SAME, text)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    """Begin a new row wherever both texts begin a new line."""
    row: list[Piece] = []
    for piece in pieces:
        if piece.kind != SAME:
            row.append(piece)
            continue
        *lines, rest = piece.text.split("\n")
        for line in lines:
            row += [Piece(SAME, line)] if line else []
            if row:
                yield Row(tuple(row))
            row = []
        if rest:
            row.append(Piece(SAME, rest))
    if row:
        yield Row(tuple(row))


def _near_changes(rows: list[Row]) -> Iterator[Row]:
    skipped = 0
    for at, row in enumerate(rows):
        if any(near.is_changed for near in rows[max(0, at - _AROUND) : at + _AROUND + 1]):
            if skipped:
                yield Row(skipped=skipped)
            skipped = 0
            yield row
        else:
            skipped += 1
    if skipped:
        yield Row(skipped=skipped)


def _hunks(words: list[str], text: str) -> list[_Hunk]:
    """Return what `text` changes of `words`; one hunk of everything where comparing would take too long."""
    theirs = _TOKEN.findall(text)
    return [
        _Hunk(start, end, tuple(theirs[begin:stop]))
        for verb, start, end, begin, stop in _steps(words, theirs, _CELLS_MOST)
        if verb != "equal"
    ]


def _steps(ours: Sequence[str], theirs: Sequence[str], room: int) -> list[_Step]:
    """Return the steps from one list to the other; what would take too long to compare is replaced as a whole."""
    start, end, stop = 0, len(ours), len(theirs)
    while start < min(end, stop) and ours[start] == theirs[start]:
        start += 1
    while min(end, stop) > start and ours[end - 1] == theirs[stop - 1]:
        end, stop = end - 1, stop - 1
    if (end - start) * (stop - start) > room:
        middle = [("replace", 0, end - start, 0, stop - start)]
    else:
        matcher = SequenceMatcher(None, ours[start:end], theirs[start:stop], autojunk=False)
        middle = list(matcher.get_opcodes())
    steps: list[_Step] = [("equal", 0, start, 0, start)] if start else []
    steps += [(verb, a + start, b + start, c + start, d + start) for verb, a, b, c, d in middle]
    return [*steps, ("equal", end, len(ours), stop, len(theirs))] if end < len(ours) else steps
