"""The parser: CommonMark with tables and strikes, no raw HTML, and a budget it can't overdraw."""

import re
import unicodedata
from types import SimpleNamespace
from typing import Any, Final, cast

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from forum.markup import budget, definitions, links
from forum.markup.hardening import harden

MAX_LINK_LENGTH: Final = 2_000
MAX_TITLE_LENGTH: Final = 300
_INSIDE_PICTURE: Final = "inside a picture's description"
_ENDS_A_PART: Final = ["paragraph", "reference", "blockquote", "list"]
_RUN: Final = re.compile(r"\*+|_+|~+")


def new_parser(*, pictures: bool) -> MarkdownIt:
    """Return a parser for posts or, without pictures, for comments."""
    # A person who presses Enter means a new line; CommonMark leaves that choice to the renderer.
    options = {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False, "maxNesting": budget.MAX_NESTING}
    parser = _Parser()
    parser.inline = _Inline()
    parser.configure("commonmark", {**options, "inline_definitions": True, "store_labels": True}).enable("linkify")
    parser.block.ruler.before("code", "count", _count_line, {"alt": _ENDS_A_PART})
    parser.inline.ruler.before("text", "count", _count_try)
    parser.inline.ruler.at("image", _picture)
    parser.inline.ruler.at("linkify", links.web_address)
    parser.linkify = cast(LinkifyIt, links.NearLinks())
    parser.block.ruler.at("reference", definitions.define)
    parser.core.ruler.before("block", "begin", _begin)
    parser.core.ruler.after("block", "bound", _bound)
    parser.core.ruler.after("bound", "set_aside", definitions.set_aside)
    parser.core.ruler.after("inline", "bring_back", definitions.bring_back)
    parser.core.ruler.push("harden", lambda state: harden(state, pictures=pictures))
    # Without an end, a title or an address would be looked for to the end of the text from each bracket: quadratic.
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=parseLinkLabel, parseLinkDestination=_near_destination, parseLinkTitle=_near_title
    )
    return parser


class _Parser(MarkdownIt):
    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (the parser's own name)
        return links.shown_address(link)


class _Inline(ParserInline):
    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (the parser's own name)
        budget.of(state.env).spend()
        super().skipToken(state)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _InlineState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 (the parser's own names)
        """Say whether marks may open or close, also beside signs of languages that put no spaces between words.

        CommonMark's rule has a hole there: `**强调。**后面` would show its asterisks. Mended as the draft of Tatsunori
        Uchino says (https://github.com/tats-u/markdown-cjk-friendly, specification.md): a full-width sign doesn't count
        as a sign, and a full-width letter beside the marks counts as one.
        """
        run = cast(re.Match[str], _RUN.match(self.src, start, self.posMax))
        before = self.src[start - 1] if start else " "
        after = self.src[run.end()] if run.end() < self.posMax else " "
        ends_before = _is_sign(before) or _is_space(before)
        ends_after = _is_sign(after) or _is_space(after)
        opens = not _is_space(after) and (not _is_narrow_sign(after) or ends_before or _is_full_width(before))
        closes = not _is_space(before) and (not _is_narrow_sign(before) or ends_after or _is_full_width(after))
        return Scanned(
            opens and (canSplitWord or not closes or _is_sign(before)),
            closes and (canSplitWord or not opens or _is_sign(after)),
            len(run[0]),
        )


def _is_space(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_sign(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_narrow_sign(character: str) -> bool:
    return _is_sign(character) and not _is_full_width(character)


def _is_full_width(character: str) -> bool:
    """Say whether `character` is Chinese, Japanese or Korean; an emoji is as wide, and a sign like others."""
    return unicodedata.east_asian_width(character) in "WFH" and unicodedata.category(character) not in ("So", "Sk")


def _near_destination(text: str, start: int, end: int) -> Any:
    return parseLinkDestination(text, start, min(end, start + MAX_LINK_LENGTH))


def _near_title(text: str, start: int, end: int, before: Any = None) -> Any:
    return parseLinkTitle(text, start, min(end, start + MAX_TITLE_LENGTH), before)


def _count_line(state: StateBlock, _: int, __: int, ___: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    budget.of(state.env).spend(budget.LINE)
    return False


def _count_try(state: StateInline, _: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    budget.of(state.env).spend_on(state.src[state.pos])
    return False


def _picture(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    """Read a picture whose description is words alone: pictures inside pictures would be parsed once a level."""
    if state.env.get(_INSIDE_PICTURE):
        return False
    state.env[_INSIDE_PICTURE] = not silent
    try:
        return image(state, silent)
    finally:
        state.env[_INSIDE_PICTURE] = False


def _begin(state: StateCore) -> None:
    state.tokens = budget.Pieces(budget.of(state.env))


def _bound(state: StateCore) -> None:
    """Refuse what a short source can blow up, before any time is spent on its words."""
    cells = 0
    for token in state.tokens:
        budget.refuse_deep(token.level)
        cells += token.type in ("th_open", "td_open")
        if token.type == "inline":
            token.children = budget.Pieces(budget.of(state.env))
    budget.refuse_cells(cells)
