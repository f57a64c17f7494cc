"""Place topics in their tree; describe tags."""

from django.core.exceptions import ValidationError
from django.db import transaction

from forum import permissions, rules
from forum.effects import events, posts, scores
from forum.models import Category, Person, Tag
from forum.models.categories import MAX_DEPTH


@transaction.atomic
def save_category(actor: Person, category: Category) -> Category:
    """Save a new or changed topic, with the addresses of everything below it; the same again changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a place below itself, too deep, or taken.
    """
    permissions.require(permissions.can_configure(actor, rules.current()))
    tree = {each.pk: each for each in Category.objects.select_for_update(no_key=True).order_by("pk")}
    before = tree.get(category.pk)
    parent = tree.get(category.parent_id or 0)
    if before is not None and parent is not None and (parent.path + "/").startswith(before.path + "/"):
        raise ValidationError({"parent": "A topic cannot stand below itself."})
    category.slug = category.slug or posts.slug_of(category.name)
    _place(category, parent)
    if any(each.path == category.path and each.pk != category.pk for each in tree.values()):
        raise ValidationError({"slug": "There is a topic at this address already."})
    category.save()
    if before is not None and before.path != category.path:
        _move_below(before.path, category, list(tree.values()))
    scores.recount_categories([category, *([before] if before else [])])
    events.record("category.saved", actor=actor, data={"category": category.pk, "path": category.path})
    return category


@transaction.atomic
def delete_category(actor: Person, category: Category) -> None:
    """Remove a topic in which nothing stands; raise `ValidationError` while something does."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    category = Category.objects.select_for_update().get(pk=category.pk)
    if category.children.exists():
        raise ValidationError("Other topics stand below it. Move or delete those first.")
    if category.questions.exists():
        raise ValidationError("Questions stand in it, so it stays. Move them to another topic first.")
    data = {"category": category.pk, "path": category.path}
    category.delete()
    events.record("category.deleted", actor=actor, data=data)


@transaction.atomic
def edit_tag(actor: Person, tag: Tag, *, excerpt: str) -> Tag:
    """Say what `tag` is about; the same words again change nothing."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    tag = Tag.objects.select_for_update(no_key=True).get(pk=tag.pk)
    if tag.excerpt != excerpt:
        tag.excerpt = excerpt
        Tag.objects.filter(pk=tag.pk).update(excerpt=excerpt)
        events.record("tag.edited", actor=actor, reason=excerpt, data={"tag": tag.pk})
    return tag


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
