"""Members who sign in for real: with a password, a confirmed address, codes from mails."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.factories import make_member

PASSWORD = "long gentle river"


def make_account(name="Ann Rivers", **fields):
    """A member with a confirmed address who can sign in with PASSWORD."""
    member = make_member(name, **fields)
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    return member


def code_in(mail):
    """Return the code that the subject of a mail tells."""
    return re.fullmatch(r"Your code is (\S+)", mail.subject).group(1)


def totp_code(secret):
    """Return the six digits that an app would show for the secret."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, login, password=PASSWORD, **more):
    """Send the sign-in form."""
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def shown(response):
    """Return a page's words, without tags and doubled spaces."""
    text = re.sub(r"<(script|style|template).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(text.replace("&#x27;", "'").split())
