"""Texts that are costly to read as Markdown, each of any length: those other parsers keep lists of, and our own.

The first two lists hold what cmark (`test/pathological_tests.py`), commonmark.js (`bench/`, `test/test.js`) and
markdown-it (`test/pathological.mjs`) once took quadratic or exponential time for.
"""

import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, Final

from forum.markup import TextRefused

Shape = Callable[[int], str]


def _repeated(unit: str) -> Shape:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _around(before: str, middle: str, after: str) -> Shape:
    """Give a shape that opens as often as it closes."""

    def grow(length: int) -> str:
        times = (length - len(middle)) // (len(before) + len(after))
        return before * times + middle + after * times

    return grow


def _behind(before: str, unit: str, after: str = "") -> Shape:
    return lambda length: before + _repeated(unit)(length - len(before) - len(after)) + after


def _counted(line: Callable[[int], str], first: int = 1) -> Shape:
    """Give a shape of lines or words that grow, or are told apart, by their number."""

    def grow(length: int) -> str:
        pieces: list[str] = []
        size, number = 0, first
        while size < length:
            pieces.append(line(number))
            size, number = size + len(pieces[-1]), number + 1
        return "".join(pieces)[:length]

    return grow


def _referred(definition: str, use: str) -> Shape:
    """Give a shape that is half definitions and half uses of them."""
    return lambda length: (
        _counted(definition.format)(length // 2).rpartition("\n")[0] + "\n\n" + _repeated(use)(length // 2)
    )


# fmt: off
_UNITS: Final = """[ ![ ![[ *a_ _* a**b < <a </ & &amp; &a ` `a | |- ( []( [a](<b [a](b [a] http://a.b/ http:// www. a. @ a@ a@a. mailto: // ://
~~ # \\ a é 1. *** _a " [[] ] [] [a][b] ![a](x) ![]( ![a](/media/a.png) <http://a> <a@b.c> x.com/( http://a.b/((( http://a.b/[ a: ![![ &#1234;
> - a\u0301\u0323 \u0301\u0323 \u200d \u202e a_ [a *a_b c* **_* <<< <!-- </<!-- <? <!A <![CDATA[ ![[]() [![ []][] [](<> ](x) a] [a]( ~~a a~~
`[^` \\[ [\\ <[a *]( ![*]( **[a *~~ ~~_ _~~*a [*](b) **a*](b *[ *![ _[a](b)_ **。 。** 「**」 *「 tel: [a](tel:1 sms: a@b.org, http://a.b。
😀 #@a [a](b"c [a](b'c [a](b(c ""'' <a@ <http: &# &#x &lt &; \\` \\\\ ``a` `*`_ a`` ![`]( [`](""".split()
_BLOCKS: Final = [
    "*a **a ", "> ", "- ", ">- ", "> a\n", "|a|a\n", "[a]:\n", "[a]: x\n", '[a]: x "t\n', '[a](b "', "[a](b (", "a@b.org ", "x.com ",
    "# a\n", " a", "\n", "a\n", "1. a\n", "* a\n", "- a\n\n", "a\n=\n", "a\n-\n", "```\n", "~~~\na\n", "\t", "-\t", "[a\n](b\n", "> - a\n",
    "[ (](", "**x [a*b**c*](d) ", "_a ", "a_ ", "[ a_", "c* ", "*a_ ", "a  \n", "a\\\n", "- - ", "1. - ", "> > ", "[a]: <b\n", "[a]: b (\n", "[\n",
    "[a]\n: b\n", "- [a]: b\n", "> [a]: b\n", "| a |\n| - |\n", "|-\n", "a|b\n-|-\n", "***\n", "- * + ", "    a\n", "     - a\n", "<div>\n",
    "1) a\n2. a\n", "9999999999. a\n", "1.\n", "-\n", "+\n\n", "- a\n  - b\n", "```\n```\n", "[a]\n\n", "[a][]\n", ">\n", ">\n\n", "a\n> b\n",
    "- a\n> b\n", "`a\n", "``\n`\n", "* * *\n", "=\n", "a:b@c.d ", "www.a.com ", "https://a.b/c_d_ ", "(https://a.b) ", "**a** ", "**a**b ", "\\\n",
]
# fmt: on
_GROWN: Final[Mapping[str, Shape]] = {
    "code spans that never close": _counted(lambda n: "e" + "`" * n),
    "code spans that close late": lambda length: "".join("a" + "`" * i for i in range(400, 1, -1))[:length],
    "growing runs of backticks": _counted(lambda n: "`" * n + " "),
    "nested strong emphasis": _around("*a **a ", "b", " a** a*"),
    "nested emphasis": _around("*a ", "b", " a*"),
    "one long run on both sides": _around("*", "a", "*"),
    "nested strikes": _around("~~a ", "b", " a~~"),
    "nested brackets": _around("[", "a", "]"),
    "nested brackets with addresses": _around("[", "a", "](b)"),
    "nested pictures": _around("![", "a", "](b)"),
    "nested pictures in links": _around("[![", "a", "](b)](c)"),
    "nested brackets in emphasis": _around("*[", "a", "]*"),
    "brackets one too deep": lambda length: ("[" * 26 + "foo]() " * 5)[:length],
    "openers and closers multiples of three": _behind("a**b", "c* "),
    "nested quotes": _behind("", "> ", "a"),
    "growing quotes": _counted(lambda n: ">" * n + " a\n"),
    "growing lists": _counted(lambda n: "  " * n + "* a\n", 0),
    "growing numbered lists": _counted(lambda n: "   " * n + "1. a\n", 0),
    "empty lines in deep lists": lambda length: "- " * (length // 3) + "x" + "\n" * (length // 3 - 1),
    "empty lines in deep lists in a quote": lambda length: "> " + "- " * (length // 4) + "x\n" + ">\n" * (length // 4),
    "emphasis in deep quotes": lambda length: ">" * (length // 3) + "a*" * (length // 3),
    "lists ten deep": _repeated("".join("  " * n + "- a\n" for n in range(10))),
    "quotes ten deep": _repeated("> " * 10 + "a\n"),
    "lazy lines in a quote": _behind("> " * 10, "a\n"),
    "lazy lines in a list": _behind("- " * 10, "a\n"),
    "many definitions": _referred("[a{0}]: /u", "[a] "),
    "many definitions used": _referred("[a]: /u{0}", "[a] "),
    "a long address used often": lambda length: "[a]: /" + "b" * (length // 2) + "\n\n" + "[a]" * (length // 6),
    "a long label": lambda length: "[" + "a" * (length - 6) + "]: /b",
    "definitions told apart by case": _counted(lambda n: f"[{'ẞ' * n}]: /u\n"),
    "a title that never ends": _behind('[a]: b "', "x\n"),
    "a label of many lines": _behind("[", "x\n"),
    "a wide table": lambda length: "a|" * (length // 6) + "\n" + "-|" * (length // 6) + "\n" + "a|" * (length // 6),
    "a table of empty rows": lambda length: "|" + "a|" * 9 + "\n|" + "-|" * 9 + "\n" + "|\n" * ((length - 40) // 2),
    "a row of escaped bars": _behind("a|b\n-|-\n", "\\|"),
    "code in a row": _behind("a|b\n-|-\n", "`|"),
    "spaces before a break": lambda length: "x" + " " * (length - 3) + "x\n",
    "a long word": _repeated("x"),
    "a long path": _behind("http://a.b/", "x"),
    "a host of many parts": _behind("http://", "x.", "com"),
    "a word of many parts": _behind("", "x-", ".com"),
    "an email of many parts": _behind("x@", "x.", "com"),
    "an email of many names": _behind("", "x.", "@a.com"),
    "a host in another script": _behind("http://", "ü", ".com"),
    "addresses in brackets": _repeated("(http://a.b/("),
    "an address of brackets": _behind("http://a.b/", "()"),
    "an address of signs": _behind("http://a.b/", ".,!?"),
    "an address of ampersands": _behind("http://a.b/?", "a=b&"),
    "entities without end": _behind("&", "a"),
    "a number without end": _behind("&#", "1", ";"),
    "a list number without end": _behind("", "1", ". a"),
    "a fence without end": lambda length: "```\n" + "`" * (length - 4),
    "an underline without end": lambda length: "a\n" + "=" * (length - 2),
    "indented code in lists": _repeated("- a\n\n      b\n"),
    "names behind signs": _repeated("@a.b-c_d e "),
    "an address in angles": _behind("<http://a.b/", "x", ">"),
    "marks next to full-width signs": _around("**「", "a", "」**"),
}

SHAPES: Final[Mapping[str, Shape]] = {
    **{repr(unit): _repeated(unit) for unit in [*_UNITS, *_BLOCKS]},
    **_GROWN,
}


def calls(read: Callable[[str], Any], source: str) -> int:
    """Count the calls that reading `source` takes, or refusing it: the same on a fast and on a busy machine."""
    count = 0

    def on_call(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(on_call)
    try:
        read(source)
    except TextRefused:
        pass
    finally:
        sys.setprofile(before)
    return count
