"""Read the mails that a site without a mail server leaves as files in its data folder."""

import email
import email.policy
import re
import time
from pathlib import Path

BETWEEN = "-" * 79
WAIT_SECONDS = 30


def mails_to(server, address):
    """Return the mails to an address, oldest first."""
    files = sorted(Path(server.environment["FORUM_DATA"], "mail").glob("*"), key=lambda file: file.stat().st_mtime)
    texts = [text for file in files for text in file.read_text(encoding="utf-8").split(BETWEEN) if text.strip()]
    mails = [email.message_from_string(text.strip(), policy=email.policy.default) for text in texts]
    return [mail for mail in mails if address in str(mail["To"])]


def newest_mail_to(server, address, *, about=""):
    """Return the newest mail to an address whose subject holds `about`; mails go out a moment after the page."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        found = [mail for mail in mails_to(server, address) if about in str(mail["Subject"])]
        if found or time.monotonic() > deadline:
            return found[-1]
        time.sleep(0.1)


def words_of(mail):
    """Return the plain text of a mail."""
    return mail.get_body(preferencelist=("plain",)).get_content()


def code_of(mail):
    """Return the code that the subject of a mail tells."""
    return re.fullmatch(r"Your code is (\S+)", str(mail["Subject"])).group(1)
