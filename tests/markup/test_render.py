"""What a post's Markdown becomes."""

import pytest

from forum import markup
from forum.markup import TextRefused, excerpt, plain_text, render, render_comment

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Hello", '<p dir="auto">Hello</p>'),
        ("", ""),
        ("one\ntwo", '<p dir="auto">one<br>\ntwo</p>'),
        ("*a* **b** ~~c~~ `d`", '<p dir="auto"><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>'),
        ("- a\n- b", '<ul>\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ul>'),
        ("3. a\n4. b", '<ol start="3">\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ol>'),
        ("> a", '<blockquote dir="auto">\n<p dir="auto">a</p>\n</blockquote>'),
        ("```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("---", "<hr>"),
        ("- [ ] task", '<ul>\n<li dir="auto">[ ] task</li>\n</ul>'),
        ('"q" & <i>x</i>', '<p dir="auto">"q" &amp; &lt;i&gt;x&lt;/i&gt;</p>'),
    ],
)
def test_commonmark_basics(source: str, expected: str) -> None:
    assert render(source) == expected


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", [3, 4, 5, 6, 6, 6]),
        ("## a\n## b", [3, 3]),
        ("# a\n### b\n## c", [3, 4, 4]),
        ("### a\n# b", [3, 3]),
        ("a\n===\nb\n---", [3, 4]),
    ],
)
def test_headings_start_at_h3_and_skip_no_level(source: str, levels: list[int]) -> None:
    rendered = render(source)

    assert [int(part[0]) for part in rendered.split("<h")[1:]] == levels
    assert rendered.count("</h") == len(levels)


def test_a_table_scrolls_in_its_own_box_and_is_aligned_without_style() -> None:
    rendered = render("|a|b|\n|:-|-:|\n|1|2|")

    assert rendered.startswith('<div class="table-scroll" tabindex="0"><table>')
    assert '<td class="align-right" dir="auto">2</td>' in rendered
    assert "style" not in rendered


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("[a](http://e.org/x)", "http://e.org/x"),
        ("[a](mailto:a@e.org)", "mailto:a@e.org"),
        ("[a](/12/title/#a13)", "/12/title/#a13"),
        ("[a](#a13)", "#a13"),
        ("[a](//e.org)", "https://e.org"),
        ("[a](e.org/x)", "https://e.org/x"),
        ("<https://e.org>", "https://e.org"),
        ("see https://e.org/a_b_c.", "https://e.org/a_b_c"),
        ("www.example.org", "https://www.example.org"),
        ("[a](http://münchen.example)", "http://xn--mnchen-3ya.example"),
        ("[a](http://127.0.0.1:8000/)", "http://127.0.0.1:8000/"),
        ("[a](HTTPS://E.org)", "HTTPS://E.org"),
        ("ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_a_link_means_the_same_on_every_page(source: str, href: str) -> None:
    assert f'<a href="{href}" {REL}>' in render(source)


@pytest.mark.parametrize(
    "source",
    [
        "[a](12)",
        "[a](../x)",
        "[a](ftp://e.org)",
        "[a](tel:1)",
        "[a](about:blank)",
        "[a](http://u:p@e.org)",
        "[a](http://e.org:x)",
        "[a](http://1.2.3)",
        "[a](http://[::1])",
    ],
)
def test_other_addresses_leave_their_words_only(source: str) -> None:
    assert render(source) == '<p dir="auto">a</p>'


def test_links_never_stand_inside_links() -> None:
    assert render("[<https://a.org>](https://b.org)").count("<a ") == 1
    assert render("[![x](https://a.org/x.png)](https://b.org)").count("<a ") == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("![A cat](/media/p/c.webp)", '<img src="/media/p/c.webp" alt="A cat" loading="lazy">'),
        (
            "![A cat](/media/c-800x600.webp)",
            '<img src="/media/c-800x600.webp" alt="A cat" width="800" height="600" loading="lazy">',
        ),
        ("![](/media/c.webp)", '<img src="/media/c.webp" alt="A picture without a description" loading="lazy">'),
        ("![x](https://e.org/c.png)", f'<a href="https://e.org/c.png" {REL}>x</a>'),
        ("![x](/media/../admin/a.png)", f'<a href="/media/../admin/a.png" {REL}>x</a>'),
        ("![x](/media/c.svg)", f'<a href="/media/c.svg" {REL}>x</a>'),
        ("![x](data:image/png;base64,AAAA)", "x"),
        ("![a ![b](/media/b.png)](/media/a.png)", '<img src="/media/a.png" alt="a !b" loading="lazy">'),
    ],
)
def test_only_our_own_pictures_are_pictures(source: str, expected: str) -> None:
    assert render(source) == f'<p dir="auto">{expected}</p>'


def test_a_comment_has_words_links_and_code_only() -> None:
    rendered = render_comment("# a\n- b\n> c\n\n|a|\n|-|\n\n![x](/media/x.png) *e* `c` https://e.org")

    assert rendered == (
        '<p dir="auto"># a<br>\n- b<br>\n&gt; c</p>\n<p dir="auto">|a|<br>\n|-|</p>\n'
        f'<p dir="auto"><a href="/media/x.png" {REL}>x</a> <em>e</em> <code>c</code> '
        f'<a href="https://e.org" {REL}>https://e.org</a></p>'
    )


def test_plain_text_has_no_markup() -> None:
    source = (
        "# T\n\na *b* [c](https://e.org)\nd\n\n- x\n\n|a|\n|-|\n|1|\n\n```\ncode\n```\n\n![alt](/media/a.png) &amp;"
    )

    assert plain_text(source) == "T\na b c d\nx\na\n1\ncode\nalt &"


def test_excerpt_is_one_short_line() -> None:
    assert excerpt("# Title\n\nSome *words* here", 100) == "Title Some words here"
    assert excerpt("one two three four", 12) == "one two…"


@pytest.mark.parametrize(
    "source",
    [
        "a" * (markup.MAX_SOURCE + 1),
        "> " * 200 + "a",
        "![a](/b) " * 600,
        ("a|" * 60 + "\n" + "-|" * 60 + "\n" + "a\n" * 99),
    ],
)
def test_too_much_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(TextRefused, match=r"^Your .*\. Please .*\.$"):
        render(source)
    with pytest.raises(TextRefused):
        plain_text(source)


def test_nothing_is_lost_when_text_is_nested() -> None:
    source = "".join("> " * depth + f"word{depth}\n\n" for depth in range(1, 9))

    assert [f"word{depth}" in render(source) for depth in range(1, 9)] == [True] * 8
