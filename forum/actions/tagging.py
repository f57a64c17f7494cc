"""Place topics in their tree."""

from collections.abc import Iterable
from copy import copy

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import log, topics
from forum.effects.log import Facts
from forum.effects.topics import Readdressed
from forum.models import Category, Person


@atomic_with_retry
def save_category(
    actor: Person,
    category: Category,
    *,
    helpers: Iterable[User] | None = None,
    required_tags: Iterable[str] | None = None,
    own_tags: Iterable[str] | None = None,
) -> Category:
    """Save a new or changed topic, with the addresses of everything below it; the same again changes nothing.

    `helpers` look after it; None leaves those it has, and so for the tags. Addresses that are left lead to where the
    topics stand now. Raises `PermissionDenied`, or `ValidationError` for a place below itself, too deep, or taken.
    """
    permissions.require(permissions.can_configure(actor, rules.current()))
    named = {"required_tags": required_tags, "own_tags": own_tags}
    ties = {name: topics.tags_called(names) for name, names in named.items() if names is not None}
    if helpers is not None:
        ties["helpers"] = [helper.pk for helper in helpers]
    tree = topics.lock_tree()
    before = topics.facts_of(tree.get(category.pk))
    if before is not None and before == topics.facts_of(category, ties):
        return category

    addresses = topics.save(category, tree, ties)
    _write(actor, "category.saved", category, before, topics.facts_of(category), addresses)
    return category


@atomic_with_retry
def place_category(actor: Person, category: Category, *, step: int) -> Category:
    """Let a topic change places with its neighbour before it (`step` -1) or after it (1); where none is, it stays."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    tree = topics.lock_tree()
    category = tree[category.pk]
    order = topics.neighbours(category, tree)
    at = order.index(category)
    if 0 <= at + step < len(order):
        before = {str(each.pk): each.position for each in order}
        order[at], order[at + step] = order[at + step], order[at]
        after = {str(each.pk): number for number, each in enumerate(order)}
        topics.place({int(pk): position for pk, position in after.items()})
        _log(actor, "category.placed", category, {"positions": before}, {"positions": after})
    return category


@atomic_with_retry
def delete_category(actor: Person, category: Category) -> None:
    """Remove a topic in which nothing stands; raise `ValidationError` while something does."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    category = Category.objects.select_for_update(no_key=True).get(pk=category.pk)
    before, former = topics.facts_of(category), copy(category)  # a deleted row has no number any more
    addresses = topics.delete(category)
    _write(actor, "category.deleted", former, before, None, addresses)


def _write(
    actor: Person, verb: str, category: Category, before: Facts | None, after: Facts | None, addresses: Readdressed
) -> None:
    gone, come = ({"addresses": each} if each else {} for each in (addresses.gone, addresses.come))
    _log(actor, verb, category, {"topic": before, **gone}, {"topic": after, **come})


def _log(actor: Person, verb: str, category: Category, before: Facts, after: Facts) -> None:
    log.append(
        verb,
        actor=actor,
        thing=f"category:{category.pk}",
        before=before,
        after=after,
        names={"thing": category.name},
        data={"category": category.pk, "path": category.path},
    )
