"""Which HTML a post may hold, and how its parts are written: the last two fences."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import bleach
from bleach.html5lib_shim import getTreeWalker  # type: ignore[attr-defined]
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from forum import mentions

_VOID: Final = frozenset({"br", "hr", "img"})
TAGS: Final = frozenset(
    "p br hr h3 h4 h5 h6 blockquote ul ol li pre code em strong s a img div table thead tbody tr th td".split()  # noqa: SIM905
)
PROTOCOLS: Final = frozenset({"http", "https", "mailto", "tel", "sms"})
REL: Final = "nofollow ugc noopener"
ALIGNMENTS: Final = {"left": "align-left", "center": "align-center", "right": "align-right"}
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("p", "h3", "h4", "h5", "h6", "blockquote", "ul"), frozenset({"dir"})),
    "li": frozenset({"dir", "value"}),
    "th": frozenset({"dir", "class"}),
    "td": frozenset({"dir", "class"}),
    "a": frozenset({"href", "title", "rel", "class"}),
    "img": frozenset({"src", "alt", "loading", "width", "height"}),
    "ol": frozenset({"dir", "start"}),
    "div": frozenset({"class", "dir", "tabindex"}),
}
_OWN_PICTURE: Final = re.compile(r"/media/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\.(?:webp|jpg|jpeg|png|gif)")
_FIXED: Final[Mapping[str, Callable[[str], bool]]] = {
    "dir": frozenset({"auto", "ltr", "rtl"}).__contains__,
    "rel": lambda value: value == REL,
    "loading": lambda value: value == "lazy",
    "tabindex": lambda value: value == "0",
    "start": str.isdecimal,
    "value": str.isdecimal,
    "width": str.isdecimal,
    "height": str.isdecimal,
    "src": lambda value: _OWN_PICTURE.fullmatch(value) is not None and ".." not in value,
}
_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({mentions.CLASS}),
    "div": frozenset({"table-scroll"}),
    **dict.fromkeys(("th", "td"), frozenset(ALIGNMENTS.values())),
}


def allow_attribute(tag: str, name: str, value: str) -> bool:
    """Say whether our HTML may carry this attribute with this value."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "class":
        return value in _CLASSES.get(tag, ())
    return _FIXED[name](value) if name in _FIXED else True


def new_cleaner() -> bleach.Cleaner:
    """Return the cleaner that everything passes."""
    cleaner = bleach.Cleaner(tags=TAGS, attributes=allow_attribute, protocols=PROTOCOLS)
    cleaner.walker = _Walker  # type: ignore[assignment]
    return cleaner


class _Walker(getTreeWalker("etree")):  # type: ignore[misc]
    """Walk down the tree: the library's walker looks each element up in its parent, quadratic in their number."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._inside(self.tree)

    def _inside(self, element: Any) -> Iterator[dict[str, Any]]:
        if element.text:
            yield from self.text(element.text)
        for child in element:
            _, namespace, name, attributes, _ = self.getNodeDetails(child)
            if name in _VOID:
                yield from self.emptyTag(namespace, name, attributes)
            else:
                yield self.startTag(namespace, name, attributes)
                yield from self._inside(child)
                yield self.endTag(namespace, name)
            if child.tail:
                yield from self.text(child.tail)


def _escape(text: str) -> str:
    # Written as a browser would write it back, so that a second cleaner changes nothing.
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")


def _text(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return _escape(tokens[index].content)


def _code(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return f"<code>{_escape(tokens[index].content)}</code>"


def _code_block(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    return f"<pre><code>{_escape(tokens[index].content)}</code></pre>\n"


def _open_table(_: RendererHTML, tokens: Sequence[Token], index: int, *__: object) -> str:
    # A wide table scrolls inside its own box, which the keyboard must be able to reach.
    direction = tokens[index].attrs.get("dir")
    side = f' dir="{direction}"' if direction else ""
    return f'<div class="table-scroll"{side} tabindex="0"><table>\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


RENDER_RULES: Final[Mapping[str, Callable[..., str]]] = {
    "text": _text,
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "table_open": _open_table,
    "table_close": _close_table,
}
