"""The last rule of the parser: every link, picture, heading, number and direction made fit to be shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.addresses import safe_href, shown
from forum.markup import budget
from forum.markup.links import shown_address
from forum.markup.numbering import keep_numbers
from forum.markup.output import ALIGNMENTS, REL, allow_attribute
from forum.markup.words import words_of
from forum.plaintext import cut_words, direction, has_visible_sign, without_unsafe_characters

_LEAVES: Final = frozenset({"p", "h3", "h4", "h5", "h6", "th", "td"})
_CONTAINERS: Final = frozenset({"blockquote", "ul", "ol", "li", "table"})
_WHOLE: Final = -1
_ADDRESS_LENGTH: Final = 200  # of one that is shown; a picture may be written out in its address
_PICTURE_SIZE: Final = re.compile(r"-([1-9]\d{0,4})x([1-9]\d{0,4})\.\w+$")


@dataclass(frozen=True)
class _Link:
    """A link that is being read: the address as typed, where it may lead ("" for nowhere), its first piece."""

    address: str
    href: str
    begin: int
    is_inside: bool


def harden(state: StateCore, *, pictures: bool) -> None:
    """Make every token fit to be shown."""
    outline: list[int] = []
    links = 0
    for token in state.tokens:
        if token.type == "heading_open":
            _shift_heading(token, outline)
        elif token.type == "heading_close":
            token.tag = f"h{min(2 + len(outline), 6)}"
        elif token.type in ("th_open", "td_open"):
            _name_alignment(token)
        if token.type == "inline":
            token.children = _harden_inline(token.children or [], pictures=pictures)
            links += sum(child.type == "link_open" for child in token.children)
            budget.refuse_deep(token.level + max((child.level for child in token.children), default=0))
        elif token.content:
            token.content = without_unsafe_characters(token.content)
    budget.refuse_links(links)
    keep_numbers(state.tokens)
    _direct(state.tokens)


def _shift_heading(token: Token, outline: list[int]) -> None:
    """Put a heading one level below the one it stands under, starting at h3, so that no level is skipped."""
    level = int(token.tag[1])
    while outline and outline[-1] >= level:
        outline.pop()
    outline.append(level)
    token.tag = f"h{min(2 + len(outline), 6)}"


def _name_alignment(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrSet("class", ALIGNMENTS[style.removeprefix("text-align:")])


def _direct(tokens: Sequence[Token]) -> None:
    """Give each block its direction: what holds words alone by itself, what holds blocks by its first strong letter.

    `dir="auto"` looks past whatever has a direction of its own, so a quotation of paragraphs would always run from left
    to right. A text that begins from left to right needs no more than that; its blocks say so where they don't.
    """
    found = _found_directions(tokens)
    around = [found.get(_WHOLE, "")]
    for place, token in enumerate(tokens):
        if token.tag in _LEAVES and token.nesting == 1:
            token.attrSet("dir", "auto")
        elif token.tag in _CONTAINERS and token.nesting == 1:
            own = found.get(place, "")
            if "rtl" in (own, around[-1]) and own:
                token.attrSet("dir", own)
            elif token.tag in ("li", "blockquote"):
                token.attrSet("dir", "auto")
            around.append(own or around[-1])
        elif token.tag in _CONTAINERS and token.nesting == -1:
            around.pop()


def _found_directions(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the direction of the whole text, at `_WHOLE`, and of the containers that begin at each place."""
    found: dict[int, str] = {}
    waiting = [_WHOLE]
    for place, token in enumerate(tokens):
        if token.tag in _CONTAINERS and token.nesting == 1:
            waiting.append(place)
        elif token.tag in _CONTAINERS and token.nesting == -1:
            waiting = [one for one in waiting if tokens[one].level < token.level or one == _WHOLE]
        elif waiting and (way := direction(_content(token))):
            found.update(dict.fromkeys(waiting, way))
            waiting = []
    return found


def _content(token: Token) -> str:
    return words_of(token.children or []) if token.type == "inline" else token.content


def _harden_inline(children: Sequence[Token], *, pictures: bool) -> list[Token]:
    result: list[Token] = []
    open_links: list[_Link] = []
    for token in children:
        is_inside = any(link.href for link in open_links)
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            open_links.append(_Link(address, "" if is_inside else safe_href(address), len(result), is_inside))
            if open_links[-1].href:
                result.append(_link_open(open_links[-1].href, str(token.attrs.get("title", "")), token.level))
        elif token.type == "link_close":
            result.extend(_end_of_link(open_links.pop(), result, token))
        elif token.type == "image":
            result.extend(_picture_tokens(token, pictures=pictures, linked=is_inside))
        else:
            token.content = without_unsafe_characters(token.content)
            result.append(token)
    return result


def _link_open(href: str, title: str, level: int) -> Token:
    attributes: dict[str, str | int | float] = {"href": without_unsafe_characters(href)}
    if title:
        attributes["title"] = without_unsafe_characters(title)
    return Token("link_open", "a", 1, attrs={**attributes, "rel": REL}, level=level)


def _end_of_link(link: _Link, so_far: Sequence[Token], close: Token) -> Iterator[Token]:
    """End a link: one without words gets its address for words, one that leads nowhere gives its address back."""
    words = words_of(so_far[link.begin :])
    if not has_visible_sign(words) and not link.is_inside:
        yield _text(_as_words(shown(link.href) or link.address), close.level)
    elif not link.href and not link.is_inside and (address := _as_words(link.address)) not in words:
        yield _text(f" ({address})", close.level)
    if link.href:
        yield close


def _picture_tokens(token: Token, *, pictures: bool, linked: bool) -> list[Token]:
    """Give one of our own pictures, or else its description as a link or as words."""
    src = str(token.attrs.get("src", ""))
    words = " ".join(without_unsafe_characters(words_of(token.children or [])).split())
    is_described = has_visible_sign(words)
    if pictures and allow_attribute("img", "src", src):
        alt = words if is_described else "A picture without a description"
        attributes: dict[str, str | int | float] = {"src": src, "alt": alt}
        if size := _PICTURE_SIZE.search(src):
            attributes |= {"width": size[1], "height": size[2]}
        return [Token("own_picture", "img", 0, attrs={**attributes, "loading": "lazy"}, level=token.level)]
    href = safe_href(src)
    if href and not linked:
        text = _text(words if is_described else _as_words(shown(href)), token.level)
        return [_link_open(href, "", token.level), text, Token("link_close", "a", -1, level=token.level)]
    address = _as_words(src)
    return [_text(f"{words} ({address})" if is_described and address else words or address, token.level)]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _as_words(address: str) -> str:
    return cut_words(without_unsafe_characters(shown_address(address)), _ADDRESS_LENGTH)
