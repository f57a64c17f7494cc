"""What a post's Markdown becomes."""

import re

import pytest

from forum.markup import TextRefused, excerpt, plain_text, render, render_comment
from forum.markup.budget import MAX_SOURCE

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
    "address",
    [
        "12",
        "../x",
        "ftp://e.org",
        "tel:1",
        "tel:12-ab",
        "about:blank",
        "http://u:p@e.org",
        "http://e.org:x",
        "http://1.2.3",
        "http://[::1]",
        "x:javascript:alert(1)",
    ],
)
def test_an_address_that_leads_nowhere_stands_behind_its_words(address: str) -> None:
    assert render(f"[a]({address})") == f'<p dir="auto">a ({address})</p>'
    assert render_comment(f"[a]({address})") == f'<p dir="auto">a ({address})</p>'
    assert plain_text(f"[a]({address})") == f"a ({address})"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[phone](tel:116123)", f'<a href="tel:116123" {REL}>phone</a>'),
        ("[a](tel:+49-30-116.123)", f'<a href="tel:+49-30-116.123" {REL}>a</a>'),
        ("[a](<tel:116 123>)", f'<a href="tel:116%20123" {REL}>a</a>'),
        ("[a](tel:*100#)", f'<a href="tel:*100#" {REL}>a</a>'),
        ("[a](tel:116123;ext=4)", f'<a href="tel:116123;ext=4" {REL}>a</a>'),
        ("[a](sms:741741)", f'<a href="sms:741741" {REL}>a</a>'),
        ("[a](sms:741741?body=HOME)", f'<a href="sms:741741?body=HOME" {REL}>a</a>'),
        ("<tel:116123>", f'<a href="tel:116123" {REL}>tel:116123</a>'),
        ("[](tel:116123)", f'<a href="tel:116123" {REL}>116123</a>'),
        ("[](https://example.org/f)", f'<a href="https://example.org/f" {REL}>https://example.org/f</a>'),
        ("[ \u200b](e.org)", f'<a href="https://e.org" {REL}> \u200bhttps://e.org</a>'),
        ("[![](https://e.org/a.png)](/b)", f'<a href="/b" {REL}>https://e.org/a.png</a>'),
        ("[🙂](/b)", f'<a href="/b" {REL}>🙂</a>'),
        ("[](../x)", "../x"),
        ("[a]()", "a"),
    ],
)
def test_a_link_has_words_and_an_address(source: str, expected: str) -> None:
    assert render(source) == f'<p dir="auto">{expected}</p>'


@pytest.mark.parametrize(
    ("source", "link", "rest"),
    [
        ("https://example.org/d。谢谢", "https://example.org/d", "。谢谢"),
        ("https://example.org/m！", "https://example.org/m", "！"),
        ("https://example.org/n؟", "https://example.org/n", "؟"),
        ("https://example.org/n، نعم", "https://example.org/n", "، نعم"),
        ("https://example.org/n।", "https://example.org/n", "।"),
        ("www.example.org。谢谢", "www.example.org", "。谢谢"),
        ("https://example.org/o」と", "https://example.org/o", "」と"),
        ("https://example.org/“x”", "https://example.org/", "“x”"),
    ],
)
def test_an_address_ends_before_a_sign_of_any_script(source: str, link: str, rest: str) -> None:
    href = link if link.startswith("https") else f"https://{link}"

    assert render(source) == f'<p dir="auto"><a href="{href}" {REL}>{link}</a>{rest}</p>'
    assert render_comment(source) == render(source)


@pytest.mark.parametrize(
    ("mark", "tag"), [("~~", "s"), ("**", "strong"), ("*", "em"), ("_", "em"), ("__", "strong"), ("***", "em")]
)
def test_marks_around_an_address_are_marks(mark: str, tag: str) -> None:
    link = f'<a href="https://example.org/e_f" {REL}>https://example.org/e_f</a>'

    shown = render(f"{mark}https://example.org/e_f{mark}")

    assert shown.count(link) == 1
    assert shown.startswith(f'<p dir="auto"><{tag}>')
    assert mark not in shown.replace("e_f", "")


def test_sentences_without_a_space_between_them_are_no_links() -> None:
    source = "I cannot sleep.it is bad. I told him.so he left.my friend cried.no more. See file.py and e.g.this"

    assert render(source) == f'<p dir="auto">{source}</p>'
    assert render_comment(source) == render(source)


@pytest.mark.parametrize("name", ["example.org", "www.example.it", "www.example.de/a?b", "nhs.uk", "Samaritans.org"])
def test_a_well_known_ending_or_www_makes_a_link(name: str) -> None:
    assert render(f"see {name}, please") == (f'<p dir="auto">see <a href="https://{name}" {REL}>{name}</a>, please</p>')


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://xn--pple-43d.com/", "https://xn--pple-43d.com/"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https://xn--80ak6aa92e.com/", "https://xn--80ak6aa92e.com/"),
        ("https://sub.xn--pple-43d.com/x", "https://sub.xn--pple-43d.com/x"),
        ("https://münchen.example/", "https://münchen.example/"),
        ("https://пример.рф/", "https://пример.рф/"),
        ("https://日本のもの.jp/", "https://日本のもの.jp/"),
    ],
)
def test_a_host_that_looks_like_another_is_shown_in_ascii(address: str, shown: str) -> None:
    assert f">{shown}</a>" in render(f"see {address} here")
    assert f">{shown}</a>" in render(f"<{address}>")
    assert f">{shown}</a>" in render(f"[]({address})")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**强调。**后面", "<strong>强调。</strong>后面"),
        ("前面**「强调」**后面", "前面<strong>「强调」</strong>后面"),
        ("これは**重要（じゅうよう）**です", "これは<strong>重要（じゅうよう）</strong>です"),
        ("**이 용어(This term)**를", "<strong>이 용어(This term)</strong>를"),
        ("~~错误。~~正确", "<s>错误。</s>正确"),
        ("*强调！*后面", "<em>强调！</em>后面"),
        ("**a.**b", "**a.**b"),
        ("a_b_c", "a_b_c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_marks_beside_full_width_signs_are_marks(source: str, expected: str) -> None:
    assert render(source) == f'<p dir="auto">{expected}</p>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[TW]: suicide\n\nI want to tell her.", ["[TW]: suicide", "I want to tell her."]),
        ("[TW]: /suicide\n\nI want", ["[TW]: /suicide", "I want"]),
        ("[TW]: suicide\nI want", ["[TW]: suicide<br>\nI want"]),
        ("[a]: /b\n\n[a]: /c", ["[a]: /b", "[a]: /c"]),
        ("[a]: /b\n\n[a]: /c\n\n[a]", ["[a]: /c", f'<a href="/b" {REL}>a</a>']),
        ("[a]: /b 'c'\n[d]: /e\n\n[d]", ["[a]: /b 'c'", f'<a href="/e" {REL}>d</a>']),
    ],
)
def test_a_definition_that_no_link_uses_is_text(source: str, expected: list[str]) -> None:
    assert render(source) == "\n".join(f'<p dir="auto">{words}</p>' for words in expected)


def test_a_definition_in_a_list_or_a_quotation_is_text() -> None:
    assert render("- [TW]: /suicide\n- x") == ('<ul>\n<li dir="auto">[TW]: /suicide</li>\n<li dir="auto">x</li>\n</ul>')
    assert render("> [TW]: suicide") == ('<blockquote dir="auto">\n<p dir="auto">[TW]: suicide</p>\n</blockquote>')
    assert plain_text("> [TW]: suicide") == "[TW]: suicide"


def test_a_definition_that_a_link_uses_is_not_shown() -> None:
    assert render("See [a] and ![b].\n\n[a]: /x\n[b]: /media/b.webp") == (
        f'<p dir="auto">See <a href="/x" {REL}>a</a> and <img src="/media/b.webp" alt="b" loading="lazy">.</p>'
    )


@pytest.mark.parametrize(
    ("source", "numbers", "plain"),
    [
        ("1. a\n2. b\n\nc\n\n3. d\n4. e", ["", "", "start=3", "", ""], "1. a\n2. b\nc\n3. d\n4. e"),
        ("5. a\n9. b\n10. c", ["start=5", "", "value=9", "value=10"], "5. a\n9. b\n10. c"),
        ("3. a\n2. b\n1. c", ["start=3", "", "value=2", "value=1"], "3. a\n2. b\n1. c"),
        ("1. a\n1. b\n1. c", ["", "", ""], "1. a\n2. b\n3. c"),
        ("0) a\n1) b", ["start=0", "", ""], "0. a\n1. b"),
        ("2024. a", ["start=2024", ""], "2024. a"),
    ],
)
def test_items_have_the_numbers_they_were_typed_with(source: str, numbers: list[str], plain: str) -> None:
    shown = re.findall(r'start="\d+"|<li[^>]*>', render(source))

    assert [re.sub(r'<li|dir="auto"|[">\s]', "", item) for item in shown] == numbers
    assert plain_text(source) == plain


def test_plain_text_keeps_numbers_bullets_and_addresses() -> None:
    source = (
        "- a\n- b\n  1. c\n  2. d\n\n"
        "Call [them](tel:116123), [116 123](tel:116123), www.e.org, [ann](mailto:a@e.org), [e.org](https://e.org/)."
    )

    assert plain_text(source) == (
        "- a\n- b\n  1. c\n  2. d\nCall them (116123), 116 123, www.e.org, ann (a@e.org), e.org."
    )
    assert excerpt("1. Walk\n2. Talk") == "1. Walk 2. Talk"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> اقتباس", '<blockquote dir="rtl">\n<p dir="auto">اقتباس</p>\n</blockquote>'),
        (
            "Hello\n\n> «اقتباس»\n>\n> hello",
            (
                '<p dir="auto">Hello</p>\n<blockquote dir="rtl">\n<p dir="auto">«اقتباس»</p>\n'
                '<p dir="auto">hello</p>\n</blockquote>'
            ),
        ),
        (
            "שלום\n\n> hello",
            '<p dir="auto">שלום</p>\n<blockquote dir="ltr">\n<p dir="auto">hello</p>\n</blockquote>',
        ),
        (
            "- שלום\n\n- 2",
            (
                '<ul dir="rtl">\n<li dir="rtl">\n<p dir="auto">שלום</p>\n</li>\n'
                '<li dir="auto">\n<p dir="auto">2</p>\n</li>\n</ul>'
            ),
        ),
        (
            "1. one\n2. שלום",
            '<ol>\n<li dir="auto">one</li>\n<li dir="rtl">שלום</li>\n</ol>',
        ),
    ],
)
def test_a_block_runs_as_its_first_letter_does(source: str, expected: str) -> None:
    assert render(source) == expected


def test_a_table_runs_as_its_first_letter_does() -> None:
    assert render("|שם|b|\n|-|-|\n|1|2|").startswith('<div class="table-scroll" dir="rtl" tabindex="0"><table>')


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
        ("![x](data:image/png;base64,AAAA)", "x (data:image/png;base64,AAAA)"),
        ("![](data:image/png;base64,AAAA)", "data:image/png;base64,AAAA"),
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

    assert plain_text(source) == "T\na b c (https://e.org) d\n- x\na\n1\ncode\nalt &"


def test_excerpt_is_one_short_line() -> None:
    assert excerpt("# Title\n\nSome *words* here", 100) == "Title Some words here"
    assert excerpt("one two three four", 12) == "one two…"


@pytest.mark.parametrize(
    "source",
    [
        "a" * (MAX_SOURCE + 1),
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
