"""Environment variables read strictly: a value that makes no sense stops the start with a sentence."""

import os
import secrets
from collections.abc import Iterable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})

# Django's own check calls a shorter key weak.
KEY_MIN_LENGTH = 50
WORD_MIN_LENGTH = 20
# A mailbox has 64 characters before the @ (RFC 5321); a plus, a token and its signature are put behind ours.
NAME_MAX_LENGTH = 64 - 1 - 32 - 16


def env_str(name: str, default: str = "") -> str:
    """Return the variable's text without surrounding space; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    """Return a yes or no; anything that is neither is refused."""
    value = env_str(name).lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0 (true or false), not “{value}”.")


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number between `least` and `most`, both included."""
    value = env_str(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not “{value}”.")
    return int(value)


def env_list(name: str, default: Iterable[str] = ()) -> list[str]:
    """Return the items of a comma-separated list; an empty item is refused."""
    value = env_str(name)
    if not value:
        return list(default)
    items = [item.strip() for item in value.split(",")]
    if not all(items):
        raise ImproperlyConfigured(f"{name} has an empty item: “{value}”. Write it as “one,two”.")
    return items


def env_choice(name: str, default: str, choices: Iterable[str]) -> str:
    """Return one of `choices`; anything else is refused with the list of them."""
    allowed = list(choices)
    value = env_str(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not “{value}”.")
    return value


def env_url(name: str, default: str, schemes: Iterable[str]) -> SplitResult:
    """Return the address in its parts; one without host, with a wrong port or another scheme is refused."""
    allowed = list(schemes)
    value = env_str(name, default)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address: {error}.") from error
    if parts.scheme not in allowed or not parts.hostname:
        starts = " or ".join(f"{scheme}://" for scheme in allowed)
        raise ImproperlyConfigured(f"{name} must start with {starts} and name a host.")
    return parts


def site_url(name: str, default: str) -> SplitResult:
    """Return the site's own address: scheme, host and port, and nothing behind them."""
    parts = env_url(name, default, ["http", "https"])
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(f"{name} must be a bare address such as https://forum.example.org.")
    return parts._replace(path="")


def mail_settings(name: str, folder: Path) -> dict[str, object]:
    """Return Django's mail settings for an smtp address; without one, mails become files in `folder`."""
    if not env_str(name):
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    parts = env_url(name, "", ["smtp", "smtp+tls", "smtps"])
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def env_address(name: str) -> str:
    """Return a bare mail address whose mailbox takes `+` and 48 characters more; without one, nothing."""
    value = env_str(name)
    if not value:
        return ""
    mailbox, _, host = value.rpartition("@")
    if not mailbox or not host or any(sign in value for sign in "<>+ ,") or "@" in mailbox:
        raise ImproperlyConfigured(f"{name} must be a bare address such as bounce@forum.example.org, not “{value}”.")
    if len(mailbox) > NAME_MAX_LENGTH:
        raise ImproperlyConfigured(
            f"{name} may have {NAME_MAX_LENGTH} characters before the @, because more are added after them."
        )
    return value


def env_sender(name: str, default: str) -> str:
    """Return who emails are from: an address, or `Name <address>`."""
    value = env_str(name, default)
    mailbox, _, host = parseaddr(value)[1].rpartition("@")
    if not mailbox or not host or any(sign in value for sign in "\r\n,") or " " in mailbox + host:
        raise ImproperlyConfigured(f"{name} must be an address or “Name <forum@example.org>”, not “{value}”.")
    return value


def env_secret(name: str) -> str:
    """Return a shared secret that cannot be guessed; without one, nothing."""
    value = env_str(name)
    if value and len(value) < WORD_MIN_LENGTH:
        raise ImproperlyConfigured(f"{name} must have at least {WORD_MIN_LENGTH} characters.")
    return value


def secret_key(name: str, kept_in: Path, *, required: bool) -> str:
    """Return the given key; on a laptop, one that is made once and kept in a file only its owner can read."""
    value = env_str(name)
    if value and len(value) < KEY_MIN_LENGTH:
        raise ImproperlyConfigured(f"{name} must have at least {KEY_MIN_LENGTH} characters.")
    if value:
        return value
    if required:
        raise ImproperlyConfigured(f"{name} must be set when SITE_URL starts with https://.")
    return _kept_key(kept_in)


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
            # A link fails when another process was quicker: then its key is everybody's.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(f"The key file {path} is empty. Delete it to get a new key.")
    return key
