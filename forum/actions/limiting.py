"""Ask for room under a limit, and spend one act of it, per person and per address, over a sliding window."""

import time
from datetime import timedelta
from functools import cache
from ipaddress import ip_network

from django.conf import settings
from django.utils import timezone
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import Ability
from forum.effects import clocks
from forum.effects import limits as effects
from forum.effects.limits import RedisOrTable, TableStorage, forget_old
from forum.limits import Rules
from forum.models import Person


class LimitReached(Exception):  # noqa: N818 (a refusal is not an error of ours)
    """Somebody did something as often as they may; `retry_after` is in seconds."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.sentence, self.retry_after = sentence, retry_after


_QUESTIONS = "You’ve asked a lot in a short time."
_ANSWERS = "You’ve answered a lot in a short time."
_COMMENTS = "You’ve commented a lot in a short time."
# The name is that of the fields of `Rules`: guest_…_an_hour, new_…_an_hour, member_…_an_hour.
_BY_STANDING = {"ask": ("questions", _QUESTIONS), "answer": ("answers", _ANSWERS), "comment": ("comments", _COMMENTS)}
_BY_ACT = {
    "vote": ("votes_a_day", RateLimitItemPerDay, "You’ve voted a lot today."),
    "flag": ("flags_a_day", RateLimitItemPerDay, "You’ve reported a lot today. Thank you."),
    "danger": (
        "danger_reports_an_hour",
        RateLimitItemPerHour,
        "Many reports came from your network. Moderators will read them.",
    ),
    "upload": ("uploads_an_hour", RateLimitItemPerHour, "You’ve added many pictures in a short time."),
    "edit": ("edits_an_hour", RateLimitItemPerHour, "You’ve edited a lot in a short time."),
    "suggest": ("suggestions_an_hour", RateLimitItemPerHour, "You’ve suggested many edits in a short time."),
    "message": ("messages_an_hour", RateLimitItemPerHour, "You’ve sent the moderators a lot of messages."),
    "appeal": ("appeals_a_day", RateLimitItemPerDay, "You’ve appealed a few times today. Moderators read every one."),
    "mail_follow": (
        "mail_follows_an_hour",
        RateLimitItemPerHour,
        "Your network has asked for several emails in a short time.",
    ),
    "sign_up": (
        "sign_ups_an_hour",
        RateLimitItemPerHour,
        "Several accounts were created from your network in the last hour.",
    ),
    "draft": ("drafts_a_minute", RateLimitItemPerMinute, "We’re saving drafts too fast."),
    "first_draft": (
        "first_drafts_an_hour",
        RateLimitItemPerHour,
        "Many drafts came from your network in a short time.",
    ),
    "preview": ("previews_a_minute", RateLimitItemPerMinute, "You’ve used the preview a lot in a short time."),
}
_FROM_NETWORK = {
    "ask": "Many questions came from your network in a short time.",
    "answer": "Many answers came from your network in a short time.",
    "comment": "Many comments came from your network in a short time.",
    "suggest": "Many suggestions came from your network in a short time.",
}
_MUCH_FROM_NETWORK = "Your network has done this a lot in a short time."
_AGAIN = {
    "ask": "post again",
    "answer": "post again",
    "comment": "post again",
    "vote": "vote again",
    "flag": "report again",
    "edit": "edit again",
}
_WORDLESS = {"vote", "flag", "upload", "sign_up", "mail_follow"}  # nothing typed is at stake


def spend(person: Person, address: str, act: str) -> None:
    """Count one `act` of `person` from `address`; raise `LimitReached` when that is one too many.

    A member is counted wherever they are, and all members of an address together may do what a few of them may.
    Guests are counted by their browser where it is known, and all of an address together may post what many of them
    may, because a cookie is thrown away in a second; what they do besides is counted by address alone.
    Moderators have no limit.
    """
    counted = _counted(person, address, act)
    if counted:
        _count(person, counted, act)


def require_room(person: Person, address: str, act: str) -> None:
    """Raise `LimitReached` when one more `act` would be one too many; count nothing."""
    for item, who in _counted(person, address, act):
        if not _limiter().test(item, act, who):
            raise _reached(person, item, act, who)


def is_writable() -> bool:
    """Say whether the database takes a write, by one."""
    return effects.is_writable()


def is_busy(address: str) -> bool:
    """Say whether guests have posted from `address` as much as a family would."""
    return not _limiter().test(_busy(), "busy", f"a{address}")


def count_guests_post(address: str) -> None:
    """Count a guest's post from `address`, for `is_busy`."""
    _limiter().hit(_busy(), "busy", f"a{address}")


def _busy() -> RateLimitItem:
    return RateLimitItemPerHour(rules.current().busy_posts_an_hour)


def _counted(person: Person, address: str, act: str) -> list[tuple[RateLimitItem, str]]:
    """Return each limit that one `act` falls under, and who is counted there."""
    if person.is_moderator:
        return []
    now = rules.current()
    window, amount, _ = _limit(person, act, now)
    if person.is_authenticated:
        counted = [(window(amount), f"m{person.pk}")]
        if _is_somewhere(address):
            counted.append((window(amount * now.members_of_an_address), f"h{address}"))
        return counted
    if act not in _FROM_NETWORK:
        return [(window(amount), f"a{address}")]
    by_network = (window(amount * now.guests_of_an_address), f"n{address}")
    return [(window(amount), f"g{person.pk}" if person.pk else f"a{address}"), by_network]


@atomic_with_retry  # what is refused is counted nowhere
def _count(person: Person, counted: list[tuple[RateLimitItem, str]], act: str) -> None:
    for item, who in counted:
        if not _limiter().hit(item, act, who):
            raise _reached(person, item, act, who)
    if not settings.REDIS_URL:
        forget_old()


def _limit(person: Person, act: str, now: Rules) -> tuple[type[RateLimitItem], int, str]:
    if act in _BY_ACT:
        field, window, sentence = _BY_ACT[act]
    else:
        name, sentence = _BY_STANDING[act]
        field, window = f"{_standing(person, now)}_{name}_an_hour", RateLimitItemPerHour
    amount: int = getattr(now, field)
    if any(person.lacks(ability) for ability in Ability):
        amount = max(1, -(-amount * now.suspended_percent // 100))
    return window, amount, sentence


def _standing(person: Person, now: Rules) -> str:
    if not person.is_authenticated:
        return "guest"
    return "new" if permissions.needs_check(person, now) else "member"


def _is_somewhere(address: str) -> bool:
    """Say whether `address` is somebody's: behind a proxy that nobody has told us of, all come from this machine."""
    try:
        return not ip_network(address).is_loopback
    except ValueError:
        return False


def _reached(person: Person, item: RateLimitItem, act: str, who: str) -> LimitReached:
    reset = _limiter().get_window_stats(item, act, who).reset_time
    wait = max(1, round(reset - time.time()))
    _, _, sentence = _limit(person, act, rules.current())
    if who[0] in "hn":  # a household of members, a network of guests
        sentence = _FROM_NETWORK.get(act, _MUCH_FROM_NETWORK)
    said = f"{sentence} You can {_AGAIN.get(act, 'continue')} {_when(person, wait)}."
    return LimitReached(said if act in _WORDLESS else f"{said} Your text is safe.", wait)


def _when(person: Person, seconds: int) -> str:
    """Say when that is, by the clock of `person`; where that is not known, by the site's and how long it is."""
    wait = timedelta(seconds=seconds)
    if wait < timedelta(minutes=2):
        return "in a minute or two"
    zone = clocks.zone_of(person) if isinstance(person, User) and person.time_zone else None
    now = timezone.localtime(timezone=zone)
    at = now + wait + timedelta(seconds=59)  # the first whole minute at which it is over
    said = f"{'' if at.date() == now.date() else 'tomorrow '}at {at:%H:%M}"
    if zone or timezone.get_current_timezone() != timezone.get_default_timezone():
        return said
    length = f"{-(-seconds // 60)} minutes" if wait < timedelta(minutes=90) else f"{round(seconds / 3600)} hours"
    return f"{said} ({at:%Z}), in {length}"


@cache
def _limiter() -> MovingWindowRateLimiter:
    if settings.REDIS_URL:
        return MovingWindowRateLimiter(RedisOrTable(settings.REDIS_URL, **settings.REDIS_OPTIONS))
    return MovingWindowRateLimiter(TableStorage())
