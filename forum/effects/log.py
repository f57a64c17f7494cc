"""Append to the log of moderation: a chain of hashes over ids, with the words beside it."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.effects import events
from forum.models import LogEntry, LogHead, LogText, Person, Post

Facts = dict[str, Any]  # what JSON can hold; no fractions, which the engines write in ways of their own
WORDS_ERASED, MEMBER_FORGOTTEN = "log.words_erased", "log.member_forgotten"
PARTS = ("reason", "before", "after", "names")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Turn:
    """What taking an act back did, for the entry that says so; `changed` is False when it was so already."""

    verb: str
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    changed: bool = True


# Takes the act of an entry back by effects, with everything locked; raises `ValidationError` with a sentence where
# what came later stands in the way. Each module of effects that does something to be undone has a dict `INVERSES`.
Inverse = Callable[[LogEntry, User, str], Turn]


def append(
    verb: str,
    *,
    actor: Person | None,
    post: Post | None = None,
    member: User | None = None,
    thing: str = "",
    reason: str = "",
    before: Facts | None = None,
    after: Facts | None = None,
    names: Facts | None = None,
    undoes: LogEntry | None = None,
    data: Facts | None = None,
) -> LogEntry:
    """Append one act, and the event that notices are made from; call it last in an action, for it locks the head.

    `verb` is `thing.happened`, such as `post.hidden`; `before` and `after` hold what its inverse needs. The names that
    `actor` and `member` have now are kept with it, so that it reads right when they have others. `data` is what the
    event carries, where `after` would be too much.
    """
    events.record(verb, actor=actor, post=post, member=member, reason=reason, data=after if data is None else data)
    head = LogHead.objects.select_for_update().get_or_create(pk=1)[0]
    named = {**_names_of(actor=actor, member=member), **(names or {})}
    words = _canonical({"reason": reason, "before": before or {}, "after": after or {}, "names": named})
    salts = {part: secrets.token_hex(16) for part in PARTS}
    entry = LogEntry(
        number=head.number + 1,
        verb=verb,
        actor=actor if isinstance(actor, User) else None,
        post_id=post.pk if post else None,
        member_id=member.pk if member else None,
        thing=thing,
        undoes=undoes,
        created_at=timezone.now(),
        digest=digest_of({part: seal_of(part, words[part], salts[part]) for part in PARTS}),
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    LogText.objects.create(entry=entry, salts=salts, **words)
    head.number, head.hash = entry.number, entry.hash
    head.save()
    return entry


def first_of(entry: LogEntry) -> LogEntry:
    """Return the act that `entry` takes back, or does again, or takes back again …; itself when it undoes nothing."""
    while entry.undoes is not None:
        entry = entry.undoes
    return entry


def erase(text: LogText, parts: Iterable[str]) -> bool:
    """Empty these parts of an entry's words for good; what is left of them is a seal that nobody can guess from.

    False when they were empty already. Lock `text` first, and say in the log that it was done.
    """
    parts = [part for part in parts if part not in text.erased and getattr(text, part)]
    for part in parts:
        text.erased[part] = seal_of(part, getattr(text, part), text.salts.pop(part))
        setattr(text, part, type(getattr(text, part))())
    if parts:
        text.erased_at = timezone.now()
        text.save(update_fields=["salts", "erased", "erased_at", *parts])
    return bool(parts)


def forget_names(member: User) -> bool:
    """Empty the names in all entries by and about `member`, and what corrections say of them; say whether any was."""
    texts = LogText.objects.select_for_update(of=("self",), no_key=True).select_related("entry").order_by("pk")
    changed = False
    for text in texts.filter(Q(entry__member=member) | Q(entry__actor=member)).iterator():
        is_corrected = text.entry.verb == "member.corrected" and text.entry.member_id == member.pk
        changed |= erase(text, ("names", "before", "after") if is_corrected else ("names",))
    return changed


def seal_of(part: str, words: Any, salt: str) -> str:
    """Return the salted digest of one part of an entry's words: SHA-256 over the salt and their canonical JSON."""
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{part}{text}".encode()).hexdigest()


def digest_of(seals: Mapping[str, str]) -> str:
    """Return the digest of an entry's words: SHA-256 over the seals of their parts."""
    return hashlib.sha256("".join(seals[part] for part in PARTS).encode()).hexdigest()


def hash_of(entry: LogEntry) -> str:
    """Return the hash of an entry: SHA-256 over the hash before it and every column that is not a word."""
    parts = (
        entry.previous,
        entry.number,
        entry.verb,
        entry.actor_id,
        entry.post_id,
        entry.member_id,
        entry.thing,
        entry.undoes_id,
        (entry.created_at - _EPOCH) // _MICROSECOND,
        entry.digest,
    )
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def _names_of(**people: Person | None) -> Facts:
    """Return the names to keep; who has closed their account is not named any more."""
    return {
        role: person.username
        for role, person in people.items()
        if isinstance(person, User) and person.closed_at is None
    }


def _canonical(words: Facts) -> Facts:
    """Return words as the database gives them back: keys are texts, tuples are lists; refuse fractions."""
    return json.loads(json.dumps(words), parse_float=_refuse, parse_constant=_refuse)  # type: ignore[no-any-return]


def _refuse(number: str) -> None:
    raise ValueError(f"The log keeps no fractions: {number}. Write it as text.")
