"""Addresses that stand in a text as they are: where they begin and end, and what a reader sees of them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, cast
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it.common import normalize_url
from markdown_it.rules_inline import StateInline

from forum.addresses import is_deceptive

MAX_WORD: Final = 1_000
# Endings that are no word of any language which people write here: "sleep.it" and "him.so" are two sentences.
_ENDINGS: Final = ("com", "org", "net", "edu", "gov", "uk")
_WEB_SCHEME: Final = re.compile(r"(?:^|[^A-Za-z0-9.+-])(https?)$", re.IGNORECASE)
_WWW: Final = re.compile(r"(?<![\w@./:-])www\.(?=\w)", re.IGNORECASE)
_MARKS: Final = "*_~"
_DOUBLE_MARK: Final = re.compile(r"~~|\*\*")
# Signs that keep their place inside an address: Catalan's point, and an apostrophe.
_INSIDE: Final = frozenset("·’")
_SIGN_KINDS: Final = frozenset({"Po", "Ps", "Pe", "Pi", "Pf"})
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_TEXT: Final = re.compile(r"\S+")


def shown_address(address: str) -> str:
    """Give an address as a reader may see it: in letters of its own script, unless those look like another's."""
    shown = normalize_url.normalizeLinkText(address)
    try:
        host = urlsplit(shown).hostname or urlsplit(f"//{shown.partition('@')[2] or shown}").hostname or ""
    except ValueError:
        return address
    return normalize_url.normalizeLink(address) if any(map(is_deceptive, host.split("."))) else shown


def web_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    """Take an address as it stands, before its underscores could mean emphasis; looks no further than one word."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = _WEB_SCHEME.search(state.pending[-8:])
    if scheme is None:
        return False
    text = _TEXT.match(state.src, state.pos, min(state.posMax, state.pos + MAX_WORD + 1))
    word = next(_parts(text[0]))[1] if text else ""
    if len(word) > MAX_WORD:
        return False
    begin = state.pos - len(scheme[1])
    match = cast(NearLinks, state.md.linkify).finder.match_at_start(scheme[1] + word)
    url = _without_marks(match.url, state.src[begin - 1 : begin]) if match else ""
    href = state.md.normalizeLink(url)
    if not url or not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = state.md.normalizeLinkText(url)
        state.push("link_close", "a", -1)
    state.pos += len(url) - len(scheme[1])
    return True


class NearLinks:
    """Find bare addresses word by word: looking through one word without end is quadratic in its length."""

    def __init__(self) -> None:
        self.finder = LinkifyIt({"//": None})
        self.finder.tlds(list(_ENDINGS))

    def pretest(self, text: str) -> bool:
        return self.test(text)

    def test(self, text: str) -> bool:
        return bool(self.finder.pretest(text)) or "www." in text.lower()

    def match(self, text: str) -> list[Match]:
        found: list[Match] = []
        for word in _TEXT.finditer(text):
            for start, part in _parts(word[0]):
                if len(part) <= MAX_WORD and self.test(part):
                    found.extend(_moved(match, word.start() + start) for match in self._matches(part))
        return found

    def _matches(self, word: str) -> list[Match]:
        found: list[Match] = self.finder.match(word) or []
        for www in _WWW.finditer(word):
            if any(match.index <= www.start() < match.last_index for match in found):
                continue
            if address := self.finder.match_at_start(f"http://{word[www.start() :]}"):
                found.append(Match(word, "", www.start(), www.start() + len(address.url) - len("http://")))
        return sorted(found, key=lambda match: match.index)


def _moved(match: Match, by: int) -> Match:
    match.index += by
    match.last_index += by
    if not match.schema:
        match.url = "https://" + match.url.removeprefix("http://")
    return match


def _parts(word: str) -> Iterator[tuple[int, str]]:
    """Cut a word at full stops and brackets of other scripts: no address goes on behind `。` or `؟`."""
    begin = 0
    for sign in _NOT_ASCII.finditer(word):
        if unicodedata.category(sign[0]) in _SIGN_KINDS and sign[0] not in _INSIDE:
            yield begin, word[begin : sign.start()]
            begin = sign.end()
    yield begin, word[begin:]


def _without_marks(url: str, before: str) -> str:
    """Cut off the marks that close what was opened in front of the address."""
    url = _DOUBLE_MARK.split(url, maxsplit=1)[0].rstrip("*")
    return url.rstrip(before) if before and before in _MARKS else url
