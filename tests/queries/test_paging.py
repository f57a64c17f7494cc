"""Keyset paging: every row once, in order, whatever happens between two pages."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import Http404

from forum.models import Post, Tag
from forum.queries.paging import TOP, Page, Place, get_page, read_place, with_query
from tests.factories import make_category, make_member

LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)


def make_posts(**columns):
    """Make one question for each value of the one column that is named, and return their ids."""
    [(column, values)] = columns.items()
    author, category = make_member(), make_category()
    posts = [
        Post(
            kind="question",
            title="A title",
            slug="a-title",
            author=author,
            category=category,
            **({"up_count": max(value, 0), "down_count": max(-value, 0)} if column == "score" else {}),
            **{column: value},
        )
        for value in values
    ]
    return [post.pk for post in Post.objects.bulk_create(posts)]


def page_of(order, place=TOP, size=2, rows=None):
    return get_page(Post.objects.all() if rows is None else rows, order, size, place, "/list/")


def follow(url):
    return read_place(dict(parse_qsl(urlsplit(url).query)))


def walk(order, size=2, rows=None):
    """Read the list from its top to its end, and return the pages."""
    pages = [page_of(order, TOP, size, rows)]
    while pages[-1].older_url:
        pages.append(page_of(order, follow(pages[-1].older_url), size, rows))
    return pages


def walk_back(order, last, size=2, rows=None):
    """Read the list from its last page to its top, and return the pages."""
    pages = [last]
    while pages[-1].newer_url:
        pages.append(page_of(order, follow(pages[-1].newer_url), size, rows))
    return pages


SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "column, values",
    [
        ("score", [3, -2, 5, 0, 4, 1, 2]),
        ("score", [0, 0, 0, 0, 0, 0, 0]),
        ("score", [1, 0, 0, 1, 0, 0, 1]),
        ("hot", [0.1, 0.30000000000000004, 0.3, 38_123.4567891, 1e-7, 38_123.4567892, 0.1]),
        ("created_at", [LONG_AGO + MICROSECOND * micro for micro in (5, 0, 999_999, 4, 0, 1, 1_000_000)]),
        ("created_at", [LONG_AGO, LONG_AGO, LONG_AGO + SECOND, LONG_AGO, LONG_AGO - SECOND, LONG_AGO, LONG_AGO]),
    ],
    ids=["numbers", "all equal", "ties across pages", "floats", "microseconds", "equal times"],
)
def test_every_row_stands_on_one_page_in_order_both_ways(db, column, values):
    ids = make_posts(**{column: values})
    order = (f"-{column}", "-pk")
    expected = [key for _, key in sorted(zip(values, ids, strict=True), reverse=True)]

    down = walk(order)
    up = walk_back(order, down[-1])

    assert [key for page in down for key in page.rows] == expected
    assert [page.rows for page in reversed(up)] == [page.rows for page in down]


def test_mixed_directions_and_text_are_walked_both_ways(db):
    Tag.objects.bulk_create(
        [
            Tag(name=name, slug=name, question_count=count)
            for name, count in [("b", 1), ("ä~x", 2), ("a", 1), ("зима", 2), ("c", 1)]
        ]
    )
    order = ("-question_count", "name", "pk")
    expected = list(Tag.objects.order_by(*order).values_list("pk", flat=True))

    down = walk(order, rows=Tag.objects.all())
    up = walk_back(order, down[-1], rows=Tag.objects.all())

    assert [key for page in down for key in page.rows] == expected
    assert up[-1] == down[0]


def test_the_first_page_has_no_newer_and_the_last_no_older(db):
    newest, middle, oldest = reversed(make_posts(score=[1, 2, 3]))

    first, last = walk(("-score", "-pk"))

    assert (first.rows, first.newer_url, bool(first.older_url)) == ((newest, middle), "", True)
    assert (last.rows, bool(last.newer_url), last.older_url) == ((oldest,), True, "")


def test_newer_leads_to_the_whole_first_page_when_rows_above_are_gone(db):
    ids = make_posts(score=[1, 2, 3, 4, 5])
    order = ("-score", "-pk")
    second = walk(order)[1]

    Post.objects.filter(pk=ids[4]).delete()

    back = page_of(order, follow(second.newer_url))
    assert back == page_of(order)
    assert back.rows == (ids[3], ids[2])


def test_newer_leads_to_the_whole_first_page_when_rows_arrived_above(db):
    make_posts(score=[1, 2, 3, 4])
    order = ("-score", "-pk")
    second = walk(order)[1]
    arrived = make_posts(score=[9])

    back = page_of(order, follow(second.newer_url))
    top = page_of(order, follow(back.newer_url))

    assert top.rows[0] == arrived[0]
    assert top.newer_url == ""


def test_a_row_deleted_between_two_pages_hides_no_other(db):
    ids = make_posts(score=[1, 2, 3, 4, 5])
    order = ("-score", "-pk")
    first = page_of(order)

    Post.objects.filter(pk__in=first.rows).delete()

    assert page_of(order, follow(first.older_url)).rows == (ids[2], ids[1])


def test_past_the_end_newer_leads_to_the_top(db):
    ids = make_posts(score=[1, 2, 3])
    first = page_of(("-score", "-pk"))
    Post.objects.filter(pk=ids[0]).delete()

    past = page_of(("-score", "-pk"), follow(first.older_url))

    assert past == Page((), "/list/", "")


def test_each_page_asks_once(db, django_assert_num_queries):
    make_posts(score=range(7))
    third = walk(("-score", "-pk"))[2]

    with django_assert_num_queries(1):
        page_of(("-score", "-pk"), follow(third.older_url))
    with django_assert_num_queries(1):
        page_of(("-score", "-pk"), follow(third.newer_url))


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "~", "1", "1~2~3", "1~x", "x~1", "1.5~1", "nan~1", "1~1 OR 1=1", "1~" + "9" * 40, "９" * 300),
        *("١~", "99999999999999999999999999~1", "-~1", "1~-", "~~~~~~~~", "1~\x00"),
    ],
)
def test_a_cursor_we_did_not_write_is_not_found(db, cursor):
    with pytest.raises(Http404, match="doesn’t exist"):
        page_of(("-score", "-pk"), Place(older=cursor))


@pytest.mark.parametrize("cursor", ["nan~1", "inf~1", "1e999~1", "~1"])
def test_a_float_that_is_no_number_is_not_found(db, cursor):
    with pytest.raises(Http404, match="doesn’t exist"):
        page_of(("-hot", "-pk"), Place(newer=cursor))


@pytest.mark.parametrize("cursor", ["999999999999999999999~1", "x~1", "1.0~1"])
def test_a_time_that_never_was_is_not_found(db, cursor):
    with pytest.raises(Http404, match="doesn’t exist"):
        page_of(("-created_at", "-pk"), Place(older=cursor))


@pytest.mark.parametrize("cursor", ["!~1", "_w~1", "AA~1"])
def test_text_that_is_none_is_not_found(db, cursor):
    with pytest.raises(Http404, match="doesn’t exist"):
        get_page(Tag.objects.all(), ("name", "pk"), 2, Place(older=cursor), "/tags/")


@pytest.mark.parametrize("query", [{"older": "1~2", "newer": "1~2"}, {"older": "1" * 401}])
def test_a_place_that_cannot_be_is_not_found(query):
    with pytest.raises(Http404, match="doesn’t exist"):
        read_place(query)


def test_with_query_says_only_what_is_said():
    assert with_query("/tags/", q="a b", sort="") == "/tags/?q=a+b"
    assert with_query("/tags/", q="", sort="") == "/tags/"
