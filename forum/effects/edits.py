"""Change what a post says and where it stands, save it as a revision, and bring an earlier text back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import AWAITING, CaseKind, RemovalKind
from forum.effects import care, cases, events, mentions, posts, removals, revisions, scores, search
from forum.effects import tags as tagging
from forum.effects.log import Facts, Inverse, Turn
from forum.limits import Rules
from forum.models import Category, ContentNote, LogEntry, Person, Post, Removal, Revision, Tag

CHANGED_SINCE = "This post has changed since. Its history has all versions, and you can roll back to any of them."
IS_HIDDEN = "That version had private details, so you can’t roll back to it."
CHANGED_WORDS = "It was edited after a moderator had read it."
_AUTHOR = "author"  # stands for who wrote the post, whom the log must not name
_EDITED = ("edited_at", "edited_by")


def set_words(post: Post, title: str, body: str) -> bool:
    """Give `post` these words; False when it has them. Nothing is saved yet."""
    title = title if post.is_question and title else post.title
    if (title, body) == (post.title, post.body):
        return False
    post.title, post.body = title, body
    if post.is_question:
        post.slug = posts.slug_of(title)
    posts.set_text(post)
    return True


def set_place(post: Post, editor: Person, category: Category | None, tags: Sequence[str] | None, now: Rules) -> bool:
    """Give a question this topic and these tags; what is None stays."""
    if not post.is_question:
        return False
    is_moved = category is not None and category.pk != post.category_id
    if is_moved:
        post.category = category
    if tags is None:
        return is_moved
    wanted = tagging.usable(tags, editor, now)
    if set(wanted) == set(post.tags.values_list("name", flat=True)):
        if is_moved:
            tagging.check(post, wanted, editor, now, is_moved=True)
        return is_moved
    tagging.set_tags(post, wanted, editor, now, is_moved=is_moved)
    return True


def set_notes(post: Post, notes: Iterable[ContentNote] | None) -> bool:
    """Give `post` exactly these content notes; None leaves those it has."""
    if notes is None:
        return False
    wanted = {note.pk for note in notes}
    if wanted == set(post.notes.values_list("pk", flat=True)):
        return False
    post.notes.set(wanted)
    return True


def wait_again(post: Post, author: Person) -> None:
    """Let a moderator see the new words first, also where the author has taken the post away for the while."""
    if Removal.objects.open().filter(post_id=post.pk, kind__in=AWAITING).exists():
        return
    # Without an actor: the history of a post must not name who wrote it anonymously.
    removals.remove(post, RemovalKind.CHANGED, None, "")
    cases.open_case(CaseKind.APPROVAL, post=post, details=[CHANGED_WORDS])
    events.record("post.waits", actor=author, post=post)


def save(
    post: Post, editor: Person, *, reason: str = "", may_fold: bool = False, place_before: Category | None = None
) -> Revision:
    """Save what was set on `post` as a revision by `editor`, or as part of their last one when it may fold.

    Lock the thread first. `place_before` is the topic a question has left.
    """
    latest = revisions.latest_of(post) if may_fold else None
    is_folded = latest is not None and revisions.folds(post, latest, editor, rules.current())
    carried = revisions.tags_carried(post)
    facts: Facts = {}
    if is_folded and post.revision_count == 1 and latest is not None:
        facts = {"sent": revisions.digest_of(post, latest.title, latest.body)}
    post.text_version += 1
    if not is_folded:
        post.revision_count += 1
    if post.revision_count > 1:
        post.edited_at, post.edited_by = timezone.now(), editor if isinstance(editor, User) else None
    post.save()
    if latest is not None and is_folded:
        revision = revisions.fold(post, latest, reason)
    else:
        revision = revisions.keep(post, editor, number=post.revision_count, reason=reason)
    search.refresh(post)
    if post.is_published:
        posts.touch(post.question or post, post.edited_at)
    if place_before is not None and post.category is not None and place_before != post.category:
        scores.recount_categories([place_before, post.category])
    events.record("post.edited", actor=editor, post=post, data={"revision": revision.number, **facts})
    _file(post, editor, set(revision.tag_names) - carried, place_before)
    mentions.follow_text(post, editor)
    care.look(post)
    return revision


def _file(post: Post, editor: Person, added: set[str], place_before: Category | None) -> None:
    """Have those told who follow a tag or a topic that a question did not stand under before."""
    left = place_before.pk if place_before is not None and place_before.pk != post.category_id else None
    if added or left is not None:
        tags = list(Tag.objects.filter(name__in=added).order_by("pk").values_list("pk", flat=True))
        events.record("question.filed", actor=editor, post=post, data={"tags": tags, "left": left})


def put_back(post: Post, number: int, editor: Person, *, reason: str) -> Revision | None:
    """Let `post` say what its text `number` said, as a new revision; None when it says so now.

    Lock the thread first.
    """
    former = revisions.get(post, number)
    if former.hidden_at is not None:
        raise ValidationError(IS_HIDDEN)
    changed = set_words(post, former.title, former.body)
    names = tagging.fitting(post, former.tag_names, editor, rules.current()) if post.is_question else []
    changed |= _put_tags(post, names)
    return save(post, editor, reason=reason) if changed else None


def standing(post: Post) -> Facts:
    """Return what taking a change back needs to know of `post`, without its words and without naming its author."""
    editor = _AUTHOR if post.edited_by_id and post.edited_by_id == post.author_id else post.edited_by_id
    return {
        "revision": post.revision_count,
        "version": post.text_version,
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "edited_by": editor,
        "category": post.category_id,
        "notes": sorted(post.notes.values_list("pk", flat=True)),
    }


def stand_again(post: Post, now: Facts, before: Facts, actor: User, reason: str) -> tuple[Facts, Facts]:
    """Bring `post` from what it was after a change (`now`) to what it was before; return the two the other way round.

    Raises `ValidationError` when anything was changed in between. Lock the thread first.
    """
    found = standing(post)
    if any(found[name] != now[name] for name in ("version", "category", "notes")):
        raise ValidationError(CHANGED_SINCE)
    former, place_before = revisions.get(post, before["revision"]), post.category
    if former.hidden_at is not None:
        raise ValidationError(IS_HIDDEN)
    category = Category.objects.filter(pk=before["category"] or 0).first()
    set_words(post, former.title, former.body)
    if post.is_question:
        post.category = category or post.category
        _put_tags(post, tagging.known_tags(former.tag_names))
    set_notes(post, ContentNote.objects.filter(pk__in=before["notes"]))
    save(post, actor, reason=reason, place_before=place_before)
    post.edited_at = datetime.fromisoformat(before["edited_at"]) if before["edited_at"] else None
    post.edited_by_id = post.author_id if before["edited_by"] == _AUTHOR else before["edited_by"]
    post.save(update_fields=[*_EDITED])
    return found, standing(post)


def _put_tags(post: Post, names: Sequence[str]) -> bool:
    """Give a question these tags without asking who may; return whether it had others."""
    if not post.is_question or set(names) == set(post.tags.values_list("name", flat=True)):
        return False
    tagging.put(post, names)
    return True


def _take_back(entry: LogEntry, actor: User, reason: str) -> Turn:
    assert entry.post is not None  # the log keeps the post of every entry about one
    before, after = stand_again(entry.post, entry.text.after, entry.text.before, actor, reason)
    return Turn("post.rolled_back", before=before, after=after)


INVERSES: dict[str, Inverse] = dict.fromkeys(
    ("post.edited_by_team", "post.rolled_back", "question.retagged"), _take_back
)
