"""Let one question become part of another: its answers move there, and they can move back."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.choices import Audience, PostKind, PostStatus, RemovalKind
from forum.effects import cases, removals, scores, search
from forum.effects.log import Facts, Inverse, Turn
from forum.models import LogEntry, Merge, Post, Removal

_WIDEST_FIRST = (Audience.EVERYONE, Audience.UNLISTED, Audience.MEMBERS)


def merge(source: Post, target: Post, actor: User, reason: str) -> tuple[Facts, Facts]:
    """Move the answers of `source` to `target` and take `source` out of sight; lock both threads first.

    Return what was before and what is now, for the log. Raise `ValidationError` where nothing may move.
    """
    _require_room(source, target)
    ids = _answer_ids(source)
    merged = Merge.objects.create(source=source, target=target, actor=actor, reason=reason, answer_ids=ids)
    _move(ids, source, target)
    removals.remove(source, RemovalKind.MERGED, actor, reason)
    return {}, _facts_of(merged)


def find(source: Post) -> Merge | None:
    """Return the merge that holds on `source`, or None."""
    return Merge.objects.filter(source=source, lifted_at=None).select_related("target").first()


def _move(ids: Iterable[int], source: Post, target: Post) -> None:
    """Let these answers, with their comments, stand below `target` and no longer below `source`."""
    Post.objects.filter(parent_id__in=ids).update(question_id=target.pk)
    Post.objects.filter(pk__in=ids).update(question_id=target.pk, parent_id=target.pk)
    for question in sorted((source, target), key=lambda each: each.pk):
        scores.recount_children(question)
    cases.move(target)
    search.refresh_questions([target.pk])


def _answer_ids(question: Post) -> list[int]:
    answers = Post.objects.filter(question=question, kind=PostKind.ANSWER)
    return list(answers.order_by("pk").values_list("pk", flat=True))


def _require_room(source: Post, target: Post) -> None:
    if target.status == PostStatus.MERGED:
        raise ValidationError("That question has itself been merged into another. Choose that one.")
    if not target.is_published:
        raise ValidationError("Others can’t see that question at the moment, so nothing can be moved there.")
    if target.is_closed:
        raise ValidationError("That question is closed. Reopen it first, or choose another one.")
    if not source.is_published:
        raise ValidationError("Others can’t see this question at the moment, so it can’t be merged.")
    if _is_wider(target, source):
        raise ValidationError("Fewer people can read this question than that one, so its answers can’t be moved there.")


def _is_wider(one: Post, other: Post) -> bool:
    """Say whether more people find `one` than `other`."""
    return _WIDEST_FIRST.index(Audience(one.audience)) < _WIDEST_FIRST.index(Audience(other.audience))


def _facts_of(merged: Merge) -> Facts:
    removed = Removal.objects.filter(post_id=merged.source_id, kind=RemovalKind.MERGED).order_by("-pk").first()
    return {"merge": merged.pk, "target": merged.target_id, "removal": removed.pk if removed else None}


def _unmerge(entry: LogEntry, actor: User, _reason: str) -> Turn:
    merged = _merge_of(entry)
    if merged.lifted_at is not None:
        return Turn("question.unmerged", changed=False)
    source, target = merged.source, merged.target
    _require_unchanged(merged)
    _move(merged.answer_ids, target, source)
    removals.lift(source, RemovalKind.MERGED, actor)
    facts = _facts_of(merged)
    Merge.objects.filter(pk=merged.pk).update(lifted_at=timezone.now(), lifted_by=actor)
    return Turn("question.unmerged", before=facts, after=facts)


def _merge_again(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    merged = _merge_of(entry)
    if merged.lifted_at is None:
        return Turn("question.merged", changed=False)
    source, target = merged.source, merged.target
    if find(source) is not None or _answer_ids(source) != merged.answer_ids:
        raise ValidationError("Someone has answered or merged it since. Merge it again instead.")
    _require_room(source, target)
    _move(merged.answer_ids, source, target)
    removals.put_back(source, [entry.text.before["removal"]])
    Merge.objects.filter(pk=merged.pk).update(lifted_at=None, lifted_by=None)
    return Turn("question.merged", after=_facts_of(merged))


def _merge_of(entry: LogEntry) -> Merge:
    merged = Merge.objects.filter(pk=entry.text.after.get("merge", 0)).select_related("source", "target").first()
    if merged is None:
        raise ValidationError("It no longer exists.")
    return merged


def _require_unchanged(merged: Merge) -> None:
    """Raise `ValidationError` when what came after a merge stands in the way of taking it back."""
    ids, target = merged.answer_ids, merged.target
    if Post.objects.filter(pk__in=ids, kind=PostKind.ANSWER, question=target).count() != len(ids):
        raise ValidationError("Some of its answers have been moved since. Undo that first.")
    if target.accepted_answer_id in ids:
        raise ValidationError("One of its answers is the best answer there, so it stays there.")
    said_since = Post.objects.filter(parent_id__in=ids, created_at__gt=merged.created_at)
    if _is_wider(merged.source, target) and said_since.exists():
        raise ValidationError("Some of its answers have comments that weren’t meant for everyone. They stay there.")


INVERSES: dict[str, Inverse] = {"question.merged": _unmerge, "question.unmerged": _merge_again}
