"""Append to the log of moderation: a chain of hashes over ids, with the words beside it."""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.effects import events
from forum.models import LogEntry, LogHead, LogText, Person, Post

Facts = dict[str, Any]  # what JSON can hold


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
) -> LogEntry:
    """Append one act, and the event that notices are made from; call it last in an action, for it locks the head.

    `verb` is `thing.happened`, such as `post.hidden`; `before` and `after` hold what its inverse needs.
    """
    events.record(verb, actor=actor, post=post, member=member, reason=reason, data=after)
    head = LogHead.objects.select_for_update().get_or_create(pk=1)[0]
    words = {"reason": reason, "before": before or {}, "after": after or {}, "names": names or {}}
    salt = secrets.token_hex(16)
    entry = LogEntry(
        number=head.number + 1,
        verb=verb,
        actor=actor if isinstance(actor, User) else None,
        post_id=post.pk if post else None,
        member_id=member.pk if member else None,
        thing=thing,
        undoes=undoes,
        created_at=timezone.now(),
        digest=digest_of(words, salt),
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    LogText.objects.create(entry=entry, salt=salt, **words)
    head.number, head.hash = entry.number, entry.hash
    head.save()
    return entry


def first_of(entry: LogEntry) -> LogEntry:
    """Return the act that `entry` takes back, or does again, or takes back again …; itself when it undoes nothing."""
    while entry.undoes is not None:
        entry = entry.undoes
    return entry


def digest_of(words: Facts, salt: str) -> str:
    """Return the salted digest of an entry's words: SHA-256 over the salt and their canonical JSON."""
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def hash_of(entry: LogEntry) -> str:
    """Return the hash of an entry: SHA-256 over the hash before it and every column that is not a word."""
    at: datetime = entry.created_at
    parts = (
        entry.previous,
        entry.number,
        entry.verb,
        entry.actor_id,
        entry.post_id,
        entry.member_id,
        entry.thing,
        entry.undoes_id,
        int(at.timestamp() * 1_000_000),
        entry.digest,
    )
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
