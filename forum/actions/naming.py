"""Rename, merge, delete and reserve tags: one act for every question that carries one."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import log, naming
from forum.limits import TAG_LENGTH
from forum.models import Person, Tag
from forum.plaintext import tag_name


@atomic_with_retry
def rename_tag(actor: Person, tag: Tag, *, name: str, reason: str = "") -> Tag:
    """Give `tag` another name; the former one goes on as a synonym. The name it has changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a name that cannot be used or means a tag already.
    """
    tag, name = naming.lock(tag.pk)[tag.pk], tag_name(name)
    permissions.require(permissions.can_manage_tag(actor, rules.current()))
    _require_standing(tag)
    if not name or len(name) > TAG_LENGTH:
        raise ValidationError({"name": f"Give a name of up to {TAG_LENGTH} letters and digits."})
    if name != tag.name:
        _act("tag.renamed", actor, tag, reason, lambda user: naming.rename(tag, name, user, reason))
    return tag


@atomic_with_retry
def merge_tags(actor: Person, source: Tag, *, target: Tag, reason: str = "") -> Tag:
    """Let the questions, follows and names of `source` go to `target`, and return that; merged before, nothing changes.

    A question that carries both loses only `source`, whose name becomes a synonym. Raises `PermissionDenied`, or
    `ValidationError` where one of them is no tag any more.
    """
    locked = naming.lock(source.pk, target.pk)
    source, target = locked[source.pk], locked[target.pk]
    permissions.require(permissions.can_manage_tag(actor, rules.current()))
    if source.pk == target.pk:
        raise ValidationError({"target": "Choose another tag."})
    if naming.is_merged(source, target):
        return target
    _require_standing(source)
    _require_standing(target)
    _act("tag.merged", actor, source, reason, lambda user: naming.merge(source, target, user, reason))
    return target


@atomic_with_retry
def delete_tag(actor: Person, tag: Tag, *, reason: str = "") -> Tag:
    """Take `tag` from every question; a deleted one stays so."""
    tag = naming.lock(tag.pk)[tag.pk]
    permissions.require(permissions.can_manage_tag(actor, rules.current()))
    if tag.removed_at is None:
        _act("tag.deleted", actor, tag, reason, lambda user: naming.delete(tag, user, reason))
    return tag


@atomic_with_retry
def reserve_tag(actor: Person, tag: Tag, *, is_reserved: bool, reason: str = "") -> Tag:
    """Keep `tag` for moderators, or let everybody use it again; questions that carry it keep it."""
    tag = naming.lock(tag.pk)[tag.pk]
    permissions.require(permissions.can_manage_tag(actor, rules.current()))
    if tag.is_reserved != is_reserved:
        verb = "tag.reserved" if is_reserved else "tag.freed"
        _act(verb, actor, tag, reason, lambda _user: naming.reserve(tag, is_reserved=is_reserved))
    return tag


def _act(
    verb: str, actor: Person, tag: Tag, reason: str, effect: Callable[[User], tuple[log.Facts, log.Facts]]
) -> None:
    assert isinstance(actor, User)  # can_manage_tag refuses guests
    name = tag.name
    naming.write_log(verb, actor, tag, name, reason, effect(actor))


def _require_standing(tag: Tag) -> None:
    if tag.removed_at is not None:
        raise ValidationError(f"“{tag.name}” has been deleted or merged into another tag.")
