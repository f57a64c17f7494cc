"""Save what an owner edits: settings, help pages, help lines, content notes, watched words."""

from django.core.exceptions import ValidationError
from django.db import transaction

from forum import permissions, rules
from forum.effects import events, pages
from forum.models import ContentNote, HelpLine, Page, Person, SiteSettings, WatchedWord

Configuration = SiteSettings | Page | HelpLine | ContentNote | WatchedWord


@transaction.atomic
def save_configuration(actor: Person, thing: Configuration) -> None:
    """Save `thing` as it stands and log it; a page's text is rendered on the way."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    if isinstance(thing, Page):
        pages.render(thing)
    thing.save()
    events.record("configuration.saved", actor=actor, data=_name_of(thing))


@transaction.atomic
def delete_configuration(actor: Person, thing: Configuration) -> None:
    """Remove `thing` for good and log it; raise `ValidationError` for a note that warns readers of a post."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    if isinstance(thing, ContentNote) and thing.posts.exists():
        raise ValidationError("Posts carry this note, so it stays. Untick “offered to authors” instead.")
    name = _name_of(thing)
    thing.delete()
    events.record("configuration.deleted", actor=actor, data=name)


def _name_of(thing: Configuration) -> dict[str, object]:
    return {"kind": type(thing).__name__, "id": thing.pk, "name": str(thing)}
