"""Place topics in their tree; describe tags."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from forum import permissions, rules
from forum.effects import log, topics
from forum.effects.log import Facts
from forum.models import Category, Person, Tag


@transaction.atomic
def save_category(actor: Person, category: Category, *, helpers: Iterable[User] | None = None) -> Category:
    """Save a new or changed topic, with the addresses of everything below it; the same again changes nothing.

    `helpers` look after it; None leaves those it has. Raises `PermissionDenied`, or `ValidationError` for a place below
    itself, too deep, or taken.
    """
    permissions.require(permissions.can_configure(actor, rules.current()))
    tree = topics.lock_tree()
    before = topics.facts_of(tree.get(category.pk))
    ids = None if helpers is None else [helper.pk for helper in helpers]
    if before is not None and before == topics.facts_of(category, ids):
        return category

    topics.save(category, tree, ids)
    _write(actor, "category.saved", category, category.pk, before, topics.facts_of(category))
    return category


@transaction.atomic
def delete_category(actor: Person, category: Category) -> None:
    """Remove a topic in which nothing stands; raise `ValidationError` while something does."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    category = Category.objects.select_for_update().get(pk=category.pk)
    before, pk = topics.facts_of(category), category.pk
    topics.delete(category)
    _write(actor, "category.deleted", category, pk, before, None)


@transaction.atomic
def edit_tag(actor: Person, tag: Tag, *, excerpt: str) -> Tag:
    """Say what `tag` is about; the same words again change nothing."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    tag = Tag.objects.select_for_update(no_key=True).get(pk=tag.pk)
    if tag.excerpt != excerpt:
        before, tag.excerpt = tag.excerpt, excerpt
        Tag.objects.filter(pk=tag.pk).update(excerpt=excerpt)
        log.append(
            "tag.edited",
            actor=actor,
            thing=f"tag:{tag.pk}",
            before={"excerpt": before},
            after={"excerpt": excerpt},
            names={"thing": tag.name},
            data={"tag": tag.pk},
        )
    return tag


def _write(actor: Person, verb: str, category: Category, pk: int, before: Facts | None, after: Facts | None) -> None:
    log.append(
        verb,
        actor=actor,
        thing=f"category:{pk}",
        before={"topic": before},
        after={"topic": after},
        names={"thing": category.name},
        data={"category": pk, "path": category.path},
    )
