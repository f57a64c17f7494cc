"""Erase words from the log of moderation, where the law asks for it."""

from django.core.exceptions import ValidationError

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import events, log
from forum.models import LogEntry, LogText, Person


@atomic_with_retry
def erase_words(actor: Person, entry: LogEntry, *, reason: str) -> LogEntry | None:
    """Empty the reason, the names and what was before and after of one entry for good; return the entry that says so.

    None when they were erased before. What was done, when and by whom stays, and so does the chain; it cannot be taken
    back any more. Raises `PermissionDenied`, or `ValidationError` for no reason.
    """
    text = LogText.objects.select_for_update(of=("self",), no_key=True).select_related("entry").get(pk=entry.pk)
    permissions.require(permissions.can_erase(actor, rules.current()))
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence. Don’t repeat what you erase."})
    if not log.erase(text, log.PARTS):
        return None

    entry = text.entry
    events.forget(entry)
    return log.append(
        log.WORDS_ERASED,
        actor=actor,
        post=entry.post,
        member=entry.member,
        thing=f"entry:{entry.number}",
        reason=reason,
        data={"entry": entry.number},
    )
