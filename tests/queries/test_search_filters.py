"""What each operator of a search leaves, for whom."""

from datetime import UTC, datetime

import pytest

from forum.actions import answering, bookmarking, closing
from forum.choices import Audience, Intent
from forum.models import Follow, Guest, Post, Tag
from forum.queries.category_tree import get_category_tree
from forum.queries.search import get_search_page
from forum.queries.search_filters import filter_posts
from forum.search.syntax import read
from tests.factories import (
    make_answer,
    make_category,
    make_comment,
    make_guest,
    make_member,
    make_note,
    make_question,
    make_synonym,
)

NOBODY = Guest()


def found(text, viewer=NOBODY):
    """Return what is found by the words in brackets that stand in each text of the scene."""
    rows = get_search_page(viewer, text).rows
    return {"".join(piece.text for piece in row.question.excerpt_words) for row in rows}


@pytest.fixture
def scene(ann, bob):
    """Three questions about a blanket, each with something of its own."""
    family = make_category("Family")
    siblings = make_category("My siblings", parent=family, slug="siblings")
    work = make_category("Work")
    asked = {
        "first": make_question(
            ann,
            title="About one blanket",
            body="First ![x](/media/x.png)",
            category=siblings,
            tags=["warm"],
            days_ago=400,
        ),
        "second": make_question(
            bob, title="About two blankets", body="Second", category=work, intent=Intent.LISTENING, days_ago=3
        ),
        "third": make_question(ann, title="About three blankets", body="Third", category=work, is_anonymous=True),
    }
    answering.accept_answer(ann, make_answer(asked["first"], bob, body="Reply", days_ago=300))
    Post.objects.filter(pk=asked["second"].pk).update(up_count=7, score=7, view_count=150)
    return asked


@pytest.mark.parametrize(
    "text, expected",
    [
        ("blanket is:question", {"First x", "Second", "Third"}),
        ("is:answer", {"Reply"}),
        ("blanket is:accepted", {"First x"}),
        ("blanket -is:accepted", {"Second", "Third"}),
        ("is:unanswered", {"Second", "Third"}),
        ("tag:warm is:question", {"First x"}),
        ("-tag:warm", {"Second", "Third"}),
        ("tag:cosy is:question", {"First x"}),
        ("category:family is:question", {"First x"}),
        ("category:family/siblings is:answer", {"Reply"}),
        ('topic:"my siblings" is:question', {"First x"}),
        ("category:work OR tag:warm is:question", {"First x", "Second", "Third"}),
        ("user:ann", {"First x"}),
        ("user:@BOB", {"Reply", "Second"}),
        ("-user:bob is:question", {"First x", "Third"}),
        ("score:>5", {"Second"}),
        ("score:0..5 is:question", {"First x", "Third"}),
        ("answers:0", {"Second", "Third"}),
        ("answers:1 is:answer", {"Reply"}),
        ("views:>100", {"Second"}),
        ("created:<1w", {"Second", "Third"}),
        ("created:>1y", {"First x"}),
        ("created:<9999y is:question", {"First x", "Second", "Third"}),
        ("before:1971", set()),
        ("after:1d", {"Third"}),
        ("has:image", {"First x"}),
        ("intent:listening", {"Second"}),
        ("title:two", {"Second"}),
        ("blanket -title:two is:question", {"First x", "Third"}),
        ("-two is:question", {"First x", "Third"}),
    ],
)
def test_an_operator_leaves_what_it_says(scene, text, expected):
    make_synonym("cosy", Tag.objects.get(name="warm"))

    assert found(text) == expected


def test_a_day_begins_where_the_site_is(scene, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    Post.objects.filter(pk=scene["second"].pk).update(created_at=datetime(2026, 1, 1, 11, 30, tzinfo=UTC))

    assert (found("created:2026-01-02 user:bob"), found("created:2026-01-01 user:bob")) == ({"Second"}, set())


def test_closed_questions_are_found_with_what_stands_below_them(scene, mo):
    closing.close_question(mo, scene["first"], reason="off_topic")

    assert (found("is:closed is:answer"), found("-is:closed is:question")) == ({"Reply"}, {"Second", "Third"})


def test_texts_under_a_note_can_be_left_out(scene):
    make_answer(scene["second"], body="Noted", notes=[make_note().pk])
    make_question(title="Under a note of its own", body="Folded", notes=[make_note("Self-harm").pk])

    rows = get_search_page(NOBODY, "has:note").rows

    assert sorted(row.question.title for row in rows) == ["About two blankets", "Under a note of its own"]
    assert found("-has:note is:question") == {"First x", "Second", "Third"}


def test_what_is_mine_is_found_by_nobody_else(scene, ann, bob):
    for text in ("user:me", "is:mine"):
        assert (found(text, ann), found(text, bob), found(text)) == ({"First x", "Third"}, {"Reply", "Second"}, set())
    assert found("-is:mine is:question", ann) == {"Second"}


def test_a_name_never_finds_what_was_written_without_it(scene, ann, bob, mo):
    for viewer in (NOBODY, bob, mo, ann):
        assert found("user:ann", viewer) == {"First x"}
        assert found("-user:ann is:question", viewer) == {"Second", "Third"}


def test_a_closed_account_is_not_found_by_its_name(scene, bob):
    bob.closed_at = datetime(2026, 1, 1, tzinfo=UTC)
    bob.save()

    page = get_search_page(NOBODY, "user:bob")

    assert (page.rows, [hint.sentence for hint in page.hints]) == ((), ["No one here is called “bob”."])


def test_a_guest_finds_their_own(sleep):
    guest = make_guest()
    make_question(guest, title="Asked without an account", body="Own")

    assert (found("is:mine", guest), found("is:mine", make_guest())) == ({"Own"}, set())


def test_what_is_saved_and_followed_is_ones_own(scene, ann, bob):
    bookmarking.bookmark_post(bob, scene["first"])
    Follow.objects.create(member=bob, question=scene["third"])
    Follow.objects.create(member=bob, tag=Tag.objects.get(name="warm"))

    assert (found("is:bookmarked", bob), found("is:bookmarked", ann)) == ({"First x"}, set())
    assert (found("is:followed is:question", bob), found("is:followed", ann)) == ({"First x", "Third"}, set())
    assert get_search_page(NOBODY, "is:followed").needs_sign_in


def test_followed_people_are_found_under_their_name_alone(scene, bob):
    ann = make_member("Followed")
    make_question(ann, title="Named", body="One")
    make_question(ann, title="Veiled", body="Two", is_anonymous=True)
    Follow.objects.create(member=bob, person=ann)

    assert found("is:followed", bob) == {"One"}


def test_members_only_is_never_found_by_guests(ann, sleep):
    asked = make_question(ann, title="For members alone", body="Kept", audience=Audience.MEMBERS)
    make_comment(make_answer(asked, body="Kept too"), body="And this")

    for text in ("is:question", "is:answer", "is:comment", "kept", "user:ann", "-zzz"):
        assert found(text) == set()
    assert found("is:answer", make_member()) == {"Kept too"}


def test_names_that_nothing_has_are_searched_for_as_words(scene):
    page = get_search_page(NOBODY, "tag:two is:question")

    assert [row.question.title for row in page.rows] == ["About two blankets"]
    assert [hint.sentence for hint in page.hints] == ["There is no tag “two”. We searched for its words instead."]


def test_operators_cost_the_same_for_one_row_and_three(django_assert_num_queries, scene, bob):
    Follow.objects.create(member=bob, question=scene["third"])
    text = "tag:warm OR category:work user:ann OR user:bob OR is:followed score:>-5 created:<9y has:image OR -has:note"
    with django_assert_num_queries(14):
        get_search_page(bob, f"{text} title:one")
    with django_assert_num_queries(14):
        assert len(get_search_page(bob, f"{text} title:about").rows) == 3


@pytest.mark.exhaustive
@pytest.mark.parametrize("without", ["", "-"])
@pytest.mark.parametrize(
    "one",
    [
        *("category:work", "category:family", "tag:warm", "is:accepted", "is:closed", "is:unanswered", "is:followed"),
        *(
            "answers:0",
            "answers:>0",
            "views:>100",
            "intent:listening",
            "has:note",
            "has:image",
            "user:bob",
            "created:<1w",
        ),
    ],
)
def test_what_is_asked_of_each_kind_is_what_is_asked_of_all(scene, ann, bob, without, one):
    Follow.objects.create(member=bob, question=scene["third"])
    for question in scene.values():
        make_comment(make_answer(question, ann, body="Another", notes=[make_note(f"Note {question.pk}").pk]), ann)
    closing.close_question(make_member(role="moderator"), scene["second"], reason="off_topic")

    filtered = filter_posts(read(f"{without}{one} score:>=0"), bob, get_category_tree())

    assert set(filtered.by_kind) == {"question", "answer", "comment"}
    for kind, posts in filtered.by_kind.items():
        assert set(posts) == set(filtered.posts.filter(kind=kind))
