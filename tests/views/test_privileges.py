"""/privileges/: everybody may read who may do what."""

import pytest

from accounts.models import User
from forum.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_a_guest_reads_what_an_account_brings(client):
    page = client.get("/privileges/")

    text = page.content.decode()
    assert (page.status_code, "With an account you can also:" in text, "<li>Upvote</li>" in text) == (200, True, True)
    assert "<progress" not in text


def test_a_member_sees_how_far_it_is(newt, signed_in):
    text = signed_in(newt).get("/privileges/").content.decode()

    assert "<bdi>100 of 200 points</bdi> until the next one: <b>Post without the anti-spam check</b>." in text
    assert '<progress class="progress mt2" value="100" max="200"' in text
    assert "With an account you can also:" not in text


def test_who_has_a_warning_to_read_is_led_to_it(newt, signed_in):
    User.objects.filter(pk=newt.pk).update(must_acknowledge=True)

    text = signed_in(newt).get("/privileges/").content.decode()

    assert '<a href="/messages/">Read the message</a>' in text


def test_the_owners_levels_show_at_once(client):
    SiteSettings.objects.create(pk=1, levels={"level_to_ask": "77"})

    assert "77 points" in client.get("/privileges/").content.decode()


def test_nothing_is_sent_here(client):
    assert client.post("/privileges/").status_code == 405


def test_every_page_about_points_leads_there(newt, bob, client, signed_in):
    browser = signed_in(newt)
    pages = {
        path: 'href="/privileges/"' in browser.get(path).content.decode()
        for path in ("/help/points/", newt.get_absolute_url(), bob.get_absolute_url())
    }

    assert list(pages.values()) == [True, True, False]
    assert 'href="/privileges/"' in client.get("/help/points/").content.decode()


@pytest.mark.parametrize(("reader", "queries"), [("guest", 1), ("member", 4)], indirect=["reader"])
def test_it_costs_the_same_few_queries(reader, queries, django_assert_num_queries):
    reader.get("/privileges/")

    with django_assert_num_queries(queries):
        reader.get("/privileges/")
