"""Lists of questions: the right rows, in the right order, as the reader may see them."""

import pytest

from forum.actions import moderating, voting
from forum.choices import Audience, Direction, Intent, Sort
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Guest, Post, Question, Tag
from forum.queries.category_tree import get_category_tree
from forum.queries.paging import Place
from forum.queries.question_list import get_question_list, read_sort
from forum.queries.question_rows import TagLink, Wish
from tests.factories import make_answer, make_category, make_guest, make_member, make_note, make_question

NOBODY = Guest()


def ids(viewer=NOBODY, sort=Sort.NEWEST, **options):
    return [row.id for row in get_question_list(viewer, sort, **options).page.rows]


def only_row(viewer=NOBODY):
    [row] = get_question_list(viewer, Sort.NEWEST).page.rows
    return row


@pytest.fixture
def three(ann, sleep):
    """Three questions: the oldest most voted, the second answered just now, the newest alone."""
    oldest, second, newest = (make_question(ann, days_ago=days) for days in (3, 2, 1))
    voting.cast_vote(make_member(), oldest, Direction.UP)
    make_answer(second)
    return oldest.pk, second.pk, newest.pk


@pytest.mark.parametrize(
    "sort, order",
    [
        (Sort.NEWEST, (2, 1, 0)),
        (Sort.ACTIVE, (1, 2, 0)),
        (Sort.UNANSWERED, (2, 0)),
        (Sort.VOTES, (0, 2, 1)),
    ],
)
def test_each_sort_has_its_order(three, sort, order):
    assert ids(sort=sort) == [three[place] for place in order]


def test_hot_is_by_warmth(three):
    Post.objects.filter(pk=three[0]).update(hot=9.5)
    Post.objects.filter(pk=three[1]).update(hot=7)
    Post.objects.filter(pk=three[2]).update(hot=8)

    assert ids(sort=Sort.HOT) == [three[0], three[2], three[1]]


@pytest.mark.parametrize(
    "text, sort",
    [
        ("votes", Sort.VOTES),
        ("hot", Sort.HOT),
        ("", Sort.NEWEST),
        ("views", Sort.VIEWS),
        ("answers", Sort.ANSWERS),
        ("nonsense", Sort.NEWEST),
        ("HOT", Sort.NEWEST),
    ],
)
def test_an_unknown_sort_is_newest_first(text, sort):
    assert read_sort(text) == sort


def test_a_row_has_everything_a_list_says(ann, sleep):
    question = make_question(
        ann,
        title="What is harm reduction?",
        body="My brother’s *support worker* says it.",
        category=sleep,
        tags=["family-support", "words"],
        intent=Intent.INFORMATION,
    )
    Post.objects.filter(pk=question.pk).update(view_count=7)

    row = only_row()

    assert (row.path, row.title, row.excerpt) == (
        f"/{question.pk}/what-is-harm-reduction/",
        "What is harm reduction?",
        "My brother’s support worker says it.",
    )
    assert (row.category_name, row.category_path) == ("Sleep", "/questions/sleep/")
    assert (row.byline.name, row.byline.url, row.byline.is_you) == ("ann", "/user/ann/", False)
    assert row.wish == Wish("book", "Wants information")
    assert row.tags == (TagLink("family-support", "/tag/family-support/"), TagLink("words", "/tag/words/"))
    assert (row.answer_count, row.has_accepted, row.score, row.view_count, row.notes) == (0, False, 0, 7, ())
    assert row.created_at == question.created_at


def test_an_anonymous_question_says_nothing_of_its_author(ann, bob, sleep):
    make_question(ann, is_anonymous=True)

    seen_by_bob, seen_by_ann = only_row(bob).byline, only_row(ann).byline

    assert (seen_by_bob.name, seen_by_bob.url, seen_by_bob.points, seen_by_bob.is_you) == ("Anonymous", "", None, False)
    assert (seen_by_ann.name, seen_by_ann.url, seen_by_ann.is_you) == ("Anonymous", "", True)


def test_a_guests_question_shows_the_name_they_chose(sleep):
    make_question(make_guest(), guest_name="Robin")

    assert (only_row().byline.name, only_row().byline.url, only_row().byline.label) == ("Robin", "", "Guest")


def test_a_text_under_a_content_note_is_folded(ann, sleep):
    make_question(ann, body="What he took that night.", notes=[make_note("Drug use").pk])

    assert (only_row().notes, only_row().excerpt) == (("Drug use",), "")


@pytest.mark.parametrize("act", [moderating.hide_post, moderating.delete_post])
def test_what_a_moderator_took_out_is_on_no_list(mo, ann, question, act):
    act(mo, question, reason="Spam")

    assert (ids(), ids(ann), ids(mo)) == ([], [], [])


def test_members_only_questions_are_on_members_lists_alone(ann, bob, sleep):
    question = make_question(ann, audience=Audience.MEMBERS)

    assert (ids(), ids(bob)) == ([], [question.pk])


def test_a_topic_includes_everything_below_it_and_nothing_beside(ann):
    family = make_category("Family")
    siblings = make_category("Siblings", parent=family)
    make_category("Family law")
    above = make_question(ann, category=family, days_ago=2)
    below = make_question(ann, category=siblings, days_ago=1)
    make_question(ann, category=make_category("Work"))
    tree = get_category_tree()

    assert ids(category=tree.find("family")) == [below.pk, above.pk]
    assert ids(category=tree.find("family/siblings")) == [below.pk]


def test_a_tag_lists_what_carries_it(ann, sleep):
    tagged = make_question(ann, tags=["panic", "work"])
    make_question(ann, tags=["work"])

    assert ids(tag=Tag.objects.get(name="panic")) == [tagged.pk]


def test_pages_keep_their_sort_and_place(ann, sleep):
    for days in range(QUESTIONS_A_PAGE + 1):
        make_question(ann, days_ago=days)

    first = get_question_list(NOBODY, Sort.VOTES)
    cursor = first.page.older_url.removeprefix("/questions/?sort=votes&older=").replace("%7E", "~")
    second = get_question_list(NOBODY, Sort.VOTES, place=Place(older=cursor))

    assert (len(first.page.rows), len(second.page.rows), second.page.older_url) == (QUESTIONS_A_PAGE, 1, "")
    assert second.page.newer_url.startswith("/questions/?sort=votes&newer=")


def test_tabs_lead_to_the_one_address_of_each_list(db):
    tabs = get_question_list(NOBODY, Sort.HOT).tabs

    assert [(tab.label, tab.url, tab.is_current) for tab in tabs] == [
        ("Newest", "/questions/", False),
        ("Active", "/activity/", False),
        ("Unanswered", "/unanswered/", False),
        ("Votes", "/questions/?sort=votes", False),
        ("Answers", "/questions/?sort=answers", False),
        ("Views", "/questions/?sort=views", False),
        ("Hot", "/hot/", True),
    ]


def test_lists_by_answers_and_by_views(ann, sleep):
    made = [make_question(ann, title=f"A question of {number} views") for number in range(3)]
    for number, question in enumerate(made):
        Question.objects.filter(pk=question.pk).update(view_count=number, answer_count=3 - number)

    def order(sort):
        return [row.id for row in get_question_list(NOBODY, sort).page.rows]

    assert order(Sort.VIEWS) == [question.pk for question in reversed(made)]
    assert order(Sort.ANSWERS) == [question.pk for question in made]


def test_a_page_of_rows_costs_four_queries(django_assert_num_queries, ann, sleep):
    make_question(ann, tags=["one"])
    with django_assert_num_queries(4):
        get_question_list(NOBODY, Sort.NEWEST)

    make_question(make_member(), tags=["two", "three"], notes=[make_note().pk])
    make_question(make_guest())
    with django_assert_num_queries(4):
        get_question_list(NOBODY, Sort.NEWEST)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_large_site_finds_pinned_questions_without_walking_all():
    pinned = Question.objects.listed_to(NOBODY).filter(is_pinned=True).newest_first()[:3]

    assert "USING INDEX post_pinned" in pinned.explain()
