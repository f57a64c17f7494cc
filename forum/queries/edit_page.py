"""A post as the form that edits it begins."""

from typing import Any

from forum.models import Post


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


def get_note_choices_of(post: Post) -> dict[str, str]:
    """Return the notes the post carries already, which its editor may keep though the owner offers them no more."""
    return {note.slug: note.name for note in post.notes.all()}


def get_current(post_id: int) -> Post:
    """Return the post as it stands now, for somebody who may edit it."""
    return Post.objects.select_related("question", "parent", "author").get(pk=post_id)
