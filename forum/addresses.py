"""Which addresses a link in a post may have."""

import re
import unicodedata
from ipaddress import IPv4Address
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from accounts.names import name_key

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BARE_DOMAIN: Final = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?:[/?#:].*)?", re.DOTALL)
_LONGEST_LABEL: Final = 63
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
# What a telephone understands: +49 (0)30-116 *21# as an address, an extension, the first words of a message.
_TELEPHONE: Final = re.compile(
    r"(?:tel|sms):(?:[+*#]|%23|%2B)?(?:[0-9*#().,/-]|%20|%23){2,40}"
    r"(?:;(?:ext|phone-context)=[0-9+.A-Za-z-]{1,40})?(?:[?&;]body=[^<>\"\s]{0,500})?",
    re.IGNORECASE,
)
_EAST_ASIAN: Final = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")
_WORD_CATEGORIES: Final = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd", "Pd"})


def safe_href(address: str) -> str:
    """Give an address that means the same on every page of ours, or "" when there is none."""
    href = address.strip()
    if href.startswith("//"):
        href = "https:" + href
    if href.startswith(("/", "#")):
        return href
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() == "mailto":
        return href
    if scheme and scheme[1].lower() in {"tel", "sms"}:
        return href if _TELEPHONE.fullmatch(href) else ""
    if not scheme and _BARE_DOMAIN.fullmatch(href):
        href = "https://" + href
    elif not scheme or scheme[1].lower() not in {"http", "https"}:
        return ""
    return href if _leads_somewhere(href) else ""


def shown(address: str) -> str:
    """Return what a reader wants of an address: a number or an email address without its scheme."""
    scheme, _, rest = address.partition(":")
    return unquote(rest).partition("?")[0] if scheme.lower() in {"tel", "sms", "mailto"} else address


def is_deceptive(label: str) -> bool:
    """Say whether a label of a host, in its own letters, mixes scripts or could be read as one of ASCII letters."""
    if label.isascii():
        return False
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    if not scripts.isdisjoint(_EAST_ASIAN):
        scripts = scripts.difference(_EAST_ASIAN) | {"CJK"}
    return len(scripts) > 1 or name_key(label).isascii()


def _leads_somewhere(href: str) -> bool:
    """Say whether a browser would find a host in it; one with a user name before the host only misleads people."""
    try:
        parts: SplitResult = urlsplit(href)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if "@" in parts.netloc or port == 0 or _HOST.fullmatch(host) is None:
        return False
    labels = host.split(".")
    if labels[-1].isdecimal() or labels[-1].startswith("0x"):
        return _is_ipv4(host)
    return all(_is_readable(label) for label in labels)


def _is_ipv4(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _is_readable(label: str) -> bool:
    """Say whether a label of a host is made of letters, also once its punycode is decoded."""
    if not label or len(label) > _LONGEST_LABEL or label.startswith("-") or label.endswith("-"):
        return False
    if not label.startswith("xn--"):
        return label[2:4] != "--"
    try:
        text = label[4:].encode().decode("punycode")
    except ValueError:
        return False
    if text.isascii() or unicodedata.normalize("NFKC", text.casefold()) != text:
        return False
    categories = [unicodedata.category(character) for character in text]
    # How letters of two directions may stand in one label is a study of its own: such a host stays plain words.
    directions = {unicodedata.bidirectional(character) for character in text}
    is_one_way = directions.isdisjoint({"R", "AL", "AN"}) or directions <= {"R", "AL", "NSM"}
    return is_one_way and categories[0][0] != "M" and _WORD_CATEGORIES.issuperset(categories)
