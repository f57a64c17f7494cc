"""Markdown in, safe HTML out: the only place that makes HTML from what people write.

Three fences, one behind the other: the parser knows no raw HTML, our last parser rule rewrites every link, picture and
heading, and bleach lets through nothing outside a small allowlist (`docs/decisions/0001-bleach-behind-markdown-it.md`).
"""

import html
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final, cast

import bleach
from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from forum import mentions
from forum.addresses import safe_href
from forum.plaintext import clean_text, cut_words, without_unsafe_characters

MARKUP_VERSION: Final = 2
"""Raise it when the same source would give other HTML; a command then renders stored posts anew."""

MAX_SOURCE: Final = 30_000
MAX_NESTING: Final = 24
MAX_CELLS: Final = 2_000
MAX_TOKENS: Final = 12_000
MAX_LINKS: Final = 500
MAX_LINK_LENGTH: Final = 2_000
MAX_TITLE_LENGTH: Final = 300
MAX_WORD: Final = 1_000

TAGS: Final = frozenset(
    "p br hr h3 h4 h5 h6 blockquote ul ol li pre code em strong s a img div table thead tbody tr th td".split()  # noqa: SIM905
)
PROTOCOLS: Final = frozenset({"http", "https", "mailto"})
_DIRECTED: Final = frozenset({"p", "li", "h3", "h4", "h5", "h6", "blockquote", "th", "td"})
_REL: Final = "nofollow ugc noopener"
_ALIGNMENTS: Final = {"left": "align-left", "center": "align-center", "right": "align-right"}
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    **{tag: frozenset({"dir"}) for tag in _DIRECTED},
    "th": frozenset({"dir", "class"}),
    "td": frozenset({"dir", "class"}),
    "a": frozenset({"href", "title", "rel", "class"}),
    "img": frozenset({"src", "alt", "loading", "width", "height"}),
    "ol": frozenset({"start"}),
    "div": frozenset({"class", "tabindex"}),
}
_OWN_PICTURE: Final = re.compile(r"/media/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\.(?:webp|jpg|jpeg|png|gif)")
_FIXED: Final[Mapping[str, Callable[[str], bool]]] = {
    "dir": lambda value: value == "auto",
    "rel": lambda value: value == _REL,
    "loading": lambda value: value == "lazy",
    "tabindex": lambda value: value == "0",
    "start": str.isdecimal,
    "width": str.isdecimal,
    "height": str.isdecimal,
    "src": lambda value: _OWN_PICTURE.fullmatch(value) is not None and ".." not in value,
}
_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({mentions.CLASS}),
    "div": frozenset({"table-scroll"}),
    **dict.fromkeys(("th", "td"), frozenset(_ALIGNMENTS.values())),
}
_PICTURE_SIZE: Final = re.compile(r"-([1-9]\d{0,4})x([1-9]\d{0,4})\.\w+$")
_WORD: Final = re.compile(r"\S+")
_WEB_SCHEME: Final = re.compile(r"(?:^|[^A-Za-z0-9.+-])(https?)$", re.IGNORECASE)
_INSIDE_PICTURE: Final = "inside a picture's description"
_NOBODY: Final[mentions.Names] = {}


class TextRefused(ValueError):  # noqa: N818 (a refusal is not an error of ours)
    """A text that would take too long to show; the message is the sentence its author reads."""


def render(source: str, names: mentions.Names = _NOBODY) -> str:
    """Turn a post's Markdown into HTML that is safe on any page, or refuse it with a sentence.

    Of `names` (`mentions.keys_in` says which are wanted), those behind an @ become links, in code and links not.
    """
    return _to_html(source, _engines.post, names)


def render_comment(source: str, names: mentions.Names = _NOBODY) -> str:
    """Turn a comment's Markdown into HTML with paragraphs, emphasis, links and code only."""
    return _to_html(source, _engines.comment, names)


def plain_text(source: str) -> str:
    """Give the words of a post without any markup, one block a line."""
    engine = _engines.post
    lines = []
    for token in _parse(source, engine):
        if token.type == "inline":
            lines.append(_words(token.children or []))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip("\n"))
    return "\n".join(line for line in lines if line.strip())


def excerpt(source: str, length: int = 200) -> str:
    """Give the first words of a post, at most `length` characters, on one line."""
    return cut_words(plain_text(source), length)


def allow_attribute(tag: str, name: str, value: str) -> bool:
    """Say whether our HTML may carry this attribute with this value."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "class":
        return value in _CLASSES.get(tag, ())
    return _FIXED[name](value) if name in _FIXED else True


def _to_html(source: str, engine: MarkdownIt, names: mentions.Names) -> str:
    tokens = _parse(source, engine)
    if names:
        mentions.link(tokens, names)
    # To go over to nh3, this line becomes nh3.clean(...) with the same lists, as tests/markup/ has it.
    return str(_engines.cleaner.clean(engine.renderer.render(tokens, engine.options, {}))).strip()


def _parse(source: str, engine: MarkdownIt) -> list[Token]:
    text = clean_text(source)
    if len(text) > MAX_SOURCE:
        raise TextRefused(f"Your text is too long. Please keep it under {MAX_SOURCE:,} characters.")
    return engine.parse(text)


class _Engines(threading.local):
    """One set of parsers and a cleaner a thread: linkify-it and html5lib keep state between steps."""

    def __init__(self) -> None:
        self.post = _new_engine(pictures=True).enable(["table", "strikethrough"])
        self.comment = _new_engine(pictures=False).disable(
            ["heading", "lheading", "hr", "list", "blockquote", "fence", "code", "reference"]
        )
        self.cleaner = bleach.Cleaner(tags=TAGS, attributes=allow_attribute, protocols=PROTOCOLS)


def _new_engine(*, pictures: bool) -> MarkdownIt:
    # A person who presses Enter means a new line; CommonMark leaves that choice to the renderer.
    options = {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False, "maxNesting": MAX_NESTING}
    engine = MarkdownIt("commonmark", options).enable("linkify")
    engine.inline.ruler.at("image", _picture)
    engine.inline.ruler.at("linkify", _web_address)
    engine.linkify = cast(LinkifyIt, _NearLinks())
    engine.core.ruler.after("block", "bound", _bound)
    engine.core.ruler.push("harden", lambda state: _harden(state, pictures=pictures))
    # Without an end, a title or an address would be looked for to the end of the text from each bracket: quadratic.
    engine.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=parseLinkLabel, parseLinkDestination=_near_destination, parseLinkTitle=_near_title
    )
    for name, rule in _RENDER_RULES.items():
        engine.add_render_rule(name, rule)
    return engine


def _near_destination(text: str, start: int, end: int) -> Any:
    return parseLinkDestination(text, start, min(end, start + MAX_LINK_LENGTH))


def _near_title(text: str, start: int, end: int, before: Any = None) -> Any:
    return parseLinkTitle(text, start, min(end, start + MAX_TITLE_LENGTH), before)


def _web_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    """Take an address as it stands, before its underscores could mean emphasis; looks no further than one word."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = _WEB_SCHEME.search(state.pending[-8:])
    word = _WORD.match(state.src, state.pos, state.posMax)
    if scheme is None or word is None or len(word[0]) > MAX_WORD:
        return False
    match = cast(_NearLinks, state.md.linkify).finder.match_at_start(scheme[1] + word[0])
    url = match.url.rstrip("*") if match else ""
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


class _NearLinks:
    """Find bare addresses word by word: looking through one word without end is quadratic in its length."""

    def __init__(self) -> None:
        self.finder = LinkifyIt()

    def pretest(self, text: str) -> bool:
        return bool(self.finder.pretest(text))

    def test(self, text: str) -> bool:
        return bool(self.finder.pretest(text))

    def match(self, text: str) -> list[Match]:
        found = []
        for word in _WORD.finditer(text):
            if len(word[0]) > MAX_WORD or not self.finder.pretest(word[0]):
                continue
            for match in self.finder.match(word[0]) or []:
                match.index += word.start()
                match.last_index += word.start()
                if not match.schema:
                    match.url = "https://" + match.url.removeprefix("http://")
                found.append(match)
        return found


def _bound(state: StateCore) -> None:
    """Refuse what a short source can blow up, before any time is spent on it."""
    cells = 0
    _refuse_many(len(state.tokens))
    for token in state.tokens:
        _refuse_deep(token.level)
        cells += token.type in ("th_open", "td_open")
    if cells > MAX_CELLS:
        raise TextRefused(f"Your tables have more than {MAX_CELLS:,} cells. Please make them smaller.")


def _picture(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    """Read a picture whose description is words alone: pictures inside pictures would be parsed once a level."""
    if state.env.get(_INSIDE_PICTURE):
        return False
    state.env[_INSIDE_PICTURE] = not silent
    try:
        return image(state, silent)
    finally:
        state.env[_INSIDE_PICTURE] = False


def _harden(state: StateCore, *, pictures: bool) -> None:
    """Make every token fit to be shown; the last rule of the parser."""
    outline: list[int] = []
    links = 0
    size = len(state.tokens)
    for token in state.tokens:
        if token.type == "heading_open":
            _shift_heading(token, outline)
        elif token.type == "heading_close":
            token.tag = f"h{min(2 + len(outline), 6)}"
        elif token.type in ("th_open", "td_open"):
            _name_alignment(token)
        if token.nesting == 1 and token.tag in _DIRECTED:
            token.attrSet("dir", "auto")
        if token.type == "inline":
            token.children = _harden_inline(token.children or [], pictures=pictures)
            links += sum(child.type == "link_open" for child in token.children)
            _refuse_many(size := size + len(token.children))
            _refuse_deep(token.level + max((child.level for child in token.children), default=0))
        elif token.content:
            token.content = without_unsafe_characters(token.content)
    if links > MAX_LINKS:
        raise TextRefused(f"Your text has more than {MAX_LINKS} links. Please take some out.")


def _refuse_many(size: int) -> None:
    if size > MAX_TOKENS:
        raise TextRefused("Your text has too many small pieces to show. Please split it into several posts.")


def _refuse_deep(level: int) -> None:
    # The parser drops what stands deeper than its own limit; we would rather say so than lose words.
    if level >= MAX_NESTING - 2:
        raise TextRefused("Your text has too many lists, quotes or marks inside each other. Please use fewer layers.")


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
        token.attrSet("class", _ALIGNMENTS[style.removeprefix("text-align:")])


def _harden_inline(children: Sequence[Token], *, pictures: bool) -> list[Token]:
    result: list[Token] = []
    open_links: list[bool] = []
    for token in children:
        if token.type == "link_open":
            href = safe_href(str(token.attrs.get("href", "")))
            open_links.append(bool(href) and not any(open_links))
            if open_links[-1]:
                result.append(_link_open(href, str(token.attrs.get("title", "")), token.level))
        elif token.type == "link_close":
            if open_links.pop():
                result.append(token)
        elif token.type == "image":
            result.extend(_picture_tokens(token, pictures=pictures, linked=any(open_links)))
        else:
            token.content = without_unsafe_characters(token.content)
            result.append(token)
    return result


def _link_open(href: str, title: str, level: int) -> Token:
    attributes: dict[str, str | int | float] = {"href": without_unsafe_characters(href)}
    if title:
        attributes["title"] = without_unsafe_characters(title)
    return Token("link_open", "a", 1, attrs={**attributes, "rel": _REL}, level=level)


def _picture_tokens(token: Token, *, pictures: bool, linked: bool) -> list[Token]:
    """Give one of our own pictures, or else its description as a link or as words."""
    src = str(token.attrs.get("src", ""))
    words = " ".join(without_unsafe_characters(_words(token.children or [])).split())
    if pictures and allow_attribute("img", "src", src):
        attributes: dict[str, str | int | float] = {"src": src, "alt": words or "A picture without a description"}
        if size := _PICTURE_SIZE.search(src):
            attributes |= {"width": size[1], "height": size[2]}
        return [Token("own_picture", "img", 0, attrs={**attributes, "loading": "lazy"}, level=token.level)]
    text = Token("text", "", 0, content=words or src, level=token.level)
    href = safe_href(src)
    if linked or not href:
        return [text]
    return [_link_open(href, "", token.level), text, Token("link_close", "a", -1, level=token.level)]


def _words(children: Sequence[Token]) -> str:
    words = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "own_picture":
            words.append(str(token.attrs["alt"]))
        elif token.type == "image":
            words.append(_words(token.children or []))
        else:
            words.append(token.content)
    return "".join(words)


def _escape(text: str) -> str:
    # Written as a browser would write it back, so that a second cleaner changes nothing.
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")


def _text(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return _escape(tokens[index].content)


def _code(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return f"<code>{_escape(tokens[index].content)}</code>"


def _code_block(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return f"<pre><code>{_escape(tokens[index].content)}</code></pre>\n"


def _open_table(*_: object) -> str:
    # A wide table scrolls inside its own box, which the keyboard must be able to reach.
    return '<div class="table-scroll" tabindex="0"><table>\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


_RENDER_RULES: Final[Mapping[str, Callable[..., str]]] = {
    "text": _text,
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "table_open": _open_table,
    "table_close": _close_table,
}

_engines = _Engines()
