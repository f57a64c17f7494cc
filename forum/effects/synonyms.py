"""Other names of tags: given, taken, and put back as they were."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.choices import SynonymState
from forum.effects import fields
from forum.effects.log import Facts, Inverse, Turn
from forum.models import LogEntry, Tag, TagSynonym

CHANGED_SINCE = "Its names have changed since. Look at them as they are now and decide what should apply."
IS_WISHED = "Someone has suggested “{}” as another name for “{}”. Decide that first."
_KEPT = ("tag", "state", "decided_by", "decided_at", "reason")
_HOLDING = (SynonymState.ASKED, SynonymState.APPROVED)

# What was done to other names: for each its id, what it was (None: it is new) and what it is.
Changes = list[list[Any]]


def holding(name: str) -> TagSynonym | None:
    """Return the row that holds `name` as another name, approved or asked for."""
    return TagSynonym.objects.select_related("tag").filter(name=name, state__in=_HOLDING).first()


def give(tag: Tag, name: str, actor: User, reason: str) -> Changes:
    """Let `name` be another name of `tag` from now on; a wish for it is granted."""
    now = timezone.now()
    row = holding(name)
    if row is None:
        row = TagSynonym.objects.create(
            name=name, tag=tag, state=SynonymState.APPROVED, decided_by=actor, decided_at=now, reason=reason
        )
        return [[row.pk, None, _facts(row)]]
    if row.tag_id != tag.pk:
        raise ValidationError(IS_WISHED.format(name, row.tag.name))
    return set_state([row], SynonymState.APPROVED, actor, reason)


def set_state(rows: Iterable[TagSynonym], state: SynonymState, actor: User, reason: str) -> Changes:
    """Decide on these names."""
    changes: Changes = []
    for row in rows:
        before = _facts(row)
        row.state, row.decided_by, row.decided_at, row.reason = state, actor, timezone.now(), reason
        row.save()
        changes.append([row.pk, before, _facts(row)])
    return changes


def move(source: Tag, target: Tag, actor: User) -> Changes:
    """Let the names of `source` be names of `target`; a wish for the target's own name falls away."""
    own = list(of(source).filter(name=target.name))
    changes = set_state(own, SynonymState.REMOVED, actor, "It is the tag’s own name.")
    for row in of(source).exclude(name=target.name):
        before = _facts(row)
        row.tag = target
        row.save(update_fields=["tag"])
        changes.append([row.pk, before, _facts(row)])
    return changes


def of(tag: Tag) -> Any:
    """Return the names that hold or are asked for, in order."""
    return TagSynonym.objects.filter(tag=tag, state__in=_HOLDING).order_by("pk")


def turn_back(changes: Changes) -> None:
    """Let each row be as it was before; one that is new falls away.

    Raises `ValidationError` where one was changed since, or its name means another tag by now.
    """
    for pk, before, after in reversed(changes):
        row = TagSynonym.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if row is None or _facts(row) != after:
            raise ValidationError(CHANGED_SINCE)
        if before is None:
            row.state, row.decided_at = SynonymState.REMOVED, timezone.now()
        else:
            _require_free(row, before["state"])
            fields.write(row, before)
        row.save()


def turned(changes: Changes) -> Changes:
    """Return what `turn_back` of these has changed, read from the rows as they are now."""
    rows = TagSynonym.objects.in_bulk([pk for pk, *_ in changes])
    return [[pk, after, _facts(rows[pk])] for pk, _before, after in reversed(changes)]


def _require_free(row: TagSynonym, state: str) -> None:
    if state not in _HOLDING:
        return
    others = TagSynonym.objects.filter(name=row.name, state__in=_HOLDING).exclude(pk=row.pk)
    if others.exists() or (state == SynonymState.APPROVED and is_tag(row.name)):
        raise ValidationError(f"“{row.name}” now means another tag.")


def is_tag(name: str) -> bool:
    """Say whether a tag of this name can be used."""
    return Tag.objects.standing().filter(name=name).exists()


def _facts(row: TagSynonym) -> Facts:
    return fields.read(row, _KEPT)


def _decide_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Let a name wait, hold or rest as it did before `entry`."""
    changes = entry.text.after["synonyms"]
    turn_back(changes)
    return Turn("synonym.reopened", after={"synonyms": turned(changes)})


INVERSES: dict[str, Inverse] = dict.fromkeys(
    ("synonym.approved", "synonym.declined", "synonym.removed", "synonym.reopened"), _decide_back
)
