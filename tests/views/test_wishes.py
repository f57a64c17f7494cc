"""What a guest presses before signing in is done once they are in."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from forum.actions import measuring, moderating, sanctioning
from forum.choices import MeasureKind
from forum.models import Bookmark, CloseVote, Flag, Follow, Vote
from forum.tokens import guest_token
from tests.factories import make_answer, make_guest, make_question, make_tag
from tests.support.accounts import PASSWORD, code_in, make_account, shown, totp_code
from tests.support.jobs import run_jobs
from tests.support.pages import as_htmx

pytestmark = pytest.mark.django_db

FORM = {"username": "Noor Bakker", "email": "noor@example.org", "password1": PASSWORD}


@pytest.fixture
def answer(question, bob):
    return make_answer(question, bob)


@pytest.fixture
def cleo():
    return make_account("Cleo Marsh", email="cleo@example.org")


def press(client, path, **data):
    """Press a button as a guest and return the page to sign in at."""
    response = client.post(path, data)
    assert response.status_code == 302
    return response.url


def sign_in_at(client, url, login="cleo@example.org", password=PASSWORD):
    """Sign in on the page at `url` as its form says."""
    way_back = parse_qs(urlsplit(url).query)["next"][0]
    return client.post("/accounts/login/", {"login": login, "password": password, "next": way_back})


def votes():
    return list(Vote.objects.values_list("voter__username", "post_id", "direction"))


def test_a_vote_is_named_cast_once_and_can_be_undone(client, question, answer, cleo):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    page = shown(client.get(url))
    response = sign_in_at(client, url)
    place = f"{question.get_absolute_url()}#a{answer.pk}"
    landed = client.get(response.url)

    assert "Sign in to vote on this answer." in page
    assert (response.status_code, response.url) == (302, place)
    assert votes() == [("Cleo Marsh", answer.pk, 1)]
    assert "Your vote was counted." in shown(landed)
    path, name, value = re.search(
        r'<form method="post" action="([^"]+)"><input[^>]+>\s*<button class="btn" name="(\w+)" value="(\w+)">',
        landed.content.decode(),
    ).groups()
    client.post(path, {name: value})
    assert votes() == []
    client.get(url)
    assert votes() == []


def test_the_act_itself_is_in_no_address(client, answer):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")

    assert re.fullmatch(r"/accounts/login/\?next=%2F%3Fwish%3D[\w-]{16}", url)


def test_with_javascript_too(client, answer, cleo):
    url = as_htmx(client, f"/posts/{answer.pk}/vote/", {"direction": "up"})["HX-Redirect"]

    sign_in_at(client, url)

    assert votes() == [("Cleo Marsh", answer.pk, 1)]


def test_signing_up_on_the_way_casts_it(client, question, answer, mailoutbox):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    sign_up = re.search(r'href="(/accounts/signup/[^"]*)"', client.get(url).content.decode())[1]
    page = shown(client.get(sign_up))
    way_back = parse_qs(urlsplit(url).query)["next"][0]
    client.post("/accounts/signup/", FORM | {"next": way_back})
    run_jobs()
    before = votes()
    response = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})
    landed = shown(client.get(response.url))

    assert "Create an account to vote on this answer." in page
    assert (before, votes()) == ([], [("Noor Bakker", answer.pk, 1)])
    assert response.url == f"{question.get_absolute_url()}#a{answer.pk}"
    assert "Your vote was counted." in landed
    assert "Three short steps set things up your way, whenever you like." in landed


def test_a_second_step_casts_it(client, answer, cleo):
    secret = generate_totp_secret()
    TOTP.activate(cleo, secret)
    RecoveryCodes.activate(cleo)
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    sign_in_at(client, url)
    before = votes()

    client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})

    assert Authenticator.objects.filter(user=cleo).count() == 2
    assert (before, votes()) == ([], [("Cleo Marsh", answer.pk, 1)])


def test_a_forgotten_password_casts_it(client, answer, cleo, mailoutbox):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    forgot = re.search(r'href="(/accounts/password/reset/[^"]*)"', client.get(url).content.decode())[1]
    way_back = parse_qs(urlsplit(forgot).query)["next"][0]
    code = client.post("/accounts/password/reset/", {"email": "cleo@example.org", "next": way_back})
    run_jobs()
    complete = client.post(code.url, {"code": code_in(mailoutbox[0]), "next": way_back})
    new = "quite another river"
    client.post(complete.url, {"password1": new, "password2": new, "next": way_back})

    assert "next=" in complete.url
    assert votes() == [("Cleo Marsh", answer.pk, 1)]


def test_a_link_made_in_another_browser_does_nothing(client, answer, cleo):
    url = press(Client(), f"/posts/{answer.pk}/vote/", direction="up")
    page = shown(client.get(url))

    response = sign_in_at(client, url)

    assert (votes(), response.url) == ([], "/")
    assert "vote" not in page


def test_signing_in_by_another_way_than_the_press_does_nothing(client, answer, cleo):
    press(client, f"/posts/{answer.pk}/vote/", direction="up")

    client.post("/accounts/login/", {"login": "cleo@example.org", "password": PASSWORD, "next": "/tags/"})

    assert votes() == []
    assert "wishes" not in client.session


def test_the_same_link_a_second_time_does_nothing(client, answer, cleo):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    sign_in_at(client, url)
    client.post(f"/posts/{answer.pk}/vote/", {"direction": "none"})
    client.post("/accounts/logout/")

    sign_in_at(client, url)

    assert votes() == []


def test_a_press_from_another_site_keeps_nothing(answer, cleo):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(f"/posts/{answer.pk}/vote/", {"direction": "up"})

    assert response.status_code == 403
    assert "wishes" not in browser.session


def test_after_an_hour_it_is_asked_again(client, answer, cleo):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    session = client.session
    for wish in session["wishes"].values():
        wish["at"] -= 61 * 60
    session.save()

    response = sign_in_at(client, url)

    assert votes() == []
    assert "You wanted to vote on this answer, more than an hour ago." in shown(client.get(response.url))


def test_ones_own_answer_is_refused_with_a_sentence(client, question):
    mine = make_answer(question, make_account("Dora Finch", email="dora@example.org"))
    url = press(client, f"/posts/{mine.pk}/vote/", direction="up")

    response = sign_in_at(client, url, login="dora@example.org")

    assert votes() == []
    assert "You can’t vote on your own post." in shown(client.get(response.url))


def test_a_guests_own_question_is_refused_before_any_account(client):
    guest = make_guest()
    client.cookies["guest"] = guest_token(guest.pk)

    response = client.post(f"/posts/{make_question(guest).pk}/vote/", {"direction": "up"})

    assert (response.status_code, "You can’t vote on your own post." in shown(response)) == (403, True)
    assert "wishes" not in client.session


@pytest.mark.parametrize(
    "change, sentence",
    [
        (
            lambda mo, post: moderating.hide_post(mo, post, reason="Spam"),
            "which is no longer here.",
        ),
        (
            lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.LOCK, until=None, reason="Heated"),
            "A moderator has locked this",
        ),
    ],
)
def test_what_became_of_the_post_meanwhile_counts(client, answer, cleo, mo, change, sentence):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    change(mo, answer)

    response = sign_in_at(client, url)

    assert votes() == []
    assert sentence in shown(client.get(response.url))


def test_points_and_suspensions_are_asked_after_signing_in(client, answer, cleo, mo):
    url = press(client, f"/posts/{answer.pk}/vote/", direction="down")
    down = shown(client.get(sign_in_at(client, url).url))
    client.post("/accounts/logout/")
    sanctioning.suspend_member(mo, cleo, until=timezone.now() + timedelta(days=3), reason="Rest")
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")
    up = shown(client.get(sign_in_at(client, url).url))

    assert votes() == []
    assert "You need 250 points to downvote. You have 100." in down
    assert "You can only read until" in up


def test_a_vote_that_was_there_already_is_not_offered_for_undoing(client, answer, cleo, signed_in):
    signed_in(cleo).post(f"/posts/{answer.pk}/vote/", {"direction": "up"})
    url = press(client, f"/posts/{answer.pk}/vote/", direction="up")

    landed = client.get(sign_in_at(client, url).url)

    assert votes() == [("Cleo Marsh", answer.pk, 1)]
    assert "Your vote was already counted." in shown(landed)
    assert "Undo" not in shown(landed)


def test_a_members_question_is_voted_on_without_its_being_told_before(client, ann, cleo, sleep):
    secret = make_question(ann, category=sleep, audience="members")
    known, unknown = (press(client, f"/posts/{number}/vote/", direction="up") for number in (secret.pk, 999_999))
    pages = [shown(client.get(url)) for url in (known, unknown)]

    sign_in_at(client, known)

    assert pages[0] == pages[1]
    assert "Sign in to vote on this post." in pages[0]
    assert votes() == [("Cleo Marsh", secret.pk, 1)]


def test_saving_and_following_are_done_too(client, question, cleo, bob, sleep):
    tag = make_tag("night")
    asked = {
        f"/posts/{question.pk}/bookmark/": {"choice": "save"},
        f"/posts/{question.pk}/follow/": {"state": "on"},
        f"/topics/{sleep.pk}/follow/": {"state": "on"},
        f"/tags/{tag.pk}/follow/": {"state": "on"},
        f"/members/{bob.pk}/follow/": {"state": "on"},
    }

    told = {}
    for path, data in asked.items():
        url = press(client, path, **data)
        named = re.search(r"Sign in to ([^.]+)\.", shown(client.get(url)))[1]
        landed = shown(client.get(sign_in_at(client, url).url))
        told[named] = [
            said for said in ("Bookmarked. Find it under “Bookmarks”.", "You’re following this now.") if said in landed
        ]
        client.post("/accounts/logout/")

    assert told == {
        "bookmark this question": ["Bookmarked. Find it under “Bookmarks”."],
        "follow this question": ["You’re following this now."],
        "follow this topic": ["You’re following this now."],
        "follow this tag": ["You’re following this now."],
        "follow this member": ["You’re following this now."],
    }
    assert list(Bookmark.objects.values_list("member", "post")) == [(cleo.pk, question.pk)]
    follows = Follow.objects.filter(member=cleo).order_by("pk")
    assert list(follows.values_list("question", "category", "tag", "person")) == [
        (question.pk, None, None, None),
        (None, sleep.pk, None, None),
        (None, None, tag.pk, None),
        (None, None, None, bob.pk),
    ]


def test_a_report_is_written_first_and_sent_with_its_words(client, answer, bob, cleo):
    form = shown(client.get(f"/posts/{answer.pk}/flag/"))
    unfinished = client.post(f"/posts/{answer.pk}/flag/", {"text": "He follows me."})
    url = press(client, f"/posts/{answer.pk}/flag/", reason="unkind", text="He follows me.")
    named = shown(client.get(url))
    landed = shown(client.get(sign_in_at(client, url).url))

    assert (
        "If someone may be in danger, you don’t need an account. For anything else we’ll ask you to sign in after you write it. Your words are kept."
        in form
    )
    assert (unfinished.status_code, "He follows me." in unfinished.content.decode()) == (422, True)
    assert "Sign in to report this answer." in named
    flag = Flag.objects.get()
    assert (flag.reporter, flag.post_id, flag.reason.key, flag.text) == (cleo, answer.pk, "unkind", "He follows me.")
    assert "Thank you. A moderator will look at it." in landed


def test_a_report_of_a_member_is_sent_too(client, bob, cleo):
    url = press(client, "/user/bob/flag/", reason="unkind", text="He follows me.")

    sign_in_at(client, url)

    assert list(Flag.objects.values_list("reporter", "member", "text")) == [(cleo.pk, bob.pk, "He follows me.")]


def test_a_report_that_cannot_be_sent_gives_its_words_back(client, answer, cleo, mo):
    url = press(client, f"/posts/{answer.pk}/flag/", reason="unkind", text="He follows me.")
    moderating.hide_post(mo, answer, reason="Spam")

    landed = shown(client.get(sign_in_at(client, url).url))

    assert Flag.objects.count() == 0
    assert "You wanted to report this answer, which is no longer here. You wrote: “He follows me.”" in landed


def test_a_member_whose_session_ended_votes_to_close_all_the_same(client, question, mailoutbox):
    make_account("Vera Stone", email="vera@example.org", points=1_600)
    url = press(client, f"/posts/{question.pk}/vote-to-close/", vote="close", cause="needs_detail")

    landed = shown(client.get(sign_in_at(client, url, login="vera@example.org").url))

    assert "Your vote to close was counted." in landed
    assert CloseVote.objects.get().voter.username == "Vera Stone"


def test_only_the_last_five_presses_are_kept(client, answer):
    for _ in range(7):
        press(client, f"/posts/{answer.pk}/vote/", direction="up")

    assert len(client.session["wishes"]) == 5
