"""Security, codes, new passwords and addresses."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils.http import urlencode

from accounts.models import User
from forum.actions import drafting
from forum.choices import DraftKind
from forum.tokens import guest_token
from tests.factories import make_guest, make_question
from tests.support.accounts import PASSWORD, code_in, make_account, shown, sign_in
from tests.support.jobs import pass_time, run_jobs

pytestmark = pytest.mark.django_db


class NoMailServer(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def ann():
    return make_account("Ann Rivers", email="ann@example.org")


@pytest.mark.parametrize("login", ["Ann Rivers", "ann rivers", " ANNRIVERS ", "ann@example.org", "Ann@Example.org"])
def test_a_name_or_an_address_opens_the_door(client, ann, login):
    answer = sign_in(client, login)

    assert answer.status_code == 302
    assert client.get("/settings/").context["user"] == ann


@pytest.mark.parametrize("login", ["Ann Rivers", "ann@example.org", "nobody", "nobody@example.org"])
def test_a_wrong_password_and_a_wrong_name_sound_the_same(client, ann, login):
    answer = sign_in(client, login, "wrong horse")

    assert answer.context["form"].non_field_errors() == ["Wrong name or password. Try again, or choose a new password."]
    assert "_auth_user_id" not in client.session


def test_an_account_without_an_address_is_told_so_and_not_led_round_in_a_circle(client, ann):
    EmailAddress.objects.filter(user=ann).delete()
    User.objects.filter(pk=ann.pk).update(email="")

    answer = sign_in(client, "Ann Rivers")

    assert answer.context["form"].non_field_errors() == [
        "This account has no email address, so we can’t send a code. Please contact the people who run this site."
    ]
    assert client.get("/accounts/login/").status_code == 200


def test_guessing_is_stopped_after_five_times(client, ann):
    for _ in range(5):
        sign_in(client, "ann rivers", "wrong horse")

    answer = sign_in(client, "ANN RIVERS")

    assert "Too many attempts. Wait 5 minutes, or choose a new password." in shown(answer)
    assert "_auth_user_id" not in client.session


def test_a_name_is_not_kept_out_by_somebody_who_guesses_elsewhere(client, ann):
    for _ in range(5):
        sign_in(client, "ann rivers", "wrong horse")

    answer = Client(REMOTE_ADDR="203.0.113.9").post("/accounts/login/", {"login": "ann rivers", "password": PASSWORD})

    assert answer.status_code == 302


def test_a_browser_that_signed_in_before_is_let_through_from_the_same_address(client, ann):
    own = Client()
    sign_in(own, "ann rivers")
    own.post("/accounts/logout/")
    for _ in range(5):
        sign_in(client, "ann rivers", "wrong horse")

    assert sign_in(own, "ann rivers").status_code == 302
    assert "Too many attempts. Wait 5 minutes, or choose a new password." in shown(sign_in(client, "ann rivers"))


def test_the_mark_of_a_browser_is_good_for_its_own_members_alone(client, ann):
    bob, own = make_account("Bob Hill"), Client()
    sign_in(own, bob.username)
    own.post("/accounts/logout/")

    for _ in range(5):
        sign_in(own, "ann rivers", "wrong horse")

    assert "Too many attempts. Wait 5 minutes, or choose a new password." in shown(sign_in(own, "ann rivers"))
    assert sign_in(own, bob.username).status_code == 302


@pytest.mark.parametrize("value", ["", ".", "-", "x-y.z", "é", "a" * 5_000, "0-" + "0" * 64])
def test_a_broken_mark_is_no_mark(client, ann, value):
    client.cookies["known"] = value

    assert sign_in(client, "ann rivers").status_code == 302


def test_guessing_from_many_addresses_is_stopped_and_a_known_browser_and_a_code_still_lead_in(client, settings, ann):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "3/h/key"}
    sign_in(client, "ann rivers")
    client.post("/accounts/logout/")
    for last in range(3):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{last}"), "ann rivers", "wrong horse")
    stranger = Client(REMOTE_ADDR="203.0.113.9")

    assert "Too many attempts. Wait 5 minutes, or choose a new password." in shown(sign_in(stranger, "ann rivers"))
    assert sign_in(client, "ann rivers").status_code == 302
    stranger.post("/accounts/password/reset/", {"email": ann.email})
    run_jobs()
    stranger.post("/accounts/password/reset/confirm/", {"code": code_in(mail.outbox[-1])})
    page = stranger.get("/accounts/password/reset/complete/")
    stranger.post(page.wsgi_request.path, {"password1": "another long river", "password2": "another long river"})
    assert stranger.get("/settings/").context["user"] == ann


def test_right_passwords_count_against_nobody(client, settings, ann):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "3/h/key"}

    for last in range(5):
        assert sign_in(Client(REMOTE_ADDR=f"203.0.113.{last}"), "ann rivers").status_code == 302


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("gru\u0308ner langer fluss", "gr\u00fcner langer fluss"),
        ("gr\u00fcner langer fluss", "gru\u0308ner langer fluss"),
        ("long\u00a0gentle\u3000river", "long gentle river"),
        ("long gentle river", "long\u2003gentle river"),
    ],
)
def test_a_password_is_the_same_on_every_device(client, ann, kept, typed):
    ann.set_password(kept)
    ann.save()

    assert sign_in(client, "ann rivers", typed).status_code == 302


def test_letters_that_only_look_alike_make_another_password(client, ann):
    ann.set_password("long gentle ﬁre")
    ann.save()

    sign_in(client, "ann rivers", "long gentle fire")

    assert "_auth_user_id" not in client.session


def test_a_password_that_was_kept_as_it_was_typed_still_leads_in(client, ann):
    User.objects.filter(pk=ann.pk).update(password=make_password("gru\u0308ner langer fluss"))

    assert sign_in(client, "ann rivers", "gru\u0308ner langer fluss").status_code == 302


UNSAFE = [
    "http://]",
    "//[",
    "http://[a]/",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:1",
    "x",
]


@pytest.mark.parametrize("page", ["login", "signup", "logout", "password/reset", "reauthenticate", "email"])
@pytest.mark.parametrize("way", ["get", "post"])
def test_an_unsafe_way_back_is_ignored_and_breaks_nothing(client, ann, page, way):
    client.force_login(ann) if page in {"logout", "reauthenticate", "email"} else None
    for wanted in UNSAFE:
        answer = getattr(client, way)(f"/accounts/{page}/?{urlencode({'next': wanted})}", {"next": wanted})
        assert answer.status_code in {200, 302}
        assert answer.get("Location", "/").startswith("/")
        assert not answer.get("Location", "/").startswith(("//", "/\\"))


@pytest.mark.parametrize("wanted", UNSAFE)
def test_who_signs_in_with_an_unsafe_way_back_lands_on_the_front_page(client, ann, wanted):
    answer = sign_in(client, "ann rivers", next=wanted)

    assert (answer.status_code, answer.url) == (302, "/")


def test_too_many_tries_from_one_address_get_a_page_that_says_so(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "nobody")

    answer = sign_in(client, "nobody")

    assert answer.status_code == 429
    assert 'class="site-head"' in answer.content.decode()


@pytest.mark.parametrize("fields", [{"login": "x" * 501}, {"password": "x" * 501}, {"login": "a\x00b"}, {"login": ""}])
def test_what_cannot_be_a_name_or_a_password_gets_a_sentence(client, fields):
    answer = client.post("/accounts/login/", {"login": "ann", "password": PASSWORD} | fields)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(fields))


@pytest.mark.parametrize(
    ("next_path", "lands"),
    [
        ("/settings/mail/", "/settings/mail/"),
        ("/settings/?tab=1#x", "/settings/?tab=1#x"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http:evil.example", "/"),
    ],
)
def test_after_signing_in_the_person_stays_on_this_site(client, ann, next_path, lands):
    answer = sign_in(client, "ann@example.org", next=next_path)

    assert answer["Location"] == lands


def test_keeping_signed_in_is_a_choice(client, ann):
    sign_in(client, "ann@example.org")
    short = client.session.get_expire_at_browser_close()
    client.logout()

    sign_in(client, "ann@example.org", remember="on")

    assert (short, client.session.get_expire_at_browser_close()) == (True, False)


def test_a_guests_draft_comes_along_and_is_told(client, ann):
    guest = make_guest()
    drafting.save_draft(guest, DraftKind.QUESTION, None, {"title": "How do I say no?"})
    client.cookies["guest"] = guest_token(guest.pk)

    sign_in(client, "ann@example.org", next="/settings/")

    assert ann.drafts.get().fields == {"title": "How do I say no?"}
    assert "A draft is waiting for you." in shown(client.get("/settings/"))


def test_a_guests_posts_are_offered_and_not_taken(client, ann):
    guest = make_guest()
    question = make_question(guest)
    client.cookies["guest"] = guest_token(guest.pk)

    sign_in(client, "ann@example.org")

    question.refresh_from_db()
    assert (question.author_id, question.guest_id) == (None, guest.pk)
    assert 'href="/guest/claim/"' in client.get("/settings/").content.decode()


def test_a_code_leads_to_a_new_password(client, ann, mailoutbox):
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    run_jobs()
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = "quite another river"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    ann.refresh_from_db()
    assert ann.check_password(new) is True
    assert client.get("/settings/").context["user"] == ann


def test_a_wrong_code_leaves_the_password(client, ann, mailoutbox):
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})

    client.post("/accounts/password/reset/confirm/", {"code": "WRONG"})
    answer = client.get("/accounts/password/reset/complete/")

    ann.refresh_from_db()
    assert (answer.status_code, ann.check_password(PASSWORD)) == (302, True)


def test_a_reset_tells_nobody_whether_the_address_is_known(client, ann, mailoutbox):
    known = client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    client.cookies.clear()

    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    run_jobs()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mailoutbox[1].subject == "No account with this email address"


def test_a_new_password_leaves_points_paid_meanwhile(client, ann):
    client.force_login(ann)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "a new red boat", "password2": "a new red boat"},
    )

    ann.refresh_from_db()
    assert (ann.check_password("a new red boat"), ann.reputation) == (True, 100)


def test_a_changed_address_counts_once_its_code_is_entered(client, ann, mailoutbox):
    sign_in(client, "ann@example.org")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    ann.refresh_from_db()
    before = ann.email
    run_jobs()
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})

    ann.refresh_from_db()
    assert (before, ann.email) == ("ann@example.org", "new@example.org")


def test_without_a_mail_server_the_code_comes_when_it_is_back(client, ann, settings, mailoutbox):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.NoMailServer"
    answer = client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    run_jobs()
    before = list(mailoutbox)

    settings.EMAIL_BACKEND = working
    pass_time(minutes=1)
    run_jobs()

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/reset/confirm/")
    assert (before, [mail.to for mail in mailoutbox]) == ([], [["ann@example.org"]])


def test_the_bare_address_of_accounts_leads_to_how_one_signs_in(client):
    answer = client.get("/accounts/")

    assert (answer.status_code, answer.url) == (302, "/settings/sign-in/")


def test_other_ways_in_say_that_there_are_none(client, ann):
    client.force_login(ann)

    assert "This site has no other ways to sign in." in shown(client.get("/accounts/3rdparty/"))
