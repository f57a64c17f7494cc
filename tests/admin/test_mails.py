"""The list of mails tells how mail is doing, and nothing of whom or what any of them is about."""

import pytest
from django.utils import timezone

from forum.choices import MailKind
from forum.effects import mails
from forum.models import Mail
from forum.queries.mail_figures import MailFigures, get_mail_figures
from tests.factories import LONG_AGO
from tests.support.accounts import shown

pytestmark = pytest.mark.django_db

LIST, FILES = "/admin/forum/mail/", "/admin/forum/mail/files/"
WORDS = {"subject": "Your code is AB12", "text": "AB12", "html": "<p>AB12</p>"}
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILE_BACKEND, tmp_path / "mail"
    (tmp_path / "mail").mkdir()
    (tmp_path / "secret_key").write_text("Subject: The key\n\nThe key.")
    return tmp_path / "mail"


def make_mail(member, key="account:1", **fields):
    mail = mails.queue(key, MailKind.ACCOUNT, member.email, member=member, content=WORDS)
    Mail.objects.filter(pk=mail.pk).update(**fields)
    return mail


def test_the_list_tells_how_far_a_mail_has_come_and_nothing_else(ann, ada, signed_in):
    mail = make_mail(ann, state="dead", attempts=6, last_error="451 Later")

    page = signed_in(ada).get(LIST)

    row = shown(page).partition("Bounced ")[2].partition(" 1 mail")[0]
    assert row.startswith(f"{mail.pk} Account a…@example.org Given up 6 451 Later — — —")
    assert [word for word in ("ann", "AB12", "/user/") if word in row] == []


def test_of_what_happened_the_list_tells_a_host_that_makes_trouble_and_no_more(ann, ada, signed_in):
    for number, fields in enumerate(({"state": "sent", "sent_at": timezone.now()}, {"last_error": "451 Later"})):
        mail = mails.queue(f"notification:{number}", MailKind.NOTIFICATION, ann.email, member=ann)
        Mail.objects.filter(pk=mail.pk).update(**fields)

    rows = shown(signed_in(ada).get(LIST)).partition("Bounced ")[2].partition(" 1 mail")[0]

    assert rows.startswith(f"{mail.pk} Notification …@example.org Waiting")


def test_only_those_that_were_given_up_are_filtered(ann, ada, signed_in):
    make_mail(ann, "account:1", state="dead", last_error="451 Later")
    make_mail(ann, "account:2", state="sent", sent_at=timezone.now(), last_error="452 Full")

    page = shown(signed_in(ada).get(f"{LIST}?state__exact=dead"))

    assert ("451 Later" in page, "452 Full" in page) == (True, False)


@pytest.mark.parametrize("path", [f"{LIST}?member=1", f"{LIST}?event__post=1", f"{LIST}?address=ann@example.org"])
def test_nobody_asks_the_list_whose_mail_it_is(path, ann, ada, signed_in):
    assert signed_in(ada).get(path).status_code == 400


@pytest.mark.parametrize("path", [LIST, FILES, f"{FILES}1.log/"])
def test_mails_are_for_administrators(path, mo, folder, signed_in):
    (folder / "1.log").write_text("Subject: A\n\nB")

    assert signed_in(mo).get(path).status_code in {403, 404}


def test_the_cost_is_the_same_for_one_and_three(ann, ada, signed_in, django_assert_num_queries):
    browser = signed_in(ada)
    for number in range(3):
        make_mail(ann, f"account:{number}")
        if number in {0, 2}:
            with django_assert_num_queries(5):
                browser.get(LIST)


def test_a_mail_is_sent_again_from_the_list(ann, ada, signed_in):
    mail = make_mail(ann, state="dead", attempts=6)
    browser = signed_in(ada)
    chosen = {"action": "send_again", "_selected_action": [mail.pk]}

    first = shown(browser.post(LIST, chosen, follow=True))
    second = shown(browser.post(LIST, chosen, follow=True))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert "Sent again: 1." in first
    assert "No change: only failed emails can be sent again." in second


def test_mails_that_became_files_are_read_decoded(folder, ada, signed_in):
    (folder / "20260101-120000-1.log").write_text(
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nTo: ann@example.org\nMIME-Version: 1.0\n"
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
        f"Sch=C3=B6n <b>so</b>.\n{'-' * 79}\nSubject: Another\n\nWords.\n{'-' * 79}\n"
    )
    browser = signed_in(ada)

    listed, page = browser.get(FILES), browser.get(f"{FILES}20260101-120000-1.log/")

    assert '<a href="/admin/forum/mail/files/20260101-120000-1.log/"><bdi>Grüße</bdi></a>' in listed.content.decode()
    assert "<bdi>ann@example.org</bdi>" in listed.content.decode()
    assert [word in shown(page) for word in ("Grüße", "Schön &lt;b&gt;so&lt;/b&gt;.", "Another", "Words.")] == [
        True
    ] * 4


def test_what_tells_somebody_of_something_is_read_by_them_alone(folder, ada, signed_in):
    for name, address in (("1.log", "ann@example.org"), ("2.log", "Ada@example.org")):
        (folder / name).write_text(
            f"Subject: A new answer\nTo: {address}\nDate: Mon, 1 Jun 2026 10:00:00 -0000\n"
            "List-Unsubscribe: <https://forum.example.org/mail/stop/1/>\n\nWords.\n"
        )
    browser = signed_in(ada)

    others, own = (shown(browser.get(f"{FILES}{name}/")) for name in ("1.log", "2.log"))

    said = ("Words.", "A new answer", "ann@example.org", "/mail/stop/")
    assert [word for word in said if word in others] == []
    assert "This email is private to the person it was sent to." in others
    assert ("Words." in own, "A new answer" in own) == (True, True)


@pytest.mark.parametrize("name", ["..%2Fsecret_key", "%2Fetc%2Fpasswd", "link.log", "folder", "none.log", "..", "."])
def test_only_files_of_the_folder_itself_are_read(name, folder, ada, signed_in):
    (folder / "link.log").symlink_to(folder.parent / "secret_key")
    (folder / "folder").mkdir()

    answer = signed_in(ada).get(f"{FILES}{name}/", follow=True)

    assert (answer.status_code, "The key" in answer.content.decode()) == (404, False)


def test_with_a_mail_server_no_files_are_read(folder, ada, settings, signed_in):
    (folder / "1.log").write_text("Subject: A\n\nB")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    browser = signed_in(ada)

    assert [browser.get(path).status_code for path in (FILES, f"{FILES}1.log/")] == [404, 404]
    assert "become files" not in shown(browser.get(LIST))


def test_figures_tell_what_waits_since_when_and_what_was_given_up(ann, django_assert_num_queries):
    for key, fields in {
        "a": {"state": "dead"},
        "b": {"due_at": LONG_AGO},
        "c": {},
        "d": {"state": "sent", "sent_at": LONG_AGO},
    }.items():
        make_mail(ann, f"account:{key}", **fields)

    with django_assert_num_queries(1):
        figures = get_mail_figures()

    assert figures == MailFigures(queued=2, dead=1, oldest_due_at=LONG_AGO)


def test_the_first_page_says_how_many_mails_wait_and_were_given_up(ann, ada, signed_in):
    make_mail(ann, "account:a", state="dead")
    for key in "bc":
        make_mail(ann, f"account:{key}")

    page = signed_in(ada).get("/admin/").content.decode()

    assert '<a href="/admin/forum/mail/?state__exact=queued">2<' in page
    assert '<a href="/admin/forum/mail/?state__exact=dead">1<' in page
