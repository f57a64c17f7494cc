"""Mails that came back are read from a mailbox file, a folder and IMAP; forged ones and holiday notes change nothing."""

import mailbox
import socketserver
import threading

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from forum import tokens
from forum.choices import MailKind
from forum.effects import mails
from forum.models import Mail
from tests.support.records import everything

pytestmark = pytest.mark.django_db

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: {to}
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} <ann@example.org>: as it is

--b--
"""
HOLIDAY = "From: ann@example.org\nTo: {to}\nSubject: On holiday\n\nBack on Monday.\n"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BOUNCE_ADDRESS = "bounce@forum.example.org"


@pytest.fixture
def to(ann):
    """Where Ann's mail comes back to."""
    return tokens.bounce_address(
        mails.queue("notification:1", MailKind.NOTIFICATION, "ann@example.org", member=ann).token
    )


def failed(to):
    return REPORT.format(to=to, action="failed", status="5.1.1")


def mbox(folder, *texts):
    box = mailbox.mbox(folder / "returned")
    for text in texts:
        box.add(text)
    box.close()
    return str(folder / "returned")


def is_refused(member):
    return User.objects.get(pk=member.pk).mail_refused_at is not None


def test_a_mailbox_file_is_read_as_often_as_one_likes(to, ann, tmp_path, capsys):
    path = mbox(tmp_path, failed(to))
    call_command("bounces", mbox=path)
    User.objects.update(mail_refused_at=None)
    call_command("bounces", mbox=path)

    assert is_refused(ann) is False
    assert Mail.objects.get().last_error == "Bounced. smtp; 5.1.1 <…>: as it is"
    assert capsys.readouterr().out.splitlines() == [
        "1 emails read, 1 of them reported something new.",
        "1 emails read, 0 of them reported something new.",
    ]


def test_a_delay_stops_no_mails(to, ann, tmp_path):
    call_command("bounces", mbox=mbox(tmp_path, REPORT.format(to=to, action="delayed", status="4.4.7")), verbosity=0)

    mail = Mail.objects.get()
    assert (is_refused(ann), mail.bounced_at) == (False, None)
    assert mail.last_error == "Bounced for now. smtp; 4.4.7 <…>: as it is"


def test_what_nobody_signed_and_what_reports_nothing_changes_nothing(to, ann, tmp_path):
    forged = to.replace("+", "+0", 1)
    unsigned = "bounce@forum.example.org"
    path = mbox(tmp_path, failed(forged), failed(unsigned), HOLIDAY.format(to=to), "", b"To: \xff\n\n\xff")
    before = everything()

    call_command("bounces", mbox=path, verbosity=0)

    assert everything() == before


def test_a_folder_is_read_and_marked(to, ann, tmp_path):
    box = mailbox.Maildir(tmp_path / "returned")
    box.add(failed(to))
    call_command("bounces", maildir=str(tmp_path / "returned"), verbosity=0)

    assert is_refused(ann) is True
    assert [(mail.get_subdir(), mail.get_flags()) for mail in mailbox.Maildir(tmp_path / "returned")] == [("cur", "S")]


def test_a_mailbox_elsewhere_is_read_and_marked(to, ann):
    with imap(failed(to)) as server:
        call_command(
            "bounces", imap=f"imap://post:se%20cret@127.0.0.1:{server.server_address[1]}/Returned", verbosity=0
        )

    assert is_refused(ann) is True
    assert server.said == [
        'LOGIN post "se cret"',
        "SELECT Returned",
        "UID SEARCH UNSEEN",
        "UID FETCH 7 (BODY.PEEK[])",
        "UID STORE 7 +FLAGS (\\Seen)",
        "LOGOUT",
    ]


@pytest.mark.parametrize("where", [{"mbox": "/nowhere"}, {"maildir": "/nowhere"}, {"imap": "imap://a:b@127.0.0.1:1/"}])
def test_a_mailbox_that_is_not_there_is_said_to_be_so(where, db):
    with pytest.raises(CommandError, match=r"The mailbox cannot be read: ."):
        call_command("bounces", **where)


def test_without_an_address_for_it_there_is_nothing_to_read(settings, tmp_path):
    settings.BOUNCE_ADDRESS = ""

    with pytest.raises(CommandError, match="BOUNCE_ADDRESS is not set"):
        call_command("bounces", mbox=mbox(tmp_path))


class _Imap(socketserver.StreamRequestHandler):
    """As much of RFC 3501 as one mail needs."""

    def handle(self):
        self._say("* OK here")
        while line := self.rfile.readline().decode().strip():
            tag, _, said = line.partition(" ")
            if said != "CAPABILITY":
                self.server.said.append(said)
            for answer in self._answers(said):
                self._say(answer)
            self._say(f"{tag} OK done")
            if said == "LOGOUT":
                return

    def _answers(self, said):
        words = self.server.words
        if said == "CAPABILITY":
            return ["* CAPABILITY IMAP4rev1"]
        if said == "UID SEARCH UNSEEN":
            return ["* SEARCH 7"]
        if said.startswith("SELECT"):
            return ["* 1 EXISTS"]
        if said.startswith("UID FETCH"):
            return [f"* 1 FETCH (UID 7 BODY[] {{{len(words.encode())}}}\r\n{words})"]
        return ["* BYE"] if said == "LOGOUT" else []

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class imap:  # noqa: N801  used as a function
    """Serve a mailbox with one mail until the block ends."""

    def __init__(self, words):
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Imap)
        self.server.daemon_threads, self.server.said, self.server.words = True, [], words.replace("\n", "\r\n")
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self):
        self.thread.start()
        return self.server

    def __exit__(self, *_error):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
