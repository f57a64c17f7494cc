"""Texts written to run script, to break the page or to keep the server busy."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import bleach
import nh3
import pytest
from html5lib import HTMLParser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.markup import (
    ATTRIBUTES,
    MAX_SOURCE,
    PROTOCOLS,
    TAGS,
    TextRefused,
    allow_attribute,
    plain_text,
    render,
    render_comment,
)

pytestmark = pytest.mark.exhaustive

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=javascript:alert(1)><button>x",
    "<a href=javascript:alert(1)>x</a>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<style>@import 'x'</style>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,AAAA)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "javascript://e.org/%0aalert(1)",
    '[x](https://e.org "\'onmouseover=alert(1) x")',
    "[x](https://e.org/\"onmouseover='alert(1)')",
    '[x](https://e.org/"><script>alert(1)</script>)',
    "![x](javascript:alert(1))",
    '![" onerror="alert(1)](/media/a.png)',
    '![x](/media/a.png "\\" onerror=alert(1)")',
    '![x](/media/a.png"onerror="alert(1))',
    "![<script>alert(1)</script>](/media/a.png)",
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>alert(1)</script>`",
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
    '```" onclick="alert(1)\nx\n```',
    "|<img onerror=alert(1)>|\n|-|\n|`</td><script>`|",
    "# <script>alert(1)</script>",
    "\u202e<script>\u2066",
    "&#x202e;abc &#8238;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    '<https://e.org/"onclick=alert(1)>',
    "https://e.org/'onclick=alert(1)'<b>",
    "https://e.org/\u2028<script>",
    "\x00<scr\x00ipt>alert(1)</script>",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "http://user:pass@evil.example@good.example",
    "\ud800 alone",
]
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("source", VECTORS)
def test_hostile_texts_come_out_harmless(source: str) -> None:
    assert_safe(render(source))
    assert_safe(render_comment(source))


def assert_safe(markup: str) -> None:
    """Both cleaners would leave it as it is, and a browser's parser finds nothing outside the lists."""
    assert by_nh3(markup) == markup
    assert by_bleach(markup) == markup
    assert not CONTROLS.search(markup)
    markup.encode()
    for element in HTMLParser(namespaceHTMLElements=False).parseFragment(markup).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert allow_attribute(element.tag, name, value)
        if "href" in element.attrib:
            assert re.match(r"https?:|mailto:|/(?![/\\])|#", element.attrib["href"], re.IGNORECASE)


def by_nh3(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=lambda tag, name, value: value if allow_attribute(tag, name, value) else None,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def by_bleach(markup: str) -> str:
    return bleach.clean(markup, tags=TAGS, attributes=allow_attribute, protocols=PROTOCOLS)


PIECES = st.sampled_from(
    [
        *VECTORS,
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "&",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "|",
        "|-|-|\n",
        "# ",
        "\t",
        "    ",
        '"',
        "'",
        "\\",
        "~~",
        "https://e.org/",
        "www.a.com",
        "a@b.org",
        "/media/a.png",
        "\xa0",
        "é",
        "ع",
        "[a]: /b\n",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join))
@example("a\xa0<b\u00ad")
@example("¨www.a.com")
def test_any_text_is_safe_or_refused(source: str) -> None:
    try:
        rendered = render(source)
    except TextRefused:
        return

    assert_safe(rendered)
    assert_safe(render_comment(source))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_markup_characters_never_make_words_vanish(source: str) -> None:
    words = re.findall(r"[A-Za-z]{4,}", source)

    shown = plain_text(source) + render(source)

    assert [word for word in words if word not in shown] == []


UNITS = """[ ![ ![[ *a_ _* a**b < <a </ & &amp; &a ` `a | |- ( []( [a](<b [a](b [a] http://a.b/ http:// www. a. @ a@ a@a. mailto: // ://
~~ # \\ a é 1. *** _a " [[] ] [] [a][b] ![a](x) ![]( ![a](/media/a.png) <http://a> <a@b.c> x.com/( http://a.b/((( http://a.b/[ a: ![![ &#1234;
> - a\u0301\u0323 \u0301\u0323 \u200d \u202e""".split()
BLOCKS = [
    "*a **a ", "> ", "- ", ">- ", "> a\n", "|a|a\n", "[a]:\n", "[a]: x\n", '[a]: x "t\n', '[a](b "', "[a](b (", "a@b.org ", "x.com ",
    "# a\n", " a", "\n", "a\n", "1. a\n", "* a\n", "- a\n\n", "a\n=\n", "a\n-\n", "```\n", "~~~\na\n", "\t", "-\t", "[a\n](b\n", "> - a\n",
]  # fmt: skip
GROWN: list[Callable[[int], str]] = [
    lambda n: "".join("`" * i + " " for i in range(1, 400))[:n],
    lambda n: "".join("a" + "`" * i for i in range(400, 1, -1))[:n],
    lambda n: "![" * (n // 7) + "](a)" * (n // 7),
    lambda n: "[" * (n // 6) + "](a)" * (n // 6),
    lambda n: "*" * (n // 2) + "a" + "*" * (n // 2),
    lambda n: "*a " * (n // 6) + " a*" * (n // 6),
    lambda n: "".join(">" * i + " a\n" for i in range(1, 240))[:n],
    lambda n: "".join("  " * i + "- a\n" for i in range(1, 170))[:n],
    lambda n: "|" + "a|" * 9 + "\n|" + "-|" * 9 + "\n" + "|\n" * (n // 2),
    lambda n: "http://a.b/" + "x" * (n - 12),
    lambda n: "http://" + "x." * (n // 2 - 12) + "com",
    lambda n: "x-" * (n // 2 - 12) + ".com",
    lambda n: "x@" + "x." * (n // 2 - 12) + "com",
    lambda n: "a" + " " * (n - 2) + "a",
    lambda n: "[a]: /" + "b" * (n // 2) + "\n\n" + "[a]" * (n // 6),
    lambda n: "[a]: /b\n" * (n // 16) + "[a] " * (n // 8),
    lambda n: "[" + "x\n" * (n // 2 - 1),
    lambda n: "http://" + "ü" * (n - 11) + ".com",
]
SHAPES = [*((lambda n, unit=unit: (unit * n)[:n]) for unit in [*UNITS, *BLOCKS]), *GROWN]


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_text_and_not_with_its_square(shape: Callable[[int], str]) -> None:
    small, large = steps(shape(600)), steps(shape(2_400))

    assert large < 6 * small + 12_000


def steps(source: str) -> int:
    """Count the lines of Python that rendering runs: the same on a fast and on a busy machine."""
    count = 0

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += 1
        return on_line

    before = sys.gettrace()
    sys.settrace(on_line)
    try:
        render(source)
    except TextRefused:
        pass
    finally:
        sys.settrace(before)
    return count


def test_the_worst_shapes_are_bounded_at_full_length() -> None:
    sizes = {}
    for shape in SHAPES[::9]:
        try:
            sizes[shape] = len(render(shape(MAX_SOURCE)))
        except TextRefused:
            sizes[shape] = 0

    assert max(sizes.values()) < 20 * MAX_SOURCE
