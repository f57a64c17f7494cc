"""Names behind an @: which are linked, and which are other people's business."""

import pytest

from accounts.names import name_key
from forum import markup, mentions
from tests.markup.patterns import calls

CALLED = ("bob", "quiet fox", "bobso", "bobs", "Dr. Fox", "o'brien", "小明")
NAMES = {name_key(name): mentions.called(name) for name in CALLED}


def link(name, typed):
    return f'<a href="{mentions.called(name).path}" class="mention">{typed}</a>'


def rendered(source):
    return markup.render(source, NAMES).removeprefix('<p dir="auto">').removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("@bob", link("bob", "@bob")),
        ("Thanks, @BOB!", f"Thanks, {link('bob', '@BOB')}!"),
        ("@quiet fox, hello", f"{link('quiet fox', '@quiet fox')}, hello"),
        ("@quiet-fox and @quiet_fox and @quietfox", " and ".join(link("quiet fox", f"@quiet{s}fox") for s in "-_")),
        ("(@Dr. Fox)", f"({link('Dr. Fox', '@Dr. Fox')})"),
        ("**@bob**", f"<strong>{link('bob', '@bob')}</strong>"),
        ("@o'brien's", f"{link(chr(39).join(['o', 'brien']), chr(64) + 'o' + chr(39) + 'brien')}'s"),
        ("@小明你好", f"{link('小明', '@小明')}你好"),
    ],
)
def test_a_name_behind_the_sign_is_linked(source, shown):
    assert rendered(source).startswith(shown)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("@bob. So it was", f"{link('bob', '@bob')}. So it was"),
        ("@bob's dog", f"{link('bob', '@bob')}'s dog"),
        ("@bob so", f"{link('bob', '@bob')} so"),
    ],
)
def test_names_that_differ_by_signs_alone_are_not_meant_by_two_words(source, shown):
    assert rendered(source) == shown


@pytest.mark.parametrize(
    "source",
    [
        "ann@bob",
        "`@bob`",
        "```\n@bob\n```",
        "[@bob](https://example.org/)",
        "https://example.org/@bob",
        "bob@example.org",
        "@bobby",
        "@nobody",
        "@ bob",
        "@@",
        "x.@bob",
        "![@bob](/media/2026/a.webp)",
    ],
)
def test_what_is_no_mention_is_not_linked(source):
    assert 'class="mention"' not in markup.render(source, NAMES)


def test_a_comment_links_names_as_a_post_does():
    assert markup.render_comment("Hello @bob", NAMES) == f'<p dir="auto">Hello {link("bob", "@bob")}</p>'


def test_without_names_nothing_is_linked():
    assert markup.render("@bob") == '<p dir="auto">@bob</p>'


def test_every_name_that_is_linked_was_asked_for():
    source = "@quiet\\_fox **@bob** _@bobs_ @Dr. Fox, @小明你好\n\n> @o'brien"

    linked = mentions.linked_in(markup.render(source, NAMES))

    assert set(linked) <= mentions.keys_in(source)
    assert len(linked) == 6


def test_who_is_named_in_a_quote_alone_is_told_apart():
    html = markup.render("> @bob said\n> > @quiet fox\n\n@bobs @bob", NAMES)

    assert mentions.linked_in(html) == {"bob": True, name_key("quiet fox"): False, "bobs": True}


def test_a_link_that_somebody_wrote_themselves_is_no_mention():
    html = markup.render('[x](/user/bob/) [y](/user/bob/ "class=mention") <a class="mention" href="/user/bob/">z</a>')

    assert mentions.linked_in(html) == {}


def test_a_name_cannot_leave_its_attribute():
    names = {name_key("bob"): mentions.called("bob", '"><script>alert(1)</script>')}

    assert "<script" not in markup.render("@bob", names)


def test_of_one_text_fifty_places_are_linked():
    assert markup.render("@bob " * 60, NAMES).count('class="mention"') == mentions.LINKED_MOST


@pytest.mark.parametrize("source", ["@" * 30_000, "@a " * 10_000, "@a.b-c_d e" * 3_000, "@" + "a " * 14_000])
def test_many_signs_take_no_more_work_than_others(source):
    half, whole = calls(mentions.keys_in, source[:15_000]), calls(mentions.keys_in, source)

    assert whole < 2.5 * half + 2_000
    assert calls(lambda text: markup.render(text, NAMES), source) < 2_000_000
