"""Follow a question, a topic, a tag or a member, or hear nothing of it; stop a guest's mails."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, plaintext, rules
from forum.choices import FollowMode
from forum.effects import guests
from forum.limits import FOLLOW_MODE, MUTED_WORD_LENGTH, MUTED_WORDS_MOST, OWN_FOLLOW_MODE
from forum.models import Category, Follow, Guest, Person, Post, Preferences
from forum.permissions.following import Followed


@atomic_with_retry
def follow(member: Person, thing: Followed, *, mode: str = "") -> bool:
    """Leave `thing` among what `member` follows; return whether it was new there.

    Without a `mode` one that is followed stays as it is, and a muted one is heard of again. The log tells nothing of
    it, as with bookmarks: what somebody wants to hear of is theirs alone.
    """
    permissions.require(permissions.can_follow(member, thing, rules.current()))
    defaults = {"mode": mode or _usual_mode(member, thing)}
    row, is_new = Follow.objects.get_or_create(defaults, member_id=member.pk, **_column(thing))
    if not is_new and (mode or row.mode == FollowMode.MUTED):
        Follow.objects.filter(pk=row.pk).update(**defaults)
    return is_new


@atomic_with_retry
def set_follow_mode(member: Person, thing: Followed, mode: str) -> None:
    """Let `member` hear of `thing` in this way, or with `MUTED` not at all, whether they followed it before or not."""
    permissions.require(permissions.can_follow(member, thing, rules.current()))
    Follow.objects.update_or_create({"mode": mode}, member_id=member.pk, **_column(thing))


@atomic_with_retry
def unfollow(member: Person, thing: Followed) -> bool:
    """Leave `thing` out of what `member` follows or muted; return whether it was there."""
    permissions.require(permissions.can_unfollow(member, thing, rules.current()))
    removed, _ = Follow.objects.filter(member_id=member.pk, **_column(thing)).delete()
    return bool(removed)


@atomic_with_retry
def mute_words(member: Person, words: Iterable[str], *, in_lists: bool = False) -> tuple[str, ...]:
    """Leave `member` told of nothing that holds one of `words`, and return them as they are kept: each once, in order.

    With `in_lists` they, and people whom `member` muted or blocked, leave lists of questions too.

    Raises `ValidationError` with a sentence for too many of them, or one that is too long.
    """
    permissions.require(permissions.can_choose(member, rules.current()))
    found: dict[str, str] = {}  # by what is compared: case and accents aside
    for word in map(plaintext.clean_line, words):
        if key := " ".join(plaintext.words(word)):
            found.setdefault(key, word)
    kept = tuple(found.values())
    if len(kept) > MUTED_WORDS_MOST:
        raise ValidationError(f"Use at most {MUTED_WORDS_MOST} lines. You have {len(kept)}.")
    if any(len(word) > MUTED_WORD_LENGTH for word in kept):
        raise ValidationError(f"Use at most {MUTED_WORD_LENGTH} characters per line.")
    chosen = {"muted_words": "\n".join(kept), "mutes_lists": in_lists}
    Preferences.objects.update_or_create(chosen, member_id=member.pk)
    return kept


def _usual_mode(member: Person, thing: Followed) -> str:
    is_own = isinstance(thing, Post) and permissions.is_author(member, thing)
    return OWN_FOLLOW_MODE if is_own else FOLLOW_MODE


def _column(thing: Followed) -> dict[str, Any]:
    if isinstance(thing, Post):
        return {"question_id": thing.pk}
    if isinstance(thing, User):
        return {"person_id": thing.pk}
    return {"category_id" if isinstance(thing, Category) else "tag_id": thing.pk}


@atomic_with_retry
def stop_mails(guest: Guest) -> bool:
    """Forget the address `guest` left, so that no more mails go there; return whether there was one."""
    return guests.forget_address(guest)
