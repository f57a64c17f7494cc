"""Signed links and cookies for people without an account."""

from django.core import signing

from forum.limits import RETURN_LINK_DAYS

_SALT = "forum.guest"
_MAIL_SALT = "forum.guest.mail"
_LONGEST = RETURN_LINK_DAYS * 24 * 3600


def guest_token(guest_id: int) -> str:
    """Return the secret by which a guest is known again, for a cookie or a private link."""
    return signing.dumps(guest_id, salt=_SALT)


def read_guest_token(token: str) -> int | None:
    """Return the guest's id, or None when the token was altered or is too old."""
    try:
        guest_id = signing.loads(token, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        return None
    return guest_id if isinstance(guest_id, int) else None


def mail_token(guest_id: int) -> str:
    """Return the secret by which whoever gets a guest's mails stops them, and can do nothing else; it stays good."""
    return signing.dumps(guest_id, salt=_MAIL_SALT)


def read_mail_token(token: str) -> int | None:
    """Return whose mails the token stops, or None when it was altered or is for something else."""
    try:
        guest_id = signing.loads(token, salt=_MAIL_SALT)
    except signing.BadSignature:
        return None
    return guest_id if isinstance(guest_id, int) else None
