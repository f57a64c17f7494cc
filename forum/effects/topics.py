"""Keep topics in their tree, and take back what was done to a topic or a tag."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from forum.effects import fields, posts, scores
from forum.effects.log import Facts, Inverse, Turn
from forum.models import Category, LogEntry, Tag
from forum.models.categories import MAX_DEPTH

CHANGED_SINCE = "It was changed again since. Look at it as it is now, and decide what should hold."

_KEPT = ("parent", "name", "slug", "position", "icon", "description", "guidance", "is_sensitive")


def lock_tree() -> dict[int, Category]:
    """Return every topic, locked in order of id."""
    return {each.pk: each for each in Category.objects.select_for_update(no_key=True).order_by("pk")}


def facts_of(category: Category | None, helpers: Iterable[int] | None = None) -> Facts | None:
    """Return what the log keeps of a topic; None of one that isn't there. `helpers` are ids, if not those it has."""
    if category is None:
        return None
    people = category.helpers.values_list("pk", flat=True) if helpers is None else helpers
    return {**fields.read(category, _KEPT), "helpers": sorted(people)}


def save(category: Category, tree: dict[int, Category], helpers: Iterable[int] | None = None) -> None:
    """Save a new or changed topic in its place, with the addresses of everything below it.

    Raises `ValidationError` for a place below itself, too deep, or taken.
    """
    before = tree.get(category.pk)
    parent = tree.get(category.parent_id or 0)
    if before is not None and parent is not None and (parent.path + "/").startswith(before.path + "/"):
        raise ValidationError({"parent": "A topic cannot stand below itself."})
    category.slug = category.slug or posts.slug_of(category.name)
    _place(category, parent)
    if any(each.path == category.path and each.pk != category.pk for each in tree.values()):
        raise ValidationError({"slug": "There is a topic at this address already."})
    category.save()
    if helpers is not None:
        category.helpers.set(helpers)
    if before is not None and before.path != category.path:
        _move_below(before.path, category, list(tree.values()))
    scores.recount_categories([category, *([before] if before else [])])


def delete(category: Category) -> None:
    """Remove a topic in which nothing stands; raise `ValidationError` while something does."""
    if category.children.exists():
        raise ValidationError("Other topics stand below it. Move or delete those first.")
    if category.questions.exists():
        raise ValidationError("Questions stand in it, so it stays. Move them to another topic first.")
    category.delete()


def _place(category: Category, parent: Category | None) -> None:
    category.path = f"{parent.path}/{category.slug}" if parent else category.slug
    category.depth = parent.depth + 1 if parent else 1
    if category.depth > MAX_DEPTH:
        raise ValidationError({"parent": f"Topics go {MAX_DEPTH} levels deep, and no deeper."})


def _move_below(old_path: str, category: Category, tree: list[Category]) -> None:
    for below in sorted(tree, key=lambda each: each.depth):
        if below.path.startswith(f"{old_path}/"):
            below.path = category.path + below.path.removeprefix(old_path)
            below.depth = below.path.count("/") + 1
            if below.depth > MAX_DEPTH:
                raise ValidationError({"parent": f"“{below.name}” below it would be too deep."})
            below.save(update_fields=["path", "depth"])


def _turn_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Leave the topic as it was before `entry`, unless somebody has changed it again."""
    tree = lock_tree()
    pk = int(entry.thing.partition(":")[2])
    category, wanted, left = tree.get(pk), entry.text.before["topic"], entry.text.after["topic"]
    if wanted == facts_of(category):
        return Turn("category.saved", changed=False)
    if facts_of(category) != left:
        raise ValidationError(CHANGED_SINCE)
    if wanted is None:
        delete(tree[pk])
        return Turn("category.deleted", before={"topic": left}, after={"topic": None})
    _put(Category.objects.get(pk=pk) if category is not None else Category(pk=pk), wanted, tree)
    return Turn("category.saved", before={"topic": left}, after={"topic": wanted})


def _put(category: Category, wanted: Facts, tree: dict[int, Category]) -> None:
    facts: dict[str, Any] = dict(wanted)
    helpers = User.objects.filter(pk__in=facts.pop("helpers")).values_list("pk", flat=True)
    fields.write(category, facts)
    if category.parent_id is not None and category.parent_id not in tree:
        raise ValidationError("The topic it stood below is not here any more.")
    save(category, tree, list(helpers))


def _describe_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Leave the tag with the words it had before `entry`."""
    tag = Tag.objects.select_for_update(no_key=True).filter(pk=int(entry.thing.partition(":")[2])).first()
    if tag is None:
        raise ValidationError("It is not here any more.")
    before, after = entry.text.before["excerpt"], entry.text.after["excerpt"]
    if tag.excerpt == before:
        return Turn("tag.edited", changed=False)
    if tag.excerpt != after:
        raise ValidationError(CHANGED_SINCE)
    Tag.objects.filter(pk=tag.pk).update(excerpt=before)
    return Turn("tag.edited", before={"excerpt": after}, after={"excerpt": before})


INVERSES: dict[str, Inverse] = {
    "category.saved": _turn_back,
    "category.deleted": _turn_back,
    "tag.edited": _describe_back,
}
