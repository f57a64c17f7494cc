"""The posts a member saved."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from forum.bylines import Byline, byline
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Bookmark, Person, Post
from forum.queries import paging
from forum.queries.paging import Page, Place
from forum.queries.question_place import question_place
from forum.queries.question_rows import note_names


@dataclass(frozen=True)
class BookmarkRow:
    """One saved post as a line of the list; without a path it is not here any more."""

    post_id: int
    kind: str
    title: str
    path: str
    excerpt: str
    notes: tuple[str, ...]
    byline: Byline | None
    score: int
    answer_count: int
    saved_at: datetime
    note: str = ""
    remind_on: date | None = None


def get_bookmark_list(member: Person, *, place: Place) -> Page[BookmarkRow]:
    """Return one page of what `member` saved, the last first; four queries."""
    saved = Bookmark.objects.filter(member=member.pk)
    page = paging.get_page(saved, ("-pk",), QUESTIONS_A_PAGE, place, "/bookmarks/")
    marks = Bookmark.objects.in_bulk(page.rows)
    ids = [mark.post_id for mark in marks.values()]
    posts = Post.objects.visible_to(member).select_related("author", "question").in_bulk(ids)
    notes = note_names(ids)
    return page.with_rows(
        [_row(marks[pk], posts.get(marks[pk].post_id), notes, member) for pk in page.rows if pk in marks]
    )


def get_bookmark(post: Post, *, member: Person) -> BookmarkRow:
    """Return the bookmark that `member` has of `post`, or what it would be."""
    mark = Bookmark.objects.filter(member=member.pk, post=post).first() or Bookmark(
        post=post, created_at=timezone.now()
    )
    readable = Post.objects.visible_to(member).select_related("author", "question").filter(pk=post.pk).first()
    return _row(mark, readable, note_names([post.pk]), member)


def _row(mark: Bookmark, post: Post | None, notes: dict[int, tuple[str, ...]], viewer: Person) -> BookmarkRow:
    if post is None:
        gone = "This post is no longer here"
        return BookmarkRow(
            mark.post_id, "post", gone, "", "", (), None, 0, 0, mark.created_at, mark.note, mark.remind_on
        )
    place = question_place(post, viewer)
    own_notes = notes.get(post.pk, ())
    return BookmarkRow(
        post_id=post.pk,
        kind=post.kind,
        title=place.title,
        path=post.get_absolute_url() if place.path else "",
        excerpt="" if own_notes or post.is_being_checked else post.excerpt,
        notes=own_notes,
        byline=byline(post, viewer),
        score=post.score,
        answer_count=post.answer_count,
        saved_at=mark.created_at,
        note=mark.note,
        remind_on=mark.remind_on,
    )
