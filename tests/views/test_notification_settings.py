"""The page where a member chooses how they are told."""

from datetime import time

import pytest

from accounts.models import User
from forum.choices import NotificationKind, Rhythm
from forum.effects.choices import FOLLOWED_KINDS, Way, ways_for
from forum.limits import DEFAULT_CHOICES
from forum.models import NotificationChoice, Preferences
from tests.support.html import faults_of
from tests.support.records import everything

pytestmark = pytest.mark.django_db

PAGE = "/settings/notifications/"
KINDS = [kind for kind in NotificationKind if kind not in {*FOLLOWED_KINDS, NotificationKind.URGENT}]
RHYTHM = {
    "rhythm": "weekly",
    "digest_hour": "7",
    "time_zone": "Europe/Berlin",
    "quiet_from": "22:00",
    "quiet_until": "08:00",
    "shows_titles": "on",
}


def fields(**changed):
    """Return what the form sends as it stands in the beginning, with some of it changed."""
    ways = {f"mail_{kind}": str(DEFAULT_CHOICES[kind]) for kind in KINDS}
    return {**ways, **{f"site_{kind}": "on" for kind in KINDS}, **changed}


def choices():
    return list(NotificationChoice.objects.order_by("kind").values_list("kind", "on_site", "mail"))


def test_in_the_beginning_mail_comes_only_for_what_waits_in_person(signed_in, ann):
    page = signed_in(ann).get(PAGE)

    shown = {choice.kind: choice.mail for group in page.context["page"].groups for choice in group.choices}
    assert sorted(kind for kind, mail in shown.items() if mail == "now") == [
        "answered",
        "commented",
        "mentioned",
        "message",
        "reminded",
    ]
    assert set(shown) == set(KINDS)
    assert "Reset to defaults" not in page.content.decode()
    assert faults_of(page.content) == []


def test_choices_are_kept_where_they_differ_and_can_be_taken_back(signed_in, ann):
    browser = signed_in(ann)
    changed = fields(mail_answered="never", mail_voted="now")
    del changed["site_points"]

    for _ in range(2):
        assert browser.post(PAGE, changed).url == PAGE

    assert choices() == [("answered", True, "never"), ("points", False, "digest"), ("voted", True, "now")]
    assert ways_for(NotificationKind.POINTS, [ann.pk]) == {ann.pk: Way(on_site=False, mail="digest")}
    page = browser.get(PAGE).content.decode()
    chosen = page.partition('name="mail_answered"')[2].partition("</select>")[0]
    assert '<option value="never" selected>No email</option>' in chosen
    assert browser.post(f"{PAGE}reset/").url == PAGE
    assert choices() == []


def test_what_is_not_offered_changes_nothing(signed_in, ann):
    browser, before = signed_in(ann), None
    before = everything()

    assert browser.post(PAGE, fields(mail_answered="daily")).status_code == 422
    assert everything() == before


def test_rhythm_hours_and_clock_are_kept(signed_in, ann):
    browser = signed_in(ann)

    for _ in range(2):
        assert browser.post(f"{PAGE}rhythm/", RHYTHM).url == PAGE

    kept = Preferences.objects.get()
    assert (kept.rhythm, kept.digest_hour, kept.quiet_from, kept.quiet_until) == (Rhythm.WEEKLY, 7, time(22), time(8))
    assert kept.shows_titles is True
    assert User.objects.get(pk=ann.pk).time_zone == "Europe/Berlin"
    assert 'value="22:00"' in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhythm": "hourly"},
        {"digest_hour": "24"},
        {"time_zone": "No/Where"},
        {"quiet_until": ""},
        {"quiet_from": "noon"},
    ],
)
def test_a_wrong_rhythm_comes_back_with_what_was_typed(wrong, signed_in, ann):
    browser = signed_in(ann)
    before = everything()

    answer = browser.post(f"{PAGE}rhythm/", {**RHYTHM, **wrong})

    assert answer.status_code == 422
    assert faults_of(answer.content) == []
    assert everything() == before


def test_old_links_lead_there(signed_in, ann):
    assert signed_in(ann).get("/settings/mail/").url == PAGE


@pytest.mark.parametrize("path", ["", "rhythm/", "reset/"])
def test_a_guest_signs_in_first(client, path):
    assert client.post(f"{PAGE}{path}").url.startswith("/accounts/login/")


@pytest.mark.parametrize("chosen", [1, 3])
def test_the_page_costs_the_same(chosen, signed_in, ann, django_assert_num_queries):
    for kind in KINDS[:chosen]:
        NotificationChoice.objects.create(member=ann, kind=kind)
    browser = signed_in(ann)

    with django_assert_num_queries(5):
        browser.get(PAGE)
