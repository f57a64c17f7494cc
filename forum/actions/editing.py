"""Edit a post, bring an earlier text of it back, correct a question's place and tags, delete one's own post."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import CaseKind, RemovalKind
from forum.effects import (
    acts,
    cases,
    edits,
    events,
    log,
    notifications,
    posts,
    removals,
    reputation,
    revisions,
    scores,
    screening,
    suggestions,
)
from forum.limits import REASON_LENGTH, Rules
from forum.models import Case, Category, ContentNote, Person, Post, Revision, Tag

CHANGED_MEANWHILE = "Someone changed this post while you were writing. Your text is below; compare and save again."
CHANGED_SINCE = "Someone changed this post after you opened this page. Look at the current version, then choose again."
WHY = "Say briefly what you changed and why. The author will see this."
WHY_BACK = "Say briefly why this version is better. The author will see this."
WHY_HIDDEN = "Say what kind of details it contains, without repeating them."
_REASON_OF_A_REVISION = 300  # the column


@atomic_with_retry
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
    base_version: int | None = None,
    case_id: int | None = None,
) -> Post:
    """Save a new text of `post` as a revision; what is None stays, and the same text again changes nothing.

    Only its author changes what a question asks for, how far it travels and whether a name stands on it. Words of
    somebody whose posts wait for a moderator wait again when they change. Moderators say why they change what others
    wrote, and the log and the author are told. Raises `PermissionDenied`, or `ValidationError` when `base_version`
    isn't the latest or the text cannot be used.
    """
    post, now = posts.lock_thread(post.pk), rules.current()
    permissions.require(permissions.can_edit(editor, post, now))
    cases.require_open(case_id, editor)

    _require_place(editor, post, category, now)
    before, place_before, links_before = edits.standing(post), post.category, post.body_html
    was_anonymous, audience_before = post.is_anonymous, post.audience
    changed = has_new_words = edits.set_words(post, title, body)
    changed |= edits.set_place(post, editor, category, tags, now)
    changed |= edits.set_notes(post, notes)
    if permissions.is_author(editor, post):
        changed |= _set_choices(post, intent, audience, is_anonymous=is_anonymous)
    if not changed:
        return post  # also when this very form was sent before, and so has made the latest revision
    if base_version is not None and base_version != post.text_version:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
    if _is_act_of_team(editor, post) and not reason:
        raise ValidationError({"reason": WHY})

    if has_new_words:
        screening.limit_links(editor, post.body_html, now, before=links_before)
    if has_new_words and permissions.is_author(editor, post) and posts.must_wait(editor, now):
        edits.wait_again(post, editor)
    may_fold = not _is_act_of_team(editor, post)
    edits.save(post, editor, reason=reason, may_fold=may_fold, place_before=place_before)
    if post.audience != audience_before:
        scores.recount_tags(Tag.objects.filter(tagged__content_object_id=post.pk))
    if post.is_anonymous != was_anonymous:
        notifications.review(post)
        reputation.follow_name(post)
    _log("post.edited_by_team", editor, post, before, reason, case_id)
    return post


@atomic_with_retry
def retag_question(
    editor: Person,
    question: Post,
    *,
    category: Category | None = None,
    tags: Sequence[str] | None = None,
    base_version: int | None = None,
) -> Post:
    """Correct the topic and tags of `question`; what is None stays, and the same ones again change nothing.

    Raises `PermissionDenied`, or `ValidationError` when `base_version` isn't the latest.
    """
    question, now = posts.lock_thread(question.pk), rules.current()
    permissions.require(permissions.can_retag(editor, question, now))
    _require_place(editor, question, category, now)
    before, place_before = edits.standing(question), question.category
    if not edits.set_place(question, editor, category, tags, now):
        return question
    if base_version is not None and base_version != before["version"]:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
    may_fold = not _is_act_of_team(editor, question)
    edits.save(question, editor, reason="Topic and tags", may_fold=may_fold, place_before=place_before)
    _log("question.retagged", editor, question, before, "Topic and tags", None)
    return question


@atomic_with_retry
def roll_back_post(editor: Person, post: Post, *, number: int, reason: str = "", base_version: int | None) -> Post:
    """Bring text `number` of `post` back, as a new revision; where it says that already, nothing changes.

    Whoever brings back a text of somebody else's post says why. Raises `PermissionDenied`, or `ValidationError` when
    `base_version` isn't the latest or that text is hidden.
    """
    post, now = posts.lock_thread(post.pk), rules.current()
    permissions.require(permissions.can_roll_back(editor, post, now))
    is_own = permissions.is_author(editor, post)
    before, words_before = edits.standing(post), (post.title, post.body)
    said = f"Back to version {number}: {reason}" if reason else f"Back to version {number}"
    if edits.put_back(post, number, editor, reason=said[:_REASON_OF_A_REVISION]) is None:
        return post
    if base_version is not None and base_version != before["version"]:
        raise ValidationError(CHANGED_SINCE, code="changed_meanwhile")
    if not is_own and not reason:
        raise ValidationError({"reason": WHY_BACK})
    if is_own and words_before != (post.title, post.body) and posts.must_wait(editor, now):
        edits.wait_again(post, editor)
    _log("post.rolled_back", editor, post, before, said, None)
    return post


@atomic_with_retry
def hide_revision(actor: Person, post: Post, *, number: int, reason: str) -> Revision:
    """Hide text `number` of `post` from all but administrators; the text as it stands now cannot be hidden so.

    What was suggested from that text holds the same words, so it leaves the queue.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_hide_revision(actor, rules.current()))
    revision = revisions.get(post, number)
    if not reason:
        raise ValidationError({"reason": WHY_HIDDEN})
    assert isinstance(actor, User)  # permissions refuse guests
    if revisions.hide(revision, actor):
        about = Case.objects.filter(suggestion__in=suggestions.made_from(revision))
        before = {"decided": {"cases": cases.close(about, actor, "revision.hidden")}}
        log.append("revision.hidden", actor=actor, post=post, reason=reason, before=before, after={"revision": number})
    return revision


@atomic_with_retry
def show_revision(actor: Person, post: Post, *, number: int, reason: str = "") -> Revision:
    """Show a hidden text of `post` to everybody again; one that is not hidden stays as it is."""
    post = posts.lock_thread(post.pk)
    revision = revisions.get(post, number)
    permissions.require(permissions.can_show_revision(actor, revision, rules.current()))
    if revisions.show(revision):
        for suggestion in suggestions.made_from(revision):
            cases.open_case(CaseKind.EDIT, post=post, suggestion=suggestion)
        log.append("revision.shown", actor=actor, post=post, reason=reason, after={"revision": number})
    return revision


@atomic_with_retry
def withdraw_post(author: Person, post: Post) -> Post:
    """Delete one's own post while nobody depends on it, with the points it brought; again changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_withdraw(author, post, rules.current()))
    if removals.remove(post, RemovalKind.WITHDRAWN, author, ""):
        events.record("post.withdrawn", actor=author, post=post)
    return post


@atomic_with_retry
def return_post(author: Person, post: Post) -> Post:
    """Bring back a post that its author deleted; one that is there stays as it is."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_return(author, post, rules.current()))
    if removals.lift(post, RemovalKind.WITHDRAWN, author):
        events.record("post.returned", actor=author, post=post)
    return post


def _require_place(editor: Person, post: Post, category: Category | None, now: Rules) -> None:
    """Refuse to move a question where its editor may not ask; moderators place every question."""
    if category is not None and category.pk != post.category_id and not editor.is_moderator:
        permissions.require(permissions.can_ask_in(editor, category, now))


def _set_choices(post: Post, intent: str | None, audience: str | None, *, is_anonymous: bool | None) -> bool:
    before = (post.intent, post.audience, post.is_anonymous)
    if post.is_question:
        post.intent = post.intent if intent is None else intent
        post.audience = post.audience if audience is None else audience
    if is_anonymous is not None and post.author_id is not None:
        post.is_anonymous = is_anonymous
    return before != (post.intent, post.audience, post.is_anonymous)


def _is_act_of_team(editor: Person, post: Post) -> bool:
    return editor.is_moderator and not permissions.is_author(editor, post)


def _log(verb: str, editor: Person, post: Post, before: log.Facts, reason: str, case_id: int | None) -> None:
    """Tell the log and the author what a moderator did with somebody else's words."""
    if not _is_act_of_team(editor, post):
        return
    reply = (
        f"A moderator changed your {post.get_kind_display().lower()}. Why: {reason}\n\n"
        f"What changed, and all earlier versions: /posts/{post.pk}/revisions/."
    )
    acts.conclude(
        verb,
        actor=editor,
        post=post,
        reason=reason[:REASON_LENGTH],
        reply=reply,
        case_id=case_id,
        before=before,
        after=edits.standing(post),
    )
