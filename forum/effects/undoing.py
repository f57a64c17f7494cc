"""Take back what the log says, inside any action: the inverse of every act in one place."""

from django.core.exceptions import ValidationError

from accounts.models import User
from forum import permissions, rules
from forum.effects import (
    account_merges,
    acts,
    appeals,
    blocks,
    cases,
    closures,
    configuration,
    conversations,
    conversions,
    edits,
    flags,
    letters,
    log,
    measures,
    merges,
    naming,
    places,
    posts,
    removals,
    reversals,
    revisions,
    staff,
    suggestions,
    suspensions,
    synonyms,
    tag_texts,
    topics,
)
from forum.effects.log import Inverse
from forum.models import LogEntry, Person

_POSTS_FIRST = ("reversal:", "accounts:")  # these lock many posts in their order, and members after them
INVERSES: dict[str, Inverse] = {
    **appeals.INVERSES,
    **flags.INVERSES,
    **removals.INVERSES,
    **closures.INVERSES,
    **measures.INVERSES,
    **conversions.INVERSES,
    **places.INVERSES,
    **merges.INVERSES,
    **edits.INVERSES,
    **revisions.INVERSES,
    **suggestions.INVERSES,
    **reversals.INVERSES,
    **conversations.INVERSES,
    **letters.INVERSES,
    **suspensions.INVERSES,
    **staff.INVERSES,
    **topics.INVERSES,
    **tag_texts.INVERSES,
    **synonyms.INVERSES,
    **naming.INVERSES,
    **configuration.INVERSES,
    **blocks.INVERSES,
    **account_merges.INVERSES,
}


def undo(actor: Person, entry: LogEntry, *, reason: str) -> LogEntry | None:
    """Take back what `entry` says, as `actions.undoing.undo_entry` promises; locks what it is about first."""
    if not entry.thing.startswith(_POSTS_FIRST):
        _lock(entry)
    entry = _locked(entry)
    seen = cases.about(entry.post, actor) if entry.post is not None else []
    about = appeals.decided_by(entry)
    permissions.require(permissions.can_undo(actor, entry, rules.current(), cases=seen, appeal=about))
    if entry.undone_by.exists():
        return None
    if {"before", "after"} & entry.text.erased.keys():
        raise ValidationError("The words of this action were erased, so it can’t be undone.")
    inverse = INVERSES.get(entry.verb)
    if inverse is None:
        raise ValidationError("This can’t be undone.")
    assert isinstance(actor, User)  # can_undo refuses guests

    turn = inverse(entry, actor, reason)
    if not turn.changed:
        return None
    acts.follow(entry, actor)
    return log.append(
        turn.verb,
        actor=actor,
        post=entry.post,
        member=entry.member,
        thing=entry.thing,
        reason=reason,
        before=turn.before,
        after=turn.after,
        names={"thing": named} if (named := entry.text.names.get("thing")) else None,
        undoes=entry,
        data={"undoes": entry.number},
    )


def is_undoable(entry: LogEntry) -> bool:
    """Say whether acts of this kind can be taken back at all."""
    return entry.verb in INVERSES


def _lock(entry: LogEntry) -> None:
    for post_id in _threads(entry):
        posts.lock_thread(post_id)
    if entry.member_id is not None:
        User.objects.select_for_update(no_key=True).get(pk=entry.member_id)


def _threads(entry: LogEntry) -> list[int]:
    """Return what an act was about, in the order of locking; a merge is about two questions."""
    return sorted({pk for pk in (entry.post_id, entry.text.after.get("target")) if pk is not None})


def _locked(entry: LogEntry) -> LogEntry:
    """Return the entry while nobody else takes it back."""
    entries = LogEntry.objects.select_for_update(of=("self",), no_key=True)
    return entries.select_related("text", "post", "member", "undoes__text", "undoes__post").get(pk=entry.pk)
