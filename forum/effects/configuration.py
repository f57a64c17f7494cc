"""Save and delete what an owner edits, and take either back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import User
from forum.effects import fields, pages, picture_uses, texts
from forum.effects.log import Facts, Inverse, Turn
from forum.models import (
    CarePhrase,
    CloseReason,
    ContentNote,
    FlagReason,
    HelpLine,
    LogEntry,
    Page,
    Reply,
    SiteSettings,
    WatchedWord,
)

Configuration = (
    SiteSettings | Page | HelpLine | ContentNote | FlagReason | CloseReason | Reply | WatchedWord | CarePhrase
)
KINDS: dict[str, type[Configuration]] = {
    kind.__name__: kind
    for kind in (SiteSettings, Page, HelpLine, ContentNote, FlagReason, CloseReason, Reply, WatchedWord, CarePhrase)
}
CHANGED_SINCE = "It has changed since. Look at it as it is now and decide what should apply."

_RENDERED = {"body_html", "markup_version"}


def current(kind: type[Configuration], pk: Any) -> Configuration | None:
    """Return the row as the database has it, locked."""
    rows: models.QuerySet[Any] = kind._default_manager.select_for_update(no_key=True)  # noqa: SLF001 - Django's documented name
    found: Configuration | None = rows.filter(pk=pk).first() if pk is not None else None
    return found


def facts_of(thing: Configuration | None) -> Facts | None:
    """Return what the log keeps of `thing`; None of one that isn't there."""
    if thing is None:
        return None
    own = [each for each in thing._meta.concrete_fields if not each.primary_key]  # noqa: SLF001 - Django's documented name
    return fields.read(thing, [each.name for each in own if each.name not in _RENDERED and not _is_a_clock(each)])


def save(thing: Configuration) -> None:
    """Save `thing` as it stands; a page's text is rendered on the way."""
    if isinstance(thing, Page):
        pages.render(thing)
    thing.save()
    if isinstance(thing, Page):
        picture_uses.note(thing, thing.body, thing.body_html)


def delete(thing: Configuration) -> None:
    """Remove `thing` for good; raise `ValidationError` while something stands on it."""
    if isinstance(thing, ContentNote) and thing.posts.exists():
        raise ValidationError("Posts use this note, so it can’t be deleted. Untick “offered to authors” instead.")
    if texts.came_with_the_site(thing):
        raise ValidationError("This is built in and would come back. Untick “offered” instead.")
    try:
        thing.delete()
    except models.ProtectedError as refusal:
        raise ValidationError("It’s in use, so it can’t be deleted. Switch it off instead, where you can.") from refusal


def change(before: Facts | None, after: Facts | None) -> tuple[Facts, Facts]:
    """Return what an entry keeps as `before` and `after`: what differs alone, or everything of what is new or gone."""
    if before is not None and after is not None:
        before, after = fields.difference(before, after)
    return {"fields": before}, {"fields": after}


def _turn_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Leave the row as it was before `entry`, unless somebody has changed it again."""
    name, _, pk = entry.thing.partition(":")
    thing = current(KINDS[name], pk)
    wanted, left = entry.text.before["fields"], entry.text.after["fields"]
    here = facts_of(thing)
    if wanted is None:
        return _take_away(thing, here, left)
    if left is None:
        return _make_anew(KINDS[name](pk=pk), wanted) if thing is None else Turn("configuration.saved", changed=False)
    if thing is None or here is None:
        raise ValidationError("It no longer exists.")
    now = {field: here[field] for field in left}
    if now == wanted:
        return Turn("configuration.saved", changed=False)
    if now != left:
        raise ValidationError(CHANGED_SINCE)
    _put(thing, wanted)
    return Turn("configuration.saved", before={"fields": left}, after={"fields": wanted})


def _take_away(thing: Configuration | None, here: Facts | None, left: Facts | None) -> Turn:
    if thing is None:
        return Turn("configuration.deleted", changed=False)
    if here != left:
        raise ValidationError(CHANGED_SINCE)
    delete(thing)
    return Turn("configuration.deleted", before={"fields": here}, after={"fields": None})


def _make_anew(thing: Configuration, wanted: Facts) -> Turn:
    _put(thing, wanted)
    return Turn("configuration.saved", before={"fields": None}, after={"fields": wanted})


def _put(thing: Configuration, wanted: Facts) -> None:
    fields.write(thing, wanted)
    thing.validate_unique()
    thing.validate_constraints()
    save(thing)


def _is_a_clock(field: Any) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


INVERSES: dict[str, Inverse] = {"configuration.saved": _turn_back, "configuration.deleted": _turn_back}
