"""The administration wears the site: its tokens, its fonts, its theme, nothing inline, and valid HTML."""

import re

import pytest

from forum.models import HelpLine, Page, Tag
from tests.factories import make_note
from tests.support.html import faults_of

PATHS = [
    "/admin/",
    "/admin/forum/",
    "/admin/forum/category/",
    "/admin/forum/category/add/",
    "/admin/forum/category/{topic}/change/",
    "/admin/forum/category/{topic}/delete/",
    "/admin/forum/tag/",
    "/admin/forum/tag/{tag}/change/",
    "/admin/forum/contentnote/",
    "/admin/forum/contentnote/{note}/change/",
    "/admin/forum/page/",
    "/admin/forum/page/{page}/change/",
    "/admin/forum/helpline/",
    "/admin/forum/helpline/?o=2",
    "/admin/forum/helpline/{line}/change/",
    "/admin/forum/sitesettings/1/change/",
    "/admin/forum/reputationchange/",
    "/admin/forum/event/",
    "/admin/forum/revision/",
    "/admin/recount/",
]
STOCK = re.compile(r'<link[^>]+href="[^"]*/admin/css/|theme\.js|nav_sidebar\.js|id="theme-toggle|data-theme')
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def numbers(question, sleep):
    """The numbers of one of everything."""
    line = HelpLine.objects.create(country="SE", country_name="Sweden", name="Mind", url="https://mind.se")
    return {
        "topic": sleep.pk,
        "tag": Tag.objects.create(name="naps", slug="naps").pk,
        "note": make_note().pk,
        "page": Page.objects.create(slug="privacy", title="Privacy", body="*x*").pk,
        "line": line.pk,
    }


@pytest.mark.parametrize("who", ["mo", "ada"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_fault_nothing_inline_and_no_stock_style(path, who, numbers, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(path.format(**numbers), follow=True)

    text = page.content.decode()
    assert faults_of(text) == []
    assert (INLINE.findall(text), STOCK.findall(text)) == ([], [])
    assert "script-src" not in page["Content-Security-Policy"]
    assert "default-src 'self'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("cookie", "own", "media"),
    [
        ("", "auto", "screen and (prefers-color-scheme: dark)"),
        ("", "dark", "screen"),
        ("", "light", "not all"),
        ("dark", "light", "screen"),
        ("auto", "dark", "screen and (prefers-color-scheme: dark)"),
    ],
)
def test_the_theme_is_decided_as_on_the_site(cookie, own, media, mo, signed_in):
    mo.theme = own
    mo.save(update_fields=["theme"])
    browser = signed_in(mo)
    if cookie:
        browser.cookies["theme"] = cookie

    sheets = [
        re.search(r'dark\.css" media="([^"]+)"', browser.get(path).content.decode())[1] for path in ("/", "/admin/")
    ]

    assert sheets == [media, media]


def test_our_style_sheet_comes_last(mo, signed_in):
    page = signed_in(mo).get("/admin/forum/event/").content.decode()

    sheets = re.findall(r'<link rel="stylesheet" href="/static/css/([a-z]+)\.css"', page)

    assert (sheets[0], sheets[-1]) == ("site", "admin")


def test_the_header_leads_to_the_site_names_the_member_and_signs_out(mo, signed_in):
    page = signed_in(mo).get("/admin/").content.decode()

    header = page[page.index("<header") : page.index("</header>")]
    assert 'href="/">' in header
    assert "View site" in header
    assert "Signed in as <b><bdi>mo</bdi></b>" in header
    assert '<form method="post" action="/accounts/logout/">' in header


@pytest.mark.parametrize(
    ("path", "to"), [("password_change", "/accounts/password/change/"), ("logout", "/accounts/logout/")]
)
def test_passwords_and_signing_out_are_the_sites(path, to, mo, signed_in):
    answer = signed_in(mo).get(f"/admin/{path}/")

    assert (answer.status_code, answer["Location"]) == (302, to)


def test_the_words_of_scripts_are_served(mo, signed_in):
    answer = signed_in(mo).get("/admin/jsi18n/")

    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/javascript; charset="utf-8"')


@pytest.mark.parametrize("path", ["/admin/forum/page/{page}/history/", "/admin/forum/category/{topic}/history/"])
def test_there_is_one_log(path, numbers, ada, signed_in):
    browser = signed_in(ada)

    page = browser.get(path.format(**numbers).replace("history", "change")).content.decode()

    assert (browser.get(path.format(**numbers)).status_code, "history/" in page) == (404, False)


def test_a_page_that_readers_see_is_one_tap_away(numbers, mo, signed_in):
    page = signed_in(mo).get(f"/admin/forum/page/{numbers['page']}/change/").content.decode()

    assert re.search(r'<a href="[^"]+">View on the site</a>', page)
