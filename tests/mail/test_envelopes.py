"""What a mail looks like on its way: valid, in two parts, grouped, stoppable, and silent about accounts."""

import email
import email.policy
from uuid import UUID

import pytest

from forum import tokens
from forum.choices import MailKind
from forum.effects.envelopes import Letter, envelope
from forum.models import Mail

TOKEN = UUID("0f3c1c2e-7a55-4d35-9d1b-2f1a4c5b6d7e")
LETTER = Letter(
    "Somebody answered “Schläft ihr gut?”",
    "Grüße von der Nacht.\n" + "Ein langer Satz, der nicht aufhört. " * 60 + "\n",
    "<p>Grüße von der <b>Nacht</b>.</p>",
    thread_id=12,
    stop_path=f"/mail/stop/{TOKEN}/",
)


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://forum.example.org"
    settings.DEFAULT_FROM_EMAIL = "Forum <forum@example.org>"


def mail():
    return Mail(token=TOKEN, address="ann@example.com", kind=MailKind.NOTIFICATION)


def sent(letter=LETTER):
    """The mail as its reader's program parses it, and as the server gets it."""
    raw = envelope(mail(), letter).message().as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default), raw


def test_the_headers_are_all_there_and_no_others():
    parsed, _raw = sent()

    headers = {name: str(value).strip() for name, value in parsed.items()}  # long ones are folded
    assert headers.pop("Date").endswith(("+0000", "-0000"))
    assert headers.pop("Content-Type").startswith("multipart/alternative; boundary=")
    assert headers == {
        "Subject": "Somebody answered “Schläft ihr gut?”",
        "From": "Forum <forum@example.org>",
        "To": "ann@example.com",
        "Message-ID": f"<{TOKEN.hex}@example.org>",
        "Auto-Submitted": "auto-generated",
        "In-Reply-To": "<question-12@example.org>",
        "References": "<question-12@example.org>",
        "List-Id": "<questions.example.org>",
        "List-Unsubscribe": f"<https://forum.example.org/mail/stop/{TOKEN}/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
    }


def test_both_parts_are_valid_and_in_ascii_lines():
    parsed, raw = sent()

    parts = [(part.get_content_type(), part["Content-Transfer-Encoding"]) for part in parsed.iter_parts()]
    assert parts == [("text/plain", "quoted-printable"), ("text/html", "quoted-printable")]
    assert [part.defects for part in parsed.walk()] == [[], [], []]
    assert [part.get_content() for part in parsed.iter_parts()] == [LETTER.text, LETTER.html]
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998


def test_the_same_mail_has_the_same_id_each_time():
    assert sent()[0]["Message-ID"] == sent()[0]["Message-ID"]


def test_a_mail_about_an_account_belongs_to_no_list_and_no_thread():
    parsed, _raw = sent(Letter("Your code is AB12", "AB12\n", "<p>AB12</p>"))

    assert {name for name in parsed if name.startswith(("List-", "In-Reply", "References"))} == set()


def test_no_words_become_headers():
    parsed, _raw = sent(Letter("Hello\r\nBcc: all@example.org", "A", "B", headers={"X-Kind": "a\nBcc: b@example.org"}))

    assert parsed["Subject"] == "Hello Bcc: all@example.org"
    assert parsed["X-Kind"] == "a Bcc: b@example.org"
    assert parsed["Bcc"] is None


def test_without_an_address_for_it_mails_come_back_to_the_sender():
    assert envelope(mail(), LETTER).from_email == "Forum <forum@example.org>"


def test_a_mail_comes_back_to_an_address_that_is_its_own(settings):
    settings.BOUNCE_ADDRESS = "Bounce@forum.example.org"

    address = envelope(mail(), LETTER).from_email

    assert address.startswith(f"Bounce+{TOKEN.hex}")
    assert len(address.partition("@")[0]) <= 64
    assert [tokens.read_bounce_address(written) for written in (address, address.upper(), f" {address} ")] == [
        TOKEN
    ] * 3


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address.replace(TOKEN.hex, "1" + TOKEN.hex[1:]),
        lambda address: address.replace("@forum.example.org", "@elsewhere.example"),
        lambda address: address.replace("bounce+", ""),
        lambda address: address.replace("@", "0@"),
        lambda address: f"bounce+{TOKEN.hex}@forum.example.org",
        lambda address: "bounce@forum.example.org",
        lambda address: "",
    ],
)
def test_an_address_we_never_made_is_of_no_mail(change, settings):
    settings.BOUNCE_ADDRESS = "bounce@forum.example.org"
    address = tokens.bounce_address(TOKEN)

    assert tokens.read_bounce_address(change(address)) is None


def test_a_former_key_still_reads_what_it_signed(settings):
    settings.BOUNCE_ADDRESS = "bounce@forum.example.org"
    address, former = tokens.bounce_address(TOKEN), settings.SECRET_KEY
    settings.SECRET_KEY = "another key of the site, fifty characters long, is it"
    before = tokens.read_bounce_address(address)

    settings.SECRET_KEY_FALLBACKS = [former]

    assert (before, tokens.read_bounce_address(address)) == (None, TOKEN)


def test_without_an_address_for_it_nothing_is_read():
    assert (tokens.bounce_address(TOKEN), tokens.read_bounce_address(f"+{TOKEN.hex}{'0' * 16}@")) == ("", None)
