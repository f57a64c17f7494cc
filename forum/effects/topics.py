"""Keep topics in their tree, and take back what was done to one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from forum.effects import fields, posts, scores
from forum.effects import tags as tagging
from forum.effects.log import Facts, Inverse, Turn
from forum.limits import admits
from forum.models import Category, CategoryAddress, LogEntry, Tag
from forum.models.categories import MAX_DEPTH

CHANGED_SINCE = "It has changed since. Look at it as it is now and decide what should apply."

_KEPT = (
    *("parent", "name", "slug", "position", "icon", "description", "guidance", "is_sensitive"),
    *("answer_guidance", "reader_help", "level_to_ask"),
)
_TIES = ("helpers", "required_tags", "own_tags")

Ties = Mapping[str, Iterable[int]]  # ids of what is tied to a topic, by the name of the tie


@dataclass(frozen=True)
class Readdressed:
    """Which former addresses went with a change and which came with it, each with the id of its topic."""

    gone: dict[str, int]
    come: dict[str, int]


def lock_tree() -> dict[int, Category]:
    """Return every topic, locked in order of id."""
    return {each.pk: each for each in Category.objects.select_for_update(no_key=True).order_by("pk")}


def facts_of(category: Category | None, ties: Ties | None = None) -> Facts | None:
    """Return what the log keeps of a topic, with `ties` instead of those it has; None of one that isn't there."""
    if category is None:
        return None
    given = ties or {}
    found = {name: given[name] if name in given else _tied(category, name) for name in _TIES}
    return {**fields.read(category, _KEPT), **{name: sorted(ids) for name, ids in found.items()}}


def save(category: Category, tree: dict[int, Category], ties: Ties | None = None) -> Readdressed:
    """Save a new or changed topic in its place, with the addresses of everything below it.

    Addresses that it and they leave lead to them from now on, until another topic stands there. Raises
    `ValidationError` for a place below itself, too deep, or taken.
    """
    return _lead(_put(category, tree, ties))


def tags_called(names: Iterable[str]) -> list[int]:
    """Return the ids of these tags, or of those they are other names of; what isn't there is made or comes back."""
    wanted = sorted(tagging.resolve(list(names)))
    for name in wanted:
        Tag.objects.get_or_create(name=name, defaults={"slug": name})
    tags = Tag.objects.filter(name__in=wanted)
    tags.filter(removed_at__isnull=False).update(removed_at=None)
    return list(tags.values_list("pk", flat=True))


def delete(category: Category) -> Readdressed:
    """Remove a topic in which nothing stands; raise `ValidationError` while something does."""
    if category.children.exists():
        raise ValidationError("It has topics below it. Move or delete those first.")
    if category.questions.exists():
        raise ValidationError("It has questions, so it can’t be deleted. Move them to another topic first.")
    gone = dict(category.former_addresses.values_list("path", "category_id"))
    category.delete()
    return Readdressed(gone, {})


def neighbours(category: Category, tree: Mapping[int, Category]) -> list[Category]:
    """Return the topics of one parent, `category` among them, as they stand."""
    beside = [each for each in tree.values() if each.parent_id == category.parent_id]
    return sorted(beside, key=lambda each: (each.position, each.name, each.pk))


def place(positions: Mapping[int, int]) -> None:
    """Give topics these positions among their neighbours; lock the tree first."""
    for pk, position in positions.items():
        Category.objects.filter(pk=pk).update(position=position)


def _put(category: Category, tree: dict[int, Category], ties: Ties | None) -> dict[str, int]:
    """Save a topic and what stands below it, without a way from where they stood, which is returned."""
    before = tree.get(category.pk)
    parent = tree.get(category.parent_id or 0)
    if before is not None and parent is not None and (parent.path + "/").startswith(before.path + "/"):
        raise ValidationError({"parent": "A topic can’t be below itself."})
    if category.level_to_ask and not admits("level_to_ask", category.level_to_ask):
        raise ValidationError({"level_to_ask": "Enter a role or a number of points, or leave it empty."})
    category.slug = category.slug or posts.slug_of(category.name)
    _place(category, parent)
    if any(each.path == category.path and each.pk != category.pk for each in tree.values()):
        raise ValidationError({"slug": "Another topic already has this address."})
    category.save()
    for name, ids in (ties or {}).items():
        getattr(category, name).set(ids)
    left: dict[str, int] = {}
    if before is not None and before.path != category.path:
        left = {before.path: category.pk, **_move_below(before.path, category, list(tree.values()))}
    scores.recount_categories([category, *([before] if before else [])])
    return left


def _tied(category: Category, name: str) -> Iterable[int]:
    ids: Iterable[int] = getattr(category, name).values_list("pk", flat=True)
    return ids


def _place(category: Category, parent: Category | None) -> None:
    category.path = f"{parent.path}/{category.slug}" if parent else category.slug
    category.depth = parent.depth + 1 if parent else 1
    if category.depth > MAX_DEPTH:
        raise ValidationError({"parent": f"Topics can be {MAX_DEPTH} levels deep at most."})


def _move_below(old_path: str, category: Category, tree: list[Category]) -> dict[str, int]:
    """Move what stands below a topic along; return where each of them stood."""
    left = {}
    for below in sorted(tree, key=lambda each: each.depth):
        if below.path.startswith(f"{old_path}/"):
            left[below.path] = below.pk
            below.path = category.path + below.path.removeprefix(old_path)
            below.depth = below.path.count("/") + 1
            if below.depth > MAX_DEPTH:
                raise ValidationError({"parent": f"“{below.name}” below it would be too deep."})
            below.save(update_fields=["path", "depth"])
    return left


def _lead(left: Mapping[str, int]) -> Readdressed:
    """Let addresses that topics left lead to them; where a topic stands now, none leads elsewhere."""
    taken = CategoryAddress.objects.filter(path__in=Category.objects.values("path"))
    gone = dict(taken.values_list("path", "category_id"))
    taken.delete()
    places: tuple[Any, ...] = (Category.objects, CategoryAddress.objects)
    busy = {path for rows in places for path in rows.filter(path__in=list(left)).values_list("path", flat=True)}
    come = {path: pk for path, pk in left.items() if path not in busy}
    CategoryAddress.objects.bulk_create(CategoryAddress(path=path, category_id=pk) for path, pk in come.items())
    return Readdressed(gone, come)


def _turn_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Leave the topic as it was before `entry`, unless somebody has changed it again."""
    tree = lock_tree()
    pk = int(entry.thing.partition(":")[2])
    category, wanted, left = tree.get(pk), entry.text.before["topic"], entry.text.after["topic"]
    known = set(wanted or left)  # an entry of an older version knows fewer fields
    facts = facts_of(category)
    now = facts and {name: fact for name, fact in facts.items() if name in known}
    if wanted == now:
        return Turn("category.saved", changed=False)
    if now != left:
        raise ValidationError(CHANGED_SINCE)
    if category is not None and wanted is None:
        delete(category)
    else:
        _bring_back(Category.objects.get(pk=pk) if category is not None else Category(pk=pk), wanted, tree)
    come, gone = (facts.get("addresses", {}) for facts in (entry.text.after, entry.text.before))
    CategoryAddress.objects.filter(path__in=list(come)).delete()
    _lead(gone)
    verb = "category.deleted" if wanted is None else "category.saved"
    return Turn(verb, before=entry.text.after, after=entry.text.before)


def _bring_back(category: Category, wanted: Facts, tree: dict[int, Category]) -> None:
    facts: dict[str, Any] = dict(wanted)
    tables: dict[str, Any] = {"helpers": User.objects, "required_tags": Tag.objects, "own_tags": Tag.objects}
    tied = {name: facts.pop(name) for name in tables if name in facts}
    ties = {name: tables[name].filter(pk__in=ids).values_list("pk", flat=True) for name, ids in tied.items()}
    fields.write(category, facts)
    if category.parent_id is not None and category.parent_id not in tree:
        raise ValidationError("The topic above it no longer exists.")
    _put(category, tree, ties)


def _place_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Leave neighbours in the order they had before `entry`, unless somebody has changed it again."""
    tree = lock_tree()
    facts = (entry.text.before["positions"], entry.text.after["positions"])
    before, after = ({int(pk): position for pk, position in each.items()} for each in facts)
    now = {pk: tree[pk].position if pk in tree else None for pk in before}
    if now == before:
        return Turn("category.placed", changed=False)
    if now != after:
        raise ValidationError(CHANGED_SINCE)
    place(before)
    return Turn("category.placed", before=entry.text.after, after=entry.text.before)


INVERSES: dict[str, Inverse] = {
    "category.saved": _turn_back,
    "category.placed": _place_back,
    "category.deleted": _turn_back,
}
