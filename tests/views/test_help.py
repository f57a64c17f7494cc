"""Help over HTTP."""

from datetime import date

import pytest

from forum.models import HelpLine, Page

PAGES = ["/help/", "/help/guidelines/", "/help/crisis/", "/help/points/"]


def page(client, url):
    return client.get(url).content.decode()


@pytest.fixture(autouse=True)
def pages(db):
    """The pages of this file, and no others."""
    Page.objects.all().delete()
    HelpLine.objects.all().delete()
    for slug in ("help", "guidelines", "crisis", "points"):
        Page.objects.create(slug=slug, title=f"About {slug}", body_html=f"<p>Words of {slug}.</p>")


@pytest.mark.parametrize("url, slug", list(zip(PAGES, ["help", "guidelines", "crisis", "points"], strict=True)))
def test_each_page_shows_the_owners_words(client, url, slug):
    text = page(client, url)

    assert f"<h1>About {slug}</h1>" in text
    assert f"<p>Words of {slug}.</p>" in text


@pytest.mark.parametrize("url", PAGES)
def test_no_page_is_posted_to(client, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("url", ["/help/crisis/", "/help/points/", "/help/"])
def test_what_software_needs_is_there_without_any_page(client, url):
    Page.objects.all().delete()

    assert client.get(url).status_code == 200


def test_an_unknown_page_gets_a_sentence(client):
    response = client.get("/help/nope/")

    assert response.status_code == 404
    assert "There’s no help page at this address. The help page lists all of them." in response.content.decode()


def test_the_first_page_has_one_address(client):
    response = client.get("/help/help/")

    assert (response.status_code, response.url) == (301, "/help/")


def test_help_lines_can_be_called_and_say_when_they_were_checked(client):
    HelpLine.objects.create(
        country="GB",
        country_name="United Kingdom",
        name="Samaritans",
        phone="116 123",
        url="https://www.samaritans.org",
    )
    HelpLine.objects.create(
        country="GB", country_name="United Kingdom", name="Shout", phone="Version 85258", checked_on=date(2020, 3, 1)
    )

    text = page(client, "/help/crisis/")

    assert '<option value="gb" selected>United Kingdom</option>' in text
    assert 'href="tel:116123"' in text
    assert 'href="https://www.samaritans.org" rel="noopener noreferrer"' in text
    assert "Not checked by our team yet." in text
    assert "Last checked 1 March 2020, a long time ago." in text


def test_points_are_the_numbers_in_force(client):
    text = page(client, "/help/points/")

    assert '<th scope="row">Posting an answer</th><td class="r"><b>40</b></td>' in text
    assert "is worth 180 points" in text


def test_a_member_sees_what_is_open_to_them(client, signed_in, ann):
    assert (
        "You can do this" in page(client, "/help/points/"),
        "You can do this" in page(signed_in(ann), "/help/points/"),
    ) == (
        False,
        True,
    )


@pytest.mark.parametrize("reader, own", [("guest", 0), ("member", 2)], indirect=["reader"])
@pytest.mark.parametrize(
    "url, queries", [("/help/", 2), ("/help/guidelines/", 2), ("/help/crisis/", 3), ("/help/points/", 2)]
)
def test_pages_cost_the_same_with_one_row_and_with_three(django_assert_num_queries, reader, own, url, queries):
    HelpLine.objects.create(country="GB", country_name="United Kingdom", name="A", phone="1")
    with django_assert_num_queries(queries + own):
        reader.get(url)

    HelpLine.objects.create(country="US", country_name="United States", name="B", phone="2")
    HelpLine.objects.create(country="IN", country_name="India", name="C", phone="3")
    Page.objects.create(slug="more", title="More")
    with django_assert_num_queries(queries + own):
        reader.get(url)
