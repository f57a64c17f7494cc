"""Write a post's text: rendered, excerpted, kept as a revision, found by search."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case, IntegerField, Max, Q, Value, When
from django.utils import timezone

from accounts.models import User
from forum import markup, permissions, plaintext
from forum.choices import Approval, PostKind, PostStatus, RemovalKind
from forum.effects import events, mentions, revisions, scores, search
from forum.limits import EXCERPT_LENGTH, SLUG_LENGTH, Rules
from forum.mentions import Names
from forum.models import Event, Guest, Person, Post, Removal
from forum.plaintext import clean_line, clean_text

SENT_BEFORE = "Something was already posted from this page. To post this too, send it again."
_PUBLISHED = PostStatus.PUBLISHED
_QUESTIONS_FIRST = Case(
    When(kind=PostKind.QUESTION, then=Value(0)),
    When(kind=PostKind.ANSWER, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_NO_WORDS = "question"  # the slug of a title of nothing but signs


def published_before(author: Person, submission_id: Any, *, body: str, title: str = "") -> Post | None:
    """Return the post this form made already, or None; raise `ValidationError` for other words or another sender.

    A guest's first form may arrive twice before they have a cookie, so an unknown guest may repeat it. The second of
    two that arrive together waits here for the first.
    """
    if submission_id is None:
        return None
    if connection.vendor == "postgresql":  # SQLite's writers queue by themselves
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {submission_id}"])
    post = Post.objects.filter(submission_id=submission_id).first()
    if post is None:
        return None
    if isinstance(author, User):
        is_same = post.author_id == author.pk
    else:
        is_same = post.guest_id is not None and author.pk in {None, post.guest_id}
    # Who goes back to a page that a browser kept, and writes something else there, must not lose it without a word.
    if not is_same or not _was_sent(post, title, body):
        raise ValidationError(SENT_BEFORE, code="sent_before")
    return post


def was_posted(submission_id: Any, fields: Mapping[str, Any]) -> bool:
    """Say whether this form has made a post of these words: its last draft may arrive after it."""
    post = Post.objects.filter(submission_id=submission_id).first()
    return post is not None and _was_sent(
        post, clean_line(str(fields.get("title", ""))), clean_text(str(fields.get("body", "")))
    )


def write(post: Post, author: Person, *, guest_name: str, is_anonymous: bool) -> Post:
    """Save a new post by `author`, who must have been kept if they are a guest."""
    if isinstance(author, Guest):
        post.guest, post.guest_name = author, guest_name
    else:
        post.author, post.is_anonymous = author, is_anonymous
    if post.is_question:
        post.slug = slug_of(post.title)
    set_text(post)
    post.hot = scores.hotness(post)
    post.save(force_insert=True)
    revisions.keep(post, author, number=1)
    return post


def set_text(post: Post, names: Names | None = None) -> None:
    """Render `post.body`; raise `ValidationError` with a sentence for a text that cannot be rendered.

    `names` are whom the text may name, where they are known for many posts at once.
    """
    if names is None:
        (names,) = mentions.find_names([post])
    render = markup.render_comment if post.is_comment else markup.render
    try:
        post.body_html = render(post.body, names)
    except markup.TextRefused as refusal:
        raise ValidationError({"body": str(refusal)}) from refusal
    post.excerpt = markup.excerpt(post.body, EXCERPT_LENGTH)
    if post.body and not plaintext.has_visible_sign(post.excerpt):
        raise ValidationError({"body": "None of this would be visible. Please write a few words."})
    post.markup_version = markup.MARKUP_VERSION


def slug_of(title: str) -> str:
    """Return the words of `title` for an address, in any script; never empty."""
    return plaintext.slug_of(title, SLUG_LENGTH) or _NO_WORDS


def must_wait(author: Person, now: Rules) -> bool:
    """Say whether the owner wants a moderator to see posts by `author` first."""
    if author.is_moderator or now.approval == Approval.NOBODY:
        return False
    if not author.is_authenticated:
        return True
    return now.approval == Approval.NEWCOMERS and permissions.needs_check(author, now)


def announce(verb: str, post: Post, author: Person, *, waits: bool) -> None:
    """Let a new post take its place: seen or waiting, counted, indexed and logged."""
    if waits:
        Removal.objects.create(post_id=post.pk, kind=RemovalKind.WAITING, actor=None)
        scores.recount_status(post)
    scores.recount_surroundings(post)
    search.refresh(post)
    events.record(verb, actor=author, post=post)
    mentions.follow_text(post, author)


def touch(question: Post, at: Any = None) -> None:
    """Say that something happened to `question` just now."""
    question.last_activity_at = at or timezone.now()
    Post.objects.filter(pk=question.pk).update(last_activity_at=question.last_activity_at)


def recount_activity(question: Post) -> None:
    """Set when something last happened to `question` from what stands there: itself, its answers, their edits."""
    stands = Post.objects.filter(Q(pk=question.pk) | Q(question=question.pk, kind=PostKind.ANSWER, status=_PUBLISHED))
    found = stands.aggregate(posted=Max("created_at"), edited=Max("edited_at"))
    touch(question, max(at for at in found.values() if at is not None))


def lock_thread(post_id: int) -> Post:
    """Lock and return the post; its question first, then the answer it stands under, then itself.

    Raise `Post.DoesNotExist` when there is none.
    """
    plain = Post.objects.only("kind", "question_id", "parent_id").get(pk=post_id)
    locked = _locked(plain)
    while (locked[post_id].question_id, locked[post_id].parent_id) != (plain.question_id, plain.parent_id):
        plain = locked[post_id]  # it was moved to another question, or converted, while we waited
        locked = _locked(plain)
    for post in locked.values():
        post.question = locked.get(post.question_id or 0)
        post.parent = locked.get(post.parent_id or 0)
    return locked[post_id]


def lock_threads(post_ids: Iterable[int]) -> dict[int, Post]:
    """Lock many posts and what they stand below, and return those asked for by id: questions first, comments last."""
    ids = set(post_ids)
    threads = Post.objects.filter(pk__in=ids).values_list("pk", "question_id", "parent_id")
    every = {pk for row in threads for pk in row if pk}
    rows = Post.objects.select_for_update(no_key=True).filter(pk__in=every).order_by(_QUESTIONS_FIRST, "pk")
    found = {post.pk: post for post in rows}
    for post in found.values():
        post.question, post.parent = found.get(post.question_id or 0), found.get(post.parent_id or 0)
    return {pk: found[pk] for pk in ids if pk in found}


def _was_sent(post: Post, title: str, body: str) -> bool:
    """Say whether `post` was made of these words, also where its author has put others in their place since."""
    if post.revisions.filter(number=1, title=title, body=body).exists():
        return True
    sent = revisions.digest_of(post, title, body)
    return Event.objects.filter(post=post, verb="post.edited", data__sent=sent).exists()


def _locked(post: Post) -> dict[int, Post]:
    ids = [pk for pk in (post.question_id, post.parent_id, post.pk) if pk]
    return {pk: Post.objects.select_for_update(no_key=True).get(pk=pk) for pk in dict.fromkeys(ids)}
