"""Signed links and cookies for people without an account, and the signed addresses that mails come back to."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from forum.limits import RETURN_LINK_DAYS

_SALT = "forum.guest"
_MAIL_SALT = "forum.guest.mail"
_LONGEST = RETURN_LINK_DAYS * 24 * 3600
_BOUNCE_SALT = "forum.bounce"
_TOKEN_LENGTH, _SIGNATURE_LENGTH = 32, 16


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


def bounce_address(token: UUID) -> str:
    """Return where the mail of this token comes back to, or nothing while the owner has no mailbox for that.

    `bounce@example.org` becomes `bounce+TOKENSIGNATURE@example.org`, in letters whose case does not matter.
    """
    if not settings.BOUNCE_ADDRESS:
        return ""
    name, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{token.hex}{_bounce_signature(token.hex, settings.SECRET_KEY)}@{domain}"


def read_bounce_address(address: str) -> UUID | None:
    """Return the token of the mail that came back to `address`, or None when we never made that address."""
    name, _, domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    local, _, host = address.strip().lower().rpartition("@")
    signed = local.removeprefix(f"{name}+")
    if not name or host != domain or signed == local or len(signed) != _TOKEN_LENGTH + _SIGNATURE_LENGTH:
        return None
    token, signature = signed[:_TOKEN_LENGTH], signed[_TOKEN_LENGTH:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(signature, _bounce_signature(token, key)) for key in keys):
        return None
    return UUID(token)


def _bounce_signature(token: str, key: str) -> str:
    return salted_hmac(_BOUNCE_SALT, token, secret=key, algorithm="sha256").hexdigest()[:_SIGNATURE_LENGTH]
