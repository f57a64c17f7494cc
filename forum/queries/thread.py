"""The answers and comments of one question that a page shows, and where in them a post stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from forum.choices import AnswerSort
from forum.limits import ANSWERS_A_PAGE, COMMENTS_A_POST, COMMENTS_AT_ONCE
from forum.models import Answer, Comment, Person, Post
from forum.queries import paging
from forum.queries.paging import Page, Place

_ORDERS: dict[str, tuple[str, str]] = {
    AnswerSort.HELPFUL: ("-score", "-pk"),
    AnswerSort.NEWEST: ("-created_at", "-pk"),
    AnswerSort.OLDEST: ("created_at", "pk"),
}


@dataclass(frozen=True)
class CommentRange:
    """Which post's comments are all asked for, and after how many of them to begin."""

    post_id: int = 0
    skip: int = 0


def get_answers(question: Post, *, viewer: Person, sort: str, place: Place) -> Page[Post]:
    """Return one page of answers, the accepted one first of all; one query at the top, two further down."""
    base_url = paging.with_query(question.get_absolute_url(), sort="" if sort == AnswerSort.HELPFUL else sort)
    visible = _answers(question, viewer)
    if place.older or place.newer:
        others = visible.exclude(pk=question.accepted_answer_id or 0)
        page = paging.get_page(others, _ORDERS[sort], ANSWERS_A_PAGE, place, base_url)
        if page.newer_url:
            found = visible.in_bulk(page.rows)
            return page.with_rows([found[pk] for pk in page.rows if pk in found])
    return _first_page(visible, question, sort, base_url)


def place_of_answer(answer_id: int, question: Post, *, viewer: Person, sort: str) -> Place:
    """Return the page that holds the answer: the first, or one that begins with it."""
    if question.answer_count <= ANSWERS_A_PAGE or answer_id == question.accepted_answer_id:
        return Place()
    visible = _answers(question, viewer).exclude(pk=question.accepted_answer_id or 0)
    answer = visible.filter(pk=answer_id).first()
    if answer is None:
        return Place()
    # Just before the answer: pages begin after the row that a cursor names, and no other row has this place.
    field, tail = _ORDERS[sort]
    before = (getattr(answer, field.removeprefix("-")), answer.pk + (1 if tail == "-pk" else -1))
    place = Place(older=paging.write_cursor(before))
    ahead = visible.filter(_ahead_of(answer, sort)).count()
    pinned = 1 if question.accepted_answer_id else 0
    return Place() if ahead + pinned < ANSWERS_A_PAGE else place


def get_comments(posts: Sequence[Post], *, viewer: Person, asked: CommentRange) -> dict[int, list[Post]]:
    """Return the first comments below each of `posts` by its id, and those of one post as asked; one query."""
    number = Window(RowNumber(), partition_by=F("parent"), order_by=[F("created_at").asc(), F("pk").asc()])
    comments = (
        Comment.objects.filter(parent__in=[post.pk for post in posts])
        .visible_to(viewer)
        .annotate(number=number)
        .filter(number__gt=_limit(asked, asked.skip, 0), number__lte=_limit(asked, asked.skip + COMMENTS_AT_ONCE))
        .with_author()
        .oldest_first()
    )
    found: dict[int, list[Post]] = defaultdict(list)
    for comment in comments:
        found[comment.parent_id].append(comment)
    return found


def comments_before(comment: Post, *, viewer: Person) -> int:
    """Return how many comments the viewer reads before this one; one query."""
    earlier = Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lt=comment.pk)
    return int(Comment.objects.filter(earlier, parent=comment.parent_id).visible_to(viewer).count())


def more_comments(post: Post, shown: int, question: Post, asked: CommentRange) -> tuple[str, str]:
    """Return label and path of the comments of `post` that are not shown, or two empty texts."""
    is_asked = post.pk == asked.post_id
    done = (asked.skip if is_asked else 0) + shown
    if shown == 0 or done >= post.comment_count:
        return "", ""
    label = "Show later comments" if is_asked else f"Show all {post.comment_count} comments"
    path = paging.with_query(question.get_absolute_url(), comments=str(post.pk), skip=str(done) if is_asked else "")
    return label, f"{path}#comments-{post.pk}"


def _answers(question: Post, viewer: Person) -> QuerySet[Post]:
    answers = Answer.objects.filter(question=question.pk).visible_to(viewer).with_author()
    return answers.with_choice()  # type: ignore[no-any-return]


def _first_page(visible: QuerySet[Post], question: Post, sort: str, base_url: str) -> Page[Post]:
    order = _ORDERS[sort]
    if question.accepted_answer_id:
        pinned = Case(When(pk=question.accepted_answer_id, then=Value(0)), default=Value(1))
        rows = list(visible.order_by(pinned, *order)[: ANSWERS_A_PAGE + 1])
    else:
        rows = list(visible.order_by(*order)[: ANSWERS_A_PAGE + 1])
    if len(rows) <= ANSWERS_A_PAGE:
        return Page(tuple(rows))
    rows.pop()
    cursor = paging.write_cursor((getattr(rows[-1], order[0].removeprefix("-")), rows[-1].pk))
    return Page(tuple(rows), older_url=paging.with_query(question.get_absolute_url(), **_sort(sort), older=cursor))


def _sort(sort: str) -> Mapping[str, str]:
    return {} if sort == AnswerSort.HELPFUL else {"sort": sort}


def _ahead_of(answer: Post, sort: str) -> Q:
    if sort == AnswerSort.HELPFUL:
        return Q(score__gt=answer.score) | Q(score=answer.score, pk__gt=answer.pk)
    if sort == AnswerSort.NEWEST:
        return Q(created_at__gt=answer.created_at) | Q(created_at=answer.created_at, pk__gt=answer.pk)
    return Q(created_at__lt=answer.created_at) | Q(created_at=answer.created_at, pk__lt=answer.pk)


def _limit(asked: CommentRange, for_asked: int, for_others: int = COMMENTS_A_POST) -> Case:
    return Case(
        When(parent=asked.post_id, then=Value(for_asked)), default=Value(for_others), output_field=IntegerField()
    )
