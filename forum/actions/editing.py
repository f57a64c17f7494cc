"""Edit a post, correct a question's place and tags, delete one's own and bring it back."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import permissions, rules
from forum.choices import AWAITING, RemovalKind
from forum.effects import events, posts, removals, scores, search
from forum.effects import tags as tagging
from forum.limits import Rules
from forum.models import Category, ContentNote, Person, Post, Removal

CHANGED_MEANWHILE = "Somebody changed this post while you were writing. Your text is below; compare and save again."


@transaction.atomic
def edit_post(
    editor: Person,
    post: Post,
    *,
    body: str,
    title: str = "",
    category: Category | None = None,
    tags: Sequence[str] | None = None,
    intent: str | None = None,
    notes: Iterable[ContentNote] | None = None,
    audience: str | None = None,
    is_anonymous: bool | None = None,
    reason: str = "",
    base_revision: int | None = None,
) -> Post:
    """Save a new text of `post` as a revision; what is None stays, and the same text again changes nothing.

    Only its author changes what a question asks for, how far it travels and whether a name stands on it. Words of
    somebody whose posts wait for a moderator wait again when they change. Raises
    `PermissionDenied`, or `ValidationError` when `base_revision` isn't the latest or the text cannot be used.
    """
    post, now = posts.lock_thread(post.pk), rules.current()
    permissions.require(permissions.can_edit(editor, post, now))

    place_before = post.category
    changed = has_new_words = _set_words(post, title, body)
    changed |= _set_place(post, editor, category, tags, now)
    changed |= _set_notes(post, notes)
    if permissions.is_author(editor, post):
        changed |= _set_choices(post, intent, audience, is_anonymous=is_anonymous)
    if not changed:
        return post  # also when this very form was sent before, and so has made the latest revision
    if base_revision is not None and base_revision != post.revision_count:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")

    if has_new_words and permissions.is_author(editor, post) and posts.must_wait(editor, now):
        _wait_again(post, editor)
    _save(post, editor, reason)
    if place_before is not None and post.category is not None and place_before != post.category:
        scores.recount_categories([place_before, post.category])
    return post


@transaction.atomic
def retag_question(editor: Person, question: Post, *, category: Category, tags: Sequence[str]) -> Post:
    """Correct the topic and tags of `question`; the same ones again change nothing."""
    question, now = posts.lock_thread(question.pk), rules.current()
    permissions.require(permissions.can_retag(editor, question, now))
    place_before = question.category
    if not _set_place(question, editor, category, tags, now):
        return question
    _save(question, editor, "Topic and tags")
    if place_before is not None:
        scores.recount_categories([place_before, category])
    return question


@transaction.atomic
def withdraw_post(author: Person, post: Post) -> Post:
    """Delete one's own post while nobody depends on it, with the points it brought; again changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_withdraw(author, post, rules.current()))
    if removals.remove(post, RemovalKind.WITHDRAWN, author, ""):
        events.record("post.withdrawn", actor=author, post=post)
    return post


@transaction.atomic
def return_post(author: Person, post: Post) -> Post:
    """Bring back a post that its author deleted; one that is there stays as it is."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_return(author, post, rules.current()))
    if removals.lift(post, RemovalKind.WITHDRAWN, author):
        events.record("post.returned", actor=author, post=post)
    return post


def _set_words(post: Post, title: str, body: str) -> bool:
    title = title if post.is_question and title else post.title
    if (title, body) == (post.title, post.body):
        return False
    post.title, post.body = title, body
    if post.is_question:
        post.slug = posts.slug_of(title)
    posts.set_text(post)
    return True


def _wait_again(post: Post, author: Person) -> None:
    """Let a moderator see the new words first, also where the author has taken the post away for the while."""
    if Removal.objects.open().filter(post_id=post.pk, kind__in=AWAITING).exists():
        return
    # Without an actor: the history of a post must not name who wrote it anonymously.
    removals.remove(post, RemovalKind.CHANGED, None, "")
    events.record("post.waits", actor=author, post=post)


def _set_place(post: Post, editor: Person, category: Category | None, tags: Sequence[str] | None, now: Rules) -> bool:
    if not post.is_question:
        return False
    changed = False
    if category is not None and category.pk != post.category_id:
        post.category, changed = category, True
    if tags is not None and set(tags) != set(post.tags.values_list("name", flat=True)):
        tagging.set_tags(post, tags, editor, now)
        changed = True
    return changed


def _set_notes(post: Post, notes: Iterable[ContentNote] | None) -> bool:
    if notes is None:
        return False
    wanted = {note.pk for note in notes}
    if wanted == set(post.notes.values_list("pk", flat=True)):
        return False
    post.notes.set(wanted)
    return True


def _set_choices(post: Post, intent: str | None, audience: str | None, *, is_anonymous: bool | None) -> bool:
    before = (post.intent, post.audience, post.is_anonymous)
    if post.is_question:
        post.intent = post.intent if intent is None else intent
        post.audience = post.audience if audience is None else audience
    if is_anonymous is not None and post.author_id is not None:
        post.is_anonymous = is_anonymous
    return before != (post.intent, post.audience, post.is_anonymous)


def _save(post: Post, editor: Person, reason: str) -> None:
    post.revision_count += 1
    post.edited_at = timezone.now()
    post.edited_by = editor if isinstance(editor, User) else None
    post.save()
    posts.keep_revision(post, editor, number=post.revision_count, reason=reason)
    search.refresh(post)
    if post.is_published:
        posts.touch(post.question or post, post.edited_at)
    events.record("post.edited", actor=editor, post=post, reason=reason)
