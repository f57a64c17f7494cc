"""What people read of a question that went out of sight after they wrote below it."""

import pytest

from forum import permissions
from forum.actions import bookmarking, drafting, moderating
from forum.choices import DraftKind
from forum.models import Guest, Post
from forum.queries.bookmark_list import get_bookmark_list
from forum.queries.drafts import get_drafts
from forum.queries.ledger import get_ledger
from forum.queries.paging import TOP
from forum.queries.question_place import NOT_PUBLIC
from tests.factories import make_answer, make_comment, make_question

pytestmark = pytest.mark.django_db
SECRET, SLUG = "How do I leave him?", "how-do-i-leave-him"


@pytest.fixture
def below(ann, bob, mo, sleep):
    """Bob's answer below a question that a moderator has hidden; Bob saved it and began a draft about it."""
    question = make_question(ann, title=SECRET, category=sleep)
    answer = make_answer(question, bob, body="Slowly, and with help.")
    comment = make_comment(answer, bob)
    bookmarking.bookmark_post(bob, answer)
    drafting.save_draft(bob, DraftKind.ANSWER, question, {"body": "More of it"})
    drafting.save_draft(bob, DraftKind.EDIT, comment, {"body": "Better"})
    moderating.hide_post(mo, question)
    return Post.objects.get(pk=answer.pk)


def test_lists_of_ones_own_say_that_it_is_not_public(bob, below):
    (saved,) = get_bookmark_list(bob, place=TOP).rows
    line = next(line for line in get_ledger(bob, bob, TOP).page.rows if line.label == "Posted an answer")

    assert (saved.title, saved.path, saved.excerpt) == (NOT_PUBLIC, "", "Slowly, and with help.")
    assert [draft.title for draft in get_drafts(bob)] == [NOT_PUBLIC, NOT_PUBLIC]
    assert (line.title, line.path) == (NOT_PUBLIC, "")


def test_who_may_read_the_question_finds_it_everywhere(mo, below, bob):
    bookmarking.bookmark_post(mo, below)

    (saved,) = get_bookmark_list(mo, place=TOP).rows

    assert (saved.title, saved.path) == (SECRET, f"/{below.pk}/")


def test_no_page_of_who_answered_tells_the_title(signed_in, bob, below):
    client = signed_in(bob)
    comment = Post.objects.get(parent=below.pk, kind="comment")
    drafts = [f"/drafts/{draft.id}/" for draft in get_drafts(bob)]

    for path in [*drafts, f"/posts/{below.pk}/edit/", f"/ask/?follow={below.pk}", "/bookmarks/", "/drafts/"]:
        said = client.get(path).content.decode()
        assert (SECRET in said, SLUG in said) == (False, False), path
    for post in (below, comment):
        response = client.get(f"/{post.pk}/")
        assert (response.status_code, response.get("Location")) == (404, None)
    assert "a question that isn’t public" in client.get(f"/posts/{below.pk}/edit/").content.decode()


def test_an_act_on_ones_own_words_leads_to_the_front_page(signed_in, bob, below):
    form = {"body": "Slowly.", "base_version": "1"}

    response = signed_in(bob).post(f"/posts/{below.pk}/edit/", form)

    below.refresh_from_db()
    assert (response.status_code, response.url, below.body) == (302, "/", "Slowly.")


@pytest.mark.parametrize("audience", ["everyone", "unlisted", "members"])
@pytest.mark.parametrize("step", [None, "hide_post", "hold_post", "delete_post"])
def test_one_question_is_read_as_lists_of_them_are(ann, newt, mo, guest, audience, step):
    questions = [make_question(ann, audience=audience), make_question(guest, audience=audience)]
    for question in questions:
        if step:
            getattr(moderating, step)(mo, question)

    for viewer in (ann, newt, mo, guest, Guest()):
        rows = set(Post.objects.visible_to(viewer).values_list("pk", flat=True))
        assert {one.pk for one in Post.objects.all() if permissions.can_read(viewer, one)} == rows
