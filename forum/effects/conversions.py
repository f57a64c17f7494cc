"""Make a comment of an answer, or an answer of a comment, and let everything that follows from it follow."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from accounts.models import User
from forum.choices import PostKind
from forum.effects import posts, reputation, scores, search
from forum.effects.log import Facts, Inverse, Turn
from forum.limits import COMMENT_LENGTH
from forum.models import LogEntry, Post

_CHANGED_SINCE = "It has moved, or someone has written below it since. Convert it by hand instead."


def convert(post: Post) -> tuple[Facts, Facts]:
    """Make a comment on its question of an answer, with its comments beside it, or an answer of a comment.

    Lock the thread first. Return where it stood and where it stands, for the log. Raise `ValidationError` with a
    sentence for what cannot be a comment.
    """
    before = _facts_of(post)
    kind = PostKind.COMMENT if post.is_answer else PostKind.ANSWER
    _place(post, kind, before["question"], before["comments"])
    return before, _facts_of(post)


def _place(post: Post, kind: PostKind, parent_id: int, comment_ids: Sequence[int]) -> None:
    """Let `post` stand as `kind` below `parent_id`; its comments go below the question, or come back to it."""
    if kind == PostKind.COMMENT:
        _require_fits(post)
    places = {pk for pk in (post.parent_id, parent_id) if pk is not None}
    below = post.pk if kind == PostKind.ANSWER else parent_id
    Post.objects.filter(pk__in=comment_ids).update(parent_id=below)
    post.kind, post.parent_id = kind, parent_id
    posts.set_text(post)  # a comment is rendered more plainly
    post.save(update_fields=["kind", "parent", "body_html", "excerpt", "markup_version"])
    for place in [*Post.objects.filter(pk__in=places).order_by("pk"), post]:
        scores.recount_children(place)
    search.refresh(post)
    reputation.settle(posts=[post])


def _require_fits(answer: Post) -> None:
    if Post.objects.filter(accepted_answer=answer.pk).exists():
        raise ValidationError("This is the best answer, so it stays an answer.")
    if len(answer.body) > COMMENT_LENGTH:
        raise ValidationError(f"This is longer than a comment can be: {COMMENT_LENGTH:,} characters.")
    if answer.notes.exists():
        raise ValidationError("This answer has a content note, and comments can’t be folded. It stays an answer.")


def _facts_of(post: Post) -> Facts:
    """Return where `post` stands, and which comments stand below it."""
    comments = Post.objects.filter(parent_id=post.pk, kind=PostKind.COMMENT).order_by("pk")
    return {
        "kind": str(post.kind),
        "question": post.question_id,
        "parent": post.parent_id,
        "comments": list(comments.values_list("pk", flat=True)),
    }


def _convert_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    post = entry.post
    if post is None:
        raise ValidationError("It no longer exists.")
    before = {name: entry.text.before[name] for name in ("kind", "question", "parent", "comments")}
    now = _facts_of(post)
    if now == before:
        return Turn("post.converted", changed=False)
    if now != entry.text.after or not _can_stand_there(before):
        raise ValidationError(_CHANGED_SINCE)
    kind = PostKind(before["kind"])
    _place(post, kind, before["parent"], before["comments"] if kind == PostKind.ANSWER else now["comments"])
    return Turn("post.converted", before=now, after=_facts_of(post))


def _can_stand_there(before: Facts) -> bool:
    """Say whether the place is as it was: what it stood below carries comments, its comments wait at the question."""
    question = before["question"]
    parent = Post.objects.filter(pk=before["parent"]).exclude(kind=PostKind.COMMENT)
    waiting = Post.objects.filter(pk__in=before["comments"], kind=PostKind.COMMENT, parent_id=question)
    stands = parent.filter(pk=question).exists() or parent.filter(question_id=question).exists()
    return stands and waiting.count() == len(before["comments"])


INVERSES: dict[str, Inverse] = {"post.converted": _convert_back}
