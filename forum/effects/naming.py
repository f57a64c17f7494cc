"""Rename, merge and delete tags for every question at once, and take that back."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.choices import SynonymState, TagChangeKind
from forum.effects import log, retagged, scores, search, synonyms
from forum.effects.log import Facts, Inverse, Turn
from forum.models import Category, Follow, LogEntry, Post, Tag, TagChange, TagChangePost, TaggedPost

TAKEN = "There is already a tag “{}”. Merge this one into it instead."
IS_NAME = "“{}” is another name for “{}” already. Merge this one into that tag instead."
WAS_REMOVED = "A tag “{}” was deleted or merged. Undo that first, or choose another name."
IS_NAME_NOW = "“{}” is another name for “{}” now. Remove it from that tag first."
CHANGED_SINCE = "It has changed since. Undo that first."
GONE = "It no longer exists."
_BATCH = 1_000


def lock(*tag_ids: int) -> dict[int, Tag]:
    """Lock the questions that carry any of these tags, in order of id, then the tags; return these by id."""
    carried = TaggedPost.objects.filter(tag__in=tag_ids).values("content_object")
    _lock_posts(Post.objects.filter(pk__in=carried))
    return {tag.pk: tag for tag in Tag.objects.select_for_update(no_key=True).filter(pk__in=tag_ids).order_by("pk")}


def write_log(verb: str, actor: User, tag: Tag, name: str, reason: str, facts: tuple[Facts, Facts]) -> None:
    """Let the log say what was done to a tag that was called `name`: `facts` are what was before, and what is now."""
    before, after = facts
    log.append(
        verb,
        actor=actor,
        thing=f"tag:{tag.pk}",
        reason=reason,
        before=before,
        after=after,
        names={"thing": name},
        data={"tag": tag.pk},
    )


def rename(tag: Tag, name: str, actor: User, reason: str) -> tuple[Facts, Facts]:
    """Give `tag` another name and keep the former as a synonym; return what the log keeps. Lock it first."""
    former = tag.name
    held = synonyms.holding(name)
    if Tag.objects.filter(name=name).exists():
        raise ValidationError({"name": (TAKEN if synonyms.is_tag(name) else WAS_REMOVED).format(name)})
    if held is not None and held.tag_id != tag.pk:
        raise ValidationError({"name": IS_NAME.format(name, held.tag.name)})
    changes = synonyms.set_state([held] if held else [], SynonymState.REMOVED, actor, reason)
    changes += synonyms.give(tag, former, actor, reason)
    _set_name(tag, name)
    change = TagChange.objects.create(
        tag=tag, kind=TagChangeKind.RENAMED, former_name=former, actor=actor, reason=reason
    )
    return {"name": former}, {"name": name, "change": change.pk, "synonyms": changes}


def merge(source: Tag, target: Tag, actor: User, reason: str) -> tuple[Facts, Facts]:
    """Let every question with `source` carry `target` instead, with its follows and names; lock both first."""
    change = _remember(source, TagChangeKind.MERGED, actor, reason, target)
    carrying = TaggedPost.objects.filter(tag=source)
    carrying.filter(content_object__in=change.posts.filter(had_target=True).values("post")).delete()
    carrying.update(tag=target)
    changes = synonyms.move(source, target, actor)
    changes += synonyms.give(target, source.name, actor, reason)
    facts = {"follows": _copy_follows(source, target), "required_in": _copy_requirements(source, target)}
    _finish(source, [source, target], change, is_removed=True)
    return {}, {"into": target.name, "change": change.pk, "synonyms": changes, **facts}


def delete(tag: Tag, actor: User, reason: str) -> tuple[Facts, Facts]:
    """Take `tag` from every question, and its other names away; lock it first."""
    change = _remember(tag, TagChangeKind.DELETED, actor, reason, None)
    TaggedPost.objects.filter(tag=tag).delete()
    changes = synonyms.set_state(synonyms.of(tag), SynonymState.REMOVED, actor, reason)
    _finish(tag, [tag], change, is_removed=True)
    return {}, {"change": change.pk, "synonyms": changes}


def is_merged(source: Tag, target: Tag) -> bool:
    """Say whether `source` is part of `target` already."""
    return (
        TagChange.objects.filter(tag=source, target=target, lifted_at=None).exists() and source.removed_at is not None
    )


def reserve(tag: Tag, *, is_reserved: bool) -> tuple[Facts, Facts]:
    """Keep `tag` for moderators, or let everybody use it; lock it first."""
    before, tag.is_reserved = tag.is_reserved, is_reserved
    Tag.objects.filter(pk=tag.pk).update(is_reserved=is_reserved)
    return {"is_reserved": before}, {"is_reserved": is_reserved}


def _set_name(tag: Tag, name: str) -> None:
    tag.name = tag.slug = name
    Tag.objects.filter(pk=tag.pk).update(name=name, slug=name)
    search.refresh_tags(TaggedPost.objects.filter(tag=tag).values("content_object"))


def _remember(tag: Tag, kind: TagChangeKind, actor: User, reason: str, target: Tag | None) -> TagChange:
    """Keep which questions carry `tag`, and which of them the target too."""
    change = TagChange.objects.create(
        tag=tag, kind=kind, target=target, former_name=tag.name, actor=actor, reason=reason
    )
    both = TaggedPost.objects.filter(tag=target, content_object=OuterRef("content_object"))
    rows = TaggedPost.objects.filter(tag=tag).annotate(had_target=Exists(both)).order_by("content_object")
    TagChangePost.objects.bulk_create(
        [
            TagChangePost(change=change, post_id=post_id, had_target=had_target)
            for post_id, had_target in rows.values_list("content_object", "had_target")
        ],
        batch_size=_BATCH,
    )
    return change


def _copy_follows(source: Tag, target: Tag) -> list[int]:
    """Let who follows `source` follow `target` too; the former rows stay, for the day they are wanted again."""
    having = Follow.objects.filter(tag=target).values("member")
    follows = Follow.objects.filter(tag=source).exclude(member__in=having).order_by("member")
    # A muted one too: who wants to hear nothing of a thing wants nothing of it under another name.
    made = [Follow(member_id=member, tag=target, mode=mode) for member, mode in follows.values_list("member", "mode")]
    return [follow.pk for follow in Follow.objects.bulk_create(made, batch_size=_BATCH)]


def _copy_requirements(source: Tag, target: Tag) -> list[int]:
    """Let topics that require `source` take `target` for it; return which did not before."""
    topics = Category.objects.filter(required_tags=source).exclude(required_tags=target).order_by("pk")
    ids = list(topics.values_list("pk", flat=True))
    target.required_in.add(*ids)
    return ids


def _finish(tag: Tag, counted: Iterable[Tag], change: TagChange, *, is_removed: bool) -> None:
    tag.removed_at = timezone.now() if is_removed else None
    Tag.objects.filter(pk=tag.pk).update(removed_at=tag.removed_at)
    scores.recount_tags(counted)
    search.refresh_tags(change.posts.values("post"))


def _lock_posts(posts: QuerySet[Post]) -> None:
    list(posts.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _rename_back(entry: LogEntry, actor: User, _reason: str) -> Turn:
    tag = lock(_tag_id(entry)).get(_tag_id(entry))
    name, former = entry.text.after["name"], entry.text.before["name"]
    if tag is None:
        raise ValidationError(GONE)
    if tag.name == former:
        return Turn("tag.renamed", changed=False)
    if tag.name != name:
        raise ValidationError(CHANGED_SINCE)
    changes = entry.text.after["synonyms"]
    if Tag.objects.filter(name=former).exists():
        raise ValidationError(TAKEN.format(former))
    _set_name(tag, former)
    synonyms.turn_back(changes)
    change = TagChange.objects.filter(pk=entry.text.after["change"]).first()
    if change is not None:
        change.lifted_at = None if change.lifted_at else timezone.now()
        change.save(update_fields=["lifted_at"])
    after = {"name": former, "change": entry.text.after["change"], "synonyms": synonyms.turned(changes)}
    return Turn("tag.renamed", before={"name": name}, after=after)


def _unmerge(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    change, locked = _hold(entry)
    source, target = locked[change.tag_id], locked[change.target_id or 0]
    if change.lifted_at is not None:
        return Turn("tag.parted", changed=False)
    if source.removed_at is None or target.removed_at is not None:
        raise ValidationError(CHANGED_SINCE)
    here = retagged.unchanged(change).filter(post__tagged__tag=target)
    moved = here.filter(had_target=False).values("post")
    TaggedPost.objects.filter(tag=target, content_object__in=moved).update(tag=source)
    _put_on(source, here.filter(had_target=True))
    synonyms.turn_back(entry.text.after["synonyms"])
    Follow.objects.filter(pk__in=entry.text.after["follows"], tag=target).delete()
    target.required_in.remove(*entry.text.after["required_in"])
    _lift(change)
    _finish(source, [source, target], change, is_removed=False)
    return Turn("tag.parted", after={"change": change.pk})


def _merge_again(entry: LogEntry, actor: User, reason: str) -> Turn:
    change, locked = _hold(entry)
    source, target = locked[change.tag_id], locked[change.target_id or 0]
    if source.removed_at is not None or target.removed_at is not None:
        raise ValidationError(CHANGED_SINCE)
    before, after = merge(source, target, actor, reason)
    return Turn("tag.merged", before=before, after=after)


def _restore(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    change, locked = _hold(entry)
    tag = locked[change.tag_id]
    if change.lifted_at is not None:
        return Turn("tag.restored", changed=False)
    held = synonyms.holding(tag.name)
    if held is not None and held.state == SynonymState.APPROVED:
        raise ValidationError(IS_NAME_NOW.format(tag.name, held.tag.name))
    synonyms.turn_back(entry.text.after["synonyms"])
    _put_on(tag, retagged.unchanged(change))
    _lift(change)
    _finish(tag, [tag], change, is_removed=False)
    return Turn("tag.restored", after={"change": change.pk})


def _delete_again(entry: LogEntry, actor: User, reason: str) -> Turn:
    change, locked = _hold(entry)
    tag = locked[change.tag_id]
    if tag.removed_at is not None:
        raise ValidationError(CHANGED_SINCE)
    before, after = delete(tag, actor, reason)
    return Turn("tag.deleted", before=before, after=after)


def _reserve_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    tag = lock(_tag_id(entry)).get(_tag_id(entry))
    if tag is None:
        raise ValidationError(GONE)
    wanted = bool(entry.text.before["is_reserved"])
    if tag.is_reserved == wanted:
        return Turn("tag.reserved", changed=False)
    before, after = reserve(tag, is_reserved=wanted)
    return Turn("tag.reserved" if wanted else "tag.freed", before=before, after=after)


def _hold(entry: LogEntry) -> tuple[TagChange, dict[int, Tag]]:
    """Return the change of `entry` and its tags, with its questions locked before them."""
    change = TagChange.objects.filter(pk=entry.text.after.get("change", 0)).first()
    if change is None:
        raise ValidationError(GONE)
    ids = [pk for pk in (change.tag_id, change.target_id) if pk]
    carried = TaggedPost.objects.filter(tag__in=ids).values("content_object")
    _lock_posts(Post.objects.filter(pk__in=carried) | Post.objects.filter(pk__in=change.posts.values("post")))
    locked = lock(*ids)
    change = TagChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    return change, locked


def _put_on(tag: Tag, rows: QuerySet[TagChangePost]) -> None:
    """Let the questions of `rows` carry `tag` again."""
    having = TaggedPost.objects.filter(tag=tag).values("content_object")
    ids = rows.exclude(post__in=having).order_by("post").values_list("post", flat=True)
    made = [TaggedPost(content_object_id=post_id, tag=tag) for post_id in ids]
    TaggedPost.objects.bulk_create(made, batch_size=_BATCH)


def _lift(change: TagChange) -> None:
    change.lifted_at = timezone.now()
    change.save(update_fields=["lifted_at"])


def _tag_id(entry: LogEntry) -> int:
    return int(entry.thing.partition(":")[2])


INVERSES: dict[str, Inverse] = {
    "tag.renamed": _rename_back,
    "tag.merged": _unmerge,
    "tag.parted": _merge_again,
    "tag.deleted": _restore,
    "tag.restored": _delete_again,
    "tag.reserved": _reserve_back,
    "tag.freed": _reserve_back,
}
