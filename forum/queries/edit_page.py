"""A post as the form that edits it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forum import permissions
from forum.effects.suggestions import Words, saved_words, words_of
from forum.limits import Rules
from forum.models import Person, Post, Revision
from forum.queries.choice_changes import ChoiceChange, choices_changed
from forum.queries.text_changes import TextChanges, changes_between


@dataclass(frozen=True)
class Conflict:
    """What was changed since an editor began, and what the editor's own form would change now.

    `since` is None where the text the editor began with is not there to compare with. `version` is the text's now.
    """

    version: int
    stands: Words
    since: TextChanges | None
    mine: TextChanges
    choices_since: tuple[ChoiceChange, ...] = ()
    choices_mine: tuple[ChoiceChange, ...] = ()


def get_edit_fields(post: Post) -> dict[str, Any]:
    """Return the values of `post` by the names of the form's fields; two queries for a question, one for an answer."""
    fields: dict[str, Any] = {"body": post.body, "base_version": post.text_version}
    fields["is_anonymous"] = post.is_anonymous
    if not post.is_comment:
        fields["notes"] = [note.slug for note in post.notes.all()]
    if post.is_question:
        fields |= {
            "title": post.title,
            "intent": post.intent,
            "category": str(post.category_id),
            "audience": post.audience,
            "tags": list(post.tagged.order_by("pk").values_list("tag__name", flat=True)),
        }
    return fields


def get_fields_now(post_id: int) -> dict[str, Any]:
    """Return the same values, as the database has them by now."""
    return get_edit_fields(Post.objects.get(pk=post_id))


def get_note_choices_of(post: Post) -> dict[str, str]:
    """Return the notes the post carries already, which its editor may keep though the owner offers them no more."""
    return {note.slug: note.name for note in post.notes.all()}


def get_conflict(
    post_id: int,
    mine: Words,
    *,
    begun: Mapping[str, Any],
    now: Mapping[str, Any],
    chosen: Mapping[str, Any],
    base_version: int | None,
    viewer: Person,
    rules: Rules,
) -> Conflict | None:
    """Return what stands between an editor's text and the post as it is now, or None when nobody was quicker.

    The choices are those the editor began with, those of the post by now, and those they want.
    """
    post = Post.objects.get(pk=post_id)
    if base_version in {None, post.text_version}:
        return None
    stands = words_of(post)
    texts = Revision.objects.filter(post=post, version__lte=base_version).order_by("-number")
    base = texts.first()
    is_known = base is not None and base.number != post.revision_count
    may_read = base is not None and bool(permissions.can_read_revision(viewer, base, rules))
    return Conflict(
        version=post.text_version,
        stands=stands,
        since=changes_between(saved_words(base), stands) if base and is_known and may_read else None,
        mine=changes_between(stands, mine),
        choices_since=choices_changed(begun, now),
        choices_mine=choices_changed(now, chosen),
    )
