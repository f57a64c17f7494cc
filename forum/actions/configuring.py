"""Save what an owner edits: settings, help pages, help lines, content notes, reasons and replies."""

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import configuration, log
from forum.effects.configuration import Configuration
from forum.effects.log import Facts
from forum.models import Person


@atomic_with_retry
def save_configuration(actor: Person, thing: Configuration) -> None:
    """Save `thing` as it stands and log what changed; the same again changes nothing."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    before = configuration.facts_of(configuration.current(type(thing), thing.pk))
    if before is not None and before == configuration.facts_of(thing):
        return

    configuration.save(thing)
    _write(actor, "configuration.saved", thing, thing.pk, before, configuration.facts_of(thing))


@atomic_with_retry
def delete_configuration(actor: Person, thing: Configuration) -> None:
    """Remove `thing` for good and log it; raise `ValidationError` for a note that warns readers of a post."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    before, pk = configuration.facts_of(configuration.current(type(thing), thing.pk)), thing.pk
    if before is None:
        return

    configuration.delete(thing)
    _write(actor, "configuration.deleted", thing, pk, before, None)


def _write(
    actor: Person, verb: str, thing: Configuration, pk: object, before: Facts | None, after: Facts | None
) -> None:
    kind = type(thing).__name__
    was, now = configuration.change(before, after)
    log.append(
        verb,
        actor=actor,
        thing=f"{kind}:{pk}",
        before=was,
        after=now,
        names={"thing": str(thing)},
        data={"kind": kind, "id": pk, "name": str(thing)},
    )
