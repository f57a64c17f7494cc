"""Markdown in, safe HTML out: the only room that makes HTML from what people write.

Three fences, one behind the other: the parser knows no raw HTML, our last parser rule rewrites every link, picture and
heading, and bleach lets through nothing outside a small allowlist (`docs/decisions/0001-bleach-behind-markdown-it.md`).
"""

import threading
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from forum import mentions
from forum.markup import budget, words
from forum.markup.budget import TextRefused
from forum.markup.output import RENDER_RULES, new_cleaner
from forum.markup.parser import new_parser
from forum.plaintext import clean_text, cut_words

__all__ = ["MARKUP_VERSION", "TextRefused", "excerpt", "plain_text", "render", "render_comment"]

MARKUP_VERSION: Final = 3
"""Raise it when the same source would give other HTML; a command then renders stored posts again."""

_NOBODY: Final[mentions.Names] = {}


def render(source: str, names: mentions.Names = _NOBODY) -> str:
    """Turn a post's Markdown into HTML that is safe on any page, or refuse it with a sentence.

    Of `names` (`mentions.keys_in` says which are wanted), those behind an @ become links, in code and links not.
    """
    return _to_html(source, _engines.post, names)


def render_comment(source: str, names: mentions.Names = _NOBODY) -> str:
    """Turn a comment's Markdown into HTML with paragraphs, emphasis, links and code only."""
    return _to_html(source, _engines.comment, names)


def plain_text(source: str) -> str:
    """Give the words of a post without any markup, one block a line; lists keep their marks, links their addresses."""
    return words.plain(_parse(source, _engines.post))


def excerpt(source: str, length: int = 200) -> str:
    """Give the first words of a post, at most `length` characters, on one line."""
    return cut_words(plain_text(source), length)


def _to_html(source: str, engine: MarkdownIt, names: mentions.Names) -> str:
    tokens = _parse(source, engine)
    if names:
        mentions.link(tokens, names)
    # To go over to nh3, this line becomes nh3.clean(...) with the same lists, as tests/markup/ has it.
    return str(_engines.cleaner.clean(engine.renderer.render(tokens, engine.options, {}))).strip()


def _parse(source: str, engine: MarkdownIt) -> list[Token]:
    text = clean_text(source)
    return engine.parse(text, budget.begin(text))


class _Engines(threading.local):
    """One set of parsers and a cleaner a thread: linkify-it and html5lib keep state between steps."""

    def __init__(self) -> None:
        self.post = _new_engine(pictures=True).enable(["table", "strikethrough"])
        self.comment = _new_engine(pictures=False).disable(
            ["heading", "lheading", "hr", "list", "blockquote", "fence", "code", "reference"]
        )
        self.cleaner = new_cleaner()


def _new_engine(*, pictures: bool) -> MarkdownIt:
    engine = new_parser(pictures=pictures)
    for name, rule in RENDER_RULES.items():
        engine.add_render_rule(name, rule)
    return engine


_engines = _Engines()
