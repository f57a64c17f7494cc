"""Keep each saved text of a post; hide one that holds private details, and show it again."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.effects import picture_uses
from forum.effects.log import Inverse, Turn
from forum.limits import Rules
from forum.models import Flag, Guest, LogEntry, Person, Post, Revision, Suggestion

IS_CURRENT = "This is the current version. Edit the post first, then hide this version."


def keep(post: Post, editor: Person, *, number: int, reason: str = "") -> Revision:
    """Keep the post's text as it is now under `number`."""
    picture_uses.note(post, post.body, post.body_html)
    return Revision.objects.create(
        post_id=post.pk,
        number=number,
        version=post.text_version,
        editor=editor if isinstance(editor, User) else None,
        guest=editor if isinstance(editor, Guest) else None,
        title=post.title,
        body=post.body,
        tag_names=_tag_names(post),
        reason=reason,
    )


def fold(post: Post, latest: Revision, reason: str) -> Revision:
    """Put the post's text as it is now in the place of the latest one."""
    picture_uses.note(post, post.body, post.body_html)
    latest.title, latest.body, latest.tag_names = post.title, post.body, _tag_names(post)
    latest.version, latest.reason = post.text_version, reason or latest.reason
    latest.save()
    return latest


def tags_carried(post: Post) -> set[str]:
    """Return the tags a question had when its text was saved last; what is no question has none."""
    if not post.is_question:
        return set()
    latest = Revision.objects.filter(post_id=post.pk, number=post.revision_count).only("tag_names").first()
    return set(latest.tag_names if latest is not None else _tag_names(post))


def latest_of(post: Post) -> Revision:
    """Return the text of `post` that was saved last."""
    return Revision.objects.get(post_id=post.pk, number=post.revision_count)


def folds(post: Post, latest: Revision, editor: Person, now: Rules) -> bool:
    """Say whether another edit by `editor` belongs to the latest text, because it is theirs and a moment old.

    The first text is kept for those who have answered, commented, voted, reported or decided; one a suggestion was made
    from, or made, is kept for whoever decides it.
    """
    is_theirs = latest.editor_id == editor.pk if isinstance(editor, User) else latest.guest_id == editor.pk
    if not is_theirs or timezone.now() - latest.created_at >= timedelta(minutes=now.edit_folds_minutes):
        return False
    if latest.number == 1 and (post.up_count or post.down_count or _is_talked_about(post)):
        return False
    if latest.number == 1 and LogEntry.objects.filter(post_id=post.pk).exists():
        return False  # effects/spam.py has learned from it, and forgets the same words when that is undone
    made_from = Suggestion.objects.open().filter(post_id=post.pk, base_version=post.text_version)
    return not (made_from.exists() or Suggestion.objects.filter(revision=latest).exists())


def digest_of(post: Post, title: str, body: str) -> str:
    """Return what says of a form, without its words, that it was sent with them; empty where no form was numbered."""
    if post.submission_id is None:
        return ""
    return hashlib.sha256(f"{post.submission_id}\n{title}\n{body}".encode()).hexdigest()


def hide(revision: Revision, actor: User) -> bool:
    """Hide a text from all but administrators; False when it was hidden. Lock the thread first."""
    if revision.hidden_at is not None:
        return False
    if revision.number == revision.post.revision_count:
        raise ValidationError(IS_CURRENT)
    revision.hidden_at, revision.hidden_by = timezone.now(), actor
    revision.save(update_fields=["hidden_at", "hidden_by"])
    return True


def show(revision: Revision) -> bool:
    """Show a hidden text to everybody again; False when it was not hidden. Lock the thread first."""
    if revision.hidden_at is None:
        return False
    revision.hidden_at, revision.hidden_by = None, None
    revision.save(update_fields=["hidden_at", "hidden_by"])
    return True


def get(post: Post, number: int) -> Revision:
    """Return one text of `post`; raise `ValidationError` when there is no such number."""
    revision = Revision.objects.filter(post_id=post.pk, number=number).first()
    if revision is None:
        raise ValidationError("This post has no such version.")
    revision.post = post
    return revision


def _is_talked_about(post: Post) -> bool:
    return Post.objects.filter(parent_id=post.pk).exists() or Flag.objects.filter(post_id=post.pk).exists()


def _tag_names(post: Post) -> list[str]:
    return sorted(post.tags.values_list("name", flat=True)) if post.is_question else []


def _show_again(entry: LogEntry, actor: User, reason: str) -> Turn:
    return Turn("revision.shown", after=entry.text.after, changed=show(_of(entry)))


def _hide_again(entry: LogEntry, actor: User, reason: str) -> Turn:
    return Turn("revision.hidden", after=entry.text.after, changed=hide(_of(entry), actor))


def _of(entry: LogEntry) -> Revision:
    assert entry.post is not None  # the log keeps the post of every entry about one
    return get(entry.post, int(entry.text.after["revision"]))


INVERSES: dict[str, Inverse] = {"revision.hidden": _show_again, "revision.shown": _hide_again}
