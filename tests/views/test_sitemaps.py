"""What search engines and browsers may know of the site: valid, and nothing that is not public."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from forum.actions import moderating
from forum.models import Tag
from tests.factories import make_category, make_question

SITE = "http://127.0.0.1:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(Path(settings.BASE_DIR, "tests/support/sitemap.xsd")))


@pytest.fixture
def parts(client, schema):
    """Read the index and all it names: `parts()` returns the paths of each part."""

    def read(path):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
        document = etree.fromstring(response.content)
        schema.assertValid(document)
        return [one.text.removeprefix(SITE) for one in document.findall(".//s:loc", NAMES)]

    return lambda: {path: read(path) for path in read("/sitemap.xml")}


def test_every_public_page_is_named_once(parts, ann, sleep):
    nights = make_category("Nights", parent=sleep)
    make_category("Empty")
    Tag.objects.create(name="unused", slug="unused")
    question = make_question(ann, title="Schläfst du?", category=nights, tags=["nights"])

    found = parts()

    assert found["/sitemap-questions-0.xml"] == [f"/{question.pk}/schl%C3%A4fst-du/"]
    assert found["/sitemap-topics.xml"] == ["/questions/sleep/", "/questions/sleep/nights/"]
    assert found["/sitemap-tags-0.xml"] == ["/tag/nights/"]
    assert found["/sitemap-pages.xml"][:2] == ["/", "/questions/"]
    assert len(found) == 4


@pytest.mark.parametrize("audience", ["unlisted", "members"])
def test_what_is_not_for_search_engines_is_in_none(parts, ann, audience):
    make_question(ann, audience=audience, tags=["nights"])

    assert list(parts()) == ["/sitemap-pages.xml"]


def test_what_was_hidden_is_out_at_once(client, parts, question, mo):
    other = make_question()
    parts()

    moderating.hide_post(mo, question, reason="It names somebody.")

    assert client.get("/sitemap-questions-0.xml").content.decode().count("<loc>") == 1
    assert other.get_absolute_url() in client.get("/sitemap-questions-0.xml").content.decode()


def test_a_part_was_changed_when_its_newest_question_was(client, ann, sleep):
    make_question(ann, days_ago=9)
    newest = make_question(ann, days_ago=3)

    document = etree.fromstring(client.get("/sitemap.xml").content)

    changed = document.find("s:sitemap/s:lastmod", NAMES).text
    assert datetime.fromisoformat(changed) == newest.last_activity_at


def test_what_has_not_changed_is_not_sent_again(client, question):
    first = client.get("/sitemap-questions-0.xml")

    again = client.get("/sitemap-questions-0.xml", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("part", ["questions-7", "questions-x", "tags-0", "tags-9", "topics", "nothing"])
def test_a_part_without_pages_is_not_there(client, db, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_part_costs_one_query(client, ann, sleep, count, django_assert_num_queries):
    for _ in range(count):
        make_question(ann)

    with django_assert_num_queries(1):
        client.get("/sitemap-questions-0.xml")


def test_browsers_learn_the_search(client, db):
    home = client.get("/").content.decode()
    response = client.get("/opensearch.xml")

    document = etree.fromstring(response.content)
    assert 'rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in home
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert document.find("o:Url", SEARCH).get("template") == f"{SITE}/search/?q={{searchTerms}}"
    assert len(document.find("o:ShortName", SEARCH).text) <= 16
