"""Texts written to run script, to break the page or to keep the server busy."""

import re

import bleach
import nh3
import pytest
from html5lib import HTMLParser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.markup import TextRefused, plain_text, render, render_comment
from forum.markup.budget import MAX_SOURCE
from forum.markup.output import ATTRIBUTES, PROTOCOLS, TAGS, allow_attribute
from tests.markup.patterns import SHAPES, Shape, calls

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
            assert re.match(r"https?:|mailto:|tel:|sms:|/(?![/\\])|#", element.attrib["href"], re.IGNORECASE)


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


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_work_grows_with_the_text_and_not_with_its_square(shape: Shape) -> None:
    small, large = calls(render, shape(1_200)), calls(render, shape(2_400))

    assert large < 2.5 * small + 2_000


def test_the_worst_shapes_are_shown_or_refused_with_a_sentence_at_full_length() -> None:
    lengths, refusals = [], []
    for shape in list(SHAPES.values())[::9]:
        try:
            lengths.append(len(render(shape(MAX_SOURCE))))
        except TextRefused as refusal:
            refusals.append(str(refusal))

    assert max(lengths) < 12 * MAX_SOURCE
    assert [sentence for sentence in refusals if not re.fullmatch(r"Your .*\. Please .*\.", sentence)] == []
