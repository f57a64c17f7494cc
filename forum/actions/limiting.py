"""Spend one act of a limit, per person and per address, over a sliding window."""

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter

from forum import permissions, rules
from forum.effects.limits import TableStorage
from forum.limits import Rules
from forum.models import Person


class LimitReached(Exception):  # noqa: N818 (a refusal is not an error of ours)
    """Somebody did something as often as they may; `retry_after` is in seconds."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.sentence, self.retry_after = sentence, retry_after


@dataclass(frozen=True)
class _Act:
    name: str  # of the fields of `Rules`: guest_…_an_hour, new_…_an_hour, member_…_an_hour
    sentence: str


_BY_STANDING = {
    "ask": _Act("questions", "You have asked a lot in a short time."),
    "answer": _Act("answers", "You have answered a lot in a short time."),
    "comment": _Act("comments", "You have commented a lot in a short time."),
}
_BY_ACT = {
    "vote": ("votes_a_day", RateLimitItemPerDay, "You have voted a lot today."),
    "flag": ("flags_a_day", RateLimitItemPerDay, "You have reported a lot today. Thank you."),
    "upload": ("uploads_an_hour", RateLimitItemPerHour, "You have added many pictures in a short time."),
    "edit": ("edits_an_hour", RateLimitItemPerHour, "You have edited a lot in a short time."),
    "draft": ("drafts_a_minute", RateLimitItemPerMinute, "Drafts pause for a moment."),
    "first_draft": ("first_drafts_an_hour", RateLimitItemPerHour, "Many drafts began here in a short time."),
    "preview": ("previews_a_minute", RateLimitItemPerMinute, "Previews pause for a moment."),
}


def spend(person: Person, address: str, act: str) -> None:
    """Count one `act` of `person` from `address`; raise `LimitReached` when that is one too many.

    Guests are counted by address alone, because a cookie is thrown away in a second. Moderators have no limit.
    """
    if person.is_moderator:
        return
    item, sentence = _limit(person, act, rules.current())
    who = f"m{person.pk}" if person.is_authenticated else f"a{address}"
    if not _limiter().hit(item, act, who):
        reset = _limiter().get_window_stats(item, act, who).reset_time
        wait = max(1, round(reset - time.time()))
        raise LimitReached(f"{sentence} {_again(wait)} Your text is safe.", wait)


def is_busy(address: str) -> bool:
    """Count a guest's post from `address`; say whether the address has posted more than a family would."""
    item = RateLimitItemPerHour(rules.current().busy_posts_an_hour)
    return not _limiter().hit(item, "busy", f"a{address}")


def _limit(person: Person, act: str, now: Rules) -> tuple[RateLimitItem, str]:
    if act in _BY_ACT:
        field, window, sentence = _BY_ACT[act]
        return window(getattr(now, field)), sentence
    standing = "guest"
    if person.is_authenticated:
        standing = "new" if permissions.needs_check(person, now) else "member"
    by_standing = _BY_STANDING[act]
    return RateLimitItemPerHour(getattr(now, f"{standing}_{by_standing.name}_an_hour")), by_standing.sentence


def _again(seconds: int) -> str:
    wait = timedelta(seconds=seconds)
    if wait < timedelta(minutes=2):
        return "You can go on in a minute or two."
    if wait < timedelta(minutes=90):
        return f"You can go on in {round(wait / timedelta(minutes=1))} minutes."
    return f"You can go on in {round(wait / timedelta(hours=1))} hours."


@cache
def _limiter() -> MovingWindowRateLimiter:
    storage = RedisStorage(settings.REDIS_URL) if settings.REDIS_URL else TableStorage()
    return MovingWindowRateLimiter(storage)
