"""The first screens: what brought somebody here, how they are told, the guidelines; once, and the guidelines when they change."""

import pytest
from django.utils import timezone

from forum.choices import FollowMode, MailChoice, Pace, Rhythm
from forum.effects.choices import Way, ways_for
from forum.limits import AT_ONCE, DEFAULT_CHOICES
from forum.models import Follow, NotificationChoice, Page, Preferences, SiteSettings
from tests.factories import make_category
from tests.support.accounts import code_in, shown
from tests.support.jobs import run_jobs
from tests.support.records import everything
from tests.views.test_sign_up import sign_up

pytestmark = pytest.mark.django_db
SCREENS = ["/welcome/topics/", "/welcome/notifications/", "/welcome/guidelines/"]


@pytest.fixture
def guidelines(db):
    """The page of guidelines, in a few words."""
    return Page.objects.create(slug="guidelines", title="How we talk", body="Kindly.", body_html="<p>Kindly.</p>")


def test_whoever_signs_up_is_led_to_the_first_screen(client, mailoutbox):
    sign_up(client)
    run_jobs()
    answer = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])}, follow=True)

    assert answer.redirect_chain == [("/welcome/", 302), ("/welcome/topics/", 302)]


def test_whoever_was_in_the_middle_of_something_goes_on_with_it_and_is_told(client, mailoutbox):
    sign_up(client, next="/ask/")
    run_jobs()
    answer = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])}, follow=True)

    assert answer.redirect_chain == [("/ask/", 302)]
    assert "Welcome. Three short steps set things up your way, whenever you like." in shown(answer)


def test_whoever_comes_back_sees_no_first_screen(client, ann, signed_in):
    Preferences.objects.create(member=ann, welcomed_at=timezone.now())

    assert [signed_in(ann).get(path)["Location"] for path in SCREENS] == ["/", "/", "/"]


def test_the_three_screens_lead_to_where_the_member_was_going(ann, sleep, guidelines, signed_in):
    client = signed_in(ann)
    other = make_category("Grief")

    topics = client.post(SCREENS[0], {"topics": [sleep.pk], "next": "/tags/"})
    told = client.post(SCREENS[1], {"pace": "at_once", "time_zone": "Europe/Berlin", "next": "/tags/"})
    agreed = client.post(SCREENS[2], {"next": "/tags/"})

    assert topics["Location"] == "/welcome/notifications/?next=%2Ftags%2F"
    assert told["Location"] == "/welcome/guidelines/?next=%2Ftags%2F"
    assert agreed["Location"] == "/tags/"
    assert list(Follow.objects.values_list("member", "category", "mode")) == [(ann.pk, sleep.pk, FollowMode.DAILY)]
    assert not Follow.objects.filter(category=other).exists()
    ann.refresh_from_db()
    assert (ann.time_zone, ann.guidelines_seen_at is not None) == ("Europe/Berlin", True)
    assert ann.preferences.welcomed_at is not None


@pytest.mark.parametrize(
    "pace, rhythm, mail",
    [
        ("at_once", Rhythm.DAILY, MailChoice.NOW),
        ("daily", Rhythm.DAILY, MailChoice.DIGEST),
        ("weekly", Rhythm.WEEKLY, MailChoice.DIGEST),
        ("on_site", Rhythm.NEVER, MailChoice.NEVER),
    ],
)
def test_a_pace_decides_about_what_is_ones_own(ann, signed_in, pace, rhythm, mail):
    client = signed_in(ann)

    client.post(SCREENS[1], {"pace": pace})
    client.post(SCREENS[1], {"pace": pace})

    assert ann.preferences.rhythm == rhythm
    assert {kind: ways_for(kind, [ann.pk])[ann.pk] for kind in DEFAULT_CHOICES} == {
        kind: Way(on_site=True, mail=mail if kind in AT_ONCE else MailChoice.DIGEST) for kind in DEFAULT_CHOICES
    }


@pytest.mark.parametrize("pace", Pace)
def test_a_pace_is_kept_as_the_page_of_choices_would_keep_it(ann, signed_in, pace):
    client = signed_in(ann)
    client.post(SCREENS[1], {"pace": pace, "time_zone": "Europe/Berlin"})
    welcomed = everything()
    page = client.get("/settings/notifications/").context["page"]
    ways = [(one.kind, one.on_site, one.mail) for group in page.groups for one in group.choices]

    client.post(
        "/settings/notifications/",
        {f"mail_{kind}": mail for kind, _, mail in ways}
        | {f"site_{kind}": "on" for kind, on_site, _ in ways if on_site},
    )

    assert everything() == welcomed


def test_a_clock_that_there_is_not_is_left_out(ann, signed_in):
    signed_in(ann).post(SCREENS[1], {"pace": "daily", "time_zone": "Atlantis/Main_Street"})

    ann.refresh_from_db()
    assert ann.time_zone == ""


@pytest.mark.parametrize("path, fields", [(SCREENS[0], {"topics": ["999999"]}), (SCREENS[1], {"pace": "hourly"})])
def test_what_is_not_on_the_list_is_refused_with_a_sentence(ann, sleep, signed_in, path, fields):
    client = signed_in(ann)
    before = everything()

    answer = client.post(path, fields)

    assert answer.status_code == 422
    assert len(answer.context["form"].errors) == 1
    assert everything() == before


def test_skipping_is_for_good(ann, signed_in):
    client = signed_in(ann)

    first = client.post("/welcome/skip/", {"next": "/hot/"})
    client.post("/welcome/skip/")

    assert first["Location"] == "/hot/"
    assert client.get(SCREENS[0])["Location"] == "/"
    assert (Follow.objects.count(), NotificationChoice.objects.count()) == (0, 0)


def test_nobody_is_led_to_another_site(ann, signed_in):
    assert signed_in(ann).post("/welcome/skip/", {"next": "https://elsewhere.example/"})["Location"] == "/"


@pytest.mark.parametrize("path", ["/welcome/", *SCREENS])
def test_a_guest_is_asked_to_sign_in(client, path):
    assert client.get(path).status_code == 302
    assert client.get(path)["Location"].startswith("/accounts/login/?next=%2Fwelcome%2F")


def test_changed_guidelines_are_shown_until_they_are_read_and_never_again(ann, signed_in):
    client = signed_in(ann)
    SiteSettings.objects.update_or_create(pk=1, defaults={"guidelines_changed_at": timezone.now()})

    assert "Our guidelines have changed a little." in shown(client.get("/tags/"))
    answer = client.post("/guidelines/accept/", {"next": "/tags/"})
    assert answer["Location"] == "/tags/"
    assert "Our guidelines have changed a little." not in shown(client.get("/tags/"))


def test_who_joined_later_or_reads_as_a_guest_is_not_told_of_a_change(client, ann, signed_in):
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"guidelines_changed_at": ann.date_joined - timezone.timedelta(days=1)}
    )

    assert "Our guidelines have changed a little." not in shown(client.get("/tags/"))
    assert "Our guidelines have changed a little." not in shown(signed_in(ann).get("/tags/"))


@pytest.mark.parametrize("is_announced, is_shown", [({}, False), ({"is_announced": "on"}, True)])
def test_an_owner_says_whether_a_change_is_shown(ada, ann, guidelines, signed_in, is_announced, is_shown):
    page = f"/admin/forum/page/{guidelines.pk}/change/"
    words = {"title": "How we talk", "position": "0", "body": "Kindly, and slowly."}

    answer = signed_in(ada).post(page, words | is_announced)

    assert answer.status_code == 302
    assert ("Our guidelines have changed a little." in shown(signed_in(ann).get("/tags/"))) is is_shown


@pytest.mark.parametrize("topics", [1, 3])
def test_the_first_screen_costs_the_same_queries(ann, signed_in, topics, django_assert_num_queries):
    for number in range(topics):
        make_category(f"Topic {number}")
    client = signed_in(ann)
    client.get(SCREENS[0])

    with django_assert_num_queries(6):
        client.get(SCREENS[0])
