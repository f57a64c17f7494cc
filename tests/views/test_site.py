"""The site itself over HTTP: its health, what programs may read, colours, the welcome."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from forum.effects.notifications import review_notifications
from forum.tokens import guest_token
from tests.factories import make_question

NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_site_is_well_while_the_database_answers(client, db, django_assert_num_queries):
    with django_assert_num_queries(11):
        response = client.get("/healthz/")

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response.content == b"ok\njobs waiting: 0\noldest job, seconds: 0\n"


@pytest.mark.parametrize("jobs", [1, 3])
def test_it_says_how_many_jobs_wait_and_since_when(client, db, django_assert_num_queries, jobs):
    for number in range(jobs):
        review_notifications.enqueue(number)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=90, milliseconds=500))
    review_notifications.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(0)

    with django_assert_num_queries(11):
        response = client.get("/healthz/")

    assert response.content == f"ok\njobs waiting: {jobs}\noldest job, seconds: 90\n".encode()


def test_the_site_is_not_well_without_its_database(client, db):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz/")

    assert (response.status_code, response.content) == (503, b"no database\n")


def test_programs_are_told_what_is_of_no_use_to_them(client, db):
    response = client.get("/robots.txt")

    assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, "text/plain")
    lines = response.content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /accounts/"]
    assert lines[-3:] == ["Allow: /moderation/log/", "", "Sitemap: http://127.0.0.1:8000/sitemap.xml"]


@pytest.mark.parametrize(
    "url", ["/healthz/", "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/opensearch.xml", "/og/site.png"]
)
def test_these_are_read_only(client, db, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("url", ["/theme/", "/welcome/close/"])
def test_these_change_something_and_are_not_read(client, db, url):
    response = client.get(url)

    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_colours_are_kept_in_the_browser(client, db, theme):
    response = client.post("/theme/", {"theme": theme, "next": "/tags/?q=a"})

    assert (response.status_code, response.url) == (302, "/tags/?q=a")
    assert response.cookies["theme"].value == theme


def test_colours_are_kept_with_the_account(signed_in, ann):
    signed_in(ann).post("/theme/", {"theme": "dark"})

    ann.refresh_from_db()
    assert ann.theme == "dark"


@pytest.mark.parametrize("theme", ["", "pink", "<x>", "DARK"])
def test_other_colours_change_nothing(client, db, theme):
    response = client.post("/theme/", {"theme": theme})

    assert (response.status_code, response.url, dict(response.cookies)) == (302, "/", {})


@pytest.mark.parametrize(
    "target", ["https://example.com/", "//example.com/", "javascript:alert(1)", "", "\\\\example.com"]
)
def test_the_way_back_never_leads_elsewhere(client, db, target):
    assert client.post("/theme/", {"theme": "dark", "next": target}).url == "/"


def test_the_dark_page_is_dark(client, db):
    client.post("/theme/", {"theme": "dark"})

    assert '<meta name="color-scheme" content="dark">' in client.get("/help/").content.decode()


@pytest.mark.parametrize("url", ["/", "/questions/", "/ask/", "/no-such-page/", "/users/", "/1/"])
def test_a_browser_that_can_act_keeps_no_page_so_that_going_back_shows_what_is_true(client, signed_in, ann, guest, url):
    member = signed_in(ann)
    client.cookies["guest"] = guest_token(guest.pk)

    assert [browser.get(url)["Cache-Control"] for browser in (member, client)] == ["private, no-store"] * 2


@pytest.mark.parametrize("url", ["/", "/questions/", "/ask/", "/accounts/login/", "/no-such-page/", "/bookmarks/"])
def test_a_page_is_kept_by_its_readers_browser_alone(client, db, url):
    assert client.get(url)["Cache-Control"] in {"private, no-cache", NEVER}


def test_an_address_that_only_members_may_know_is_not_kept_on_the_way(signed_in, ann, sleep):
    question = make_question(ann, category=sleep, audience="members")

    response = signed_in(ann).get(f"/{question.pk}/another-slug/")

    assert (response.status_code, response["Cache-Control"]) == (301, "private, no-store")


def test_who_signs_out_leaves_no_texts_on_the_device(signed_in, ann):
    response = signed_in(ann).post("/accounts/logout/")

    assert (response.status_code, response["Clear-Site-Data"]) == (302, '"cache", "storage"')
