"""The button that blocks a member, the list of those one has blocked, and what is folded and left out for the blocker."""

import re

import pytest

from accounts import members
from forum.actions import member_blocks
from forum.models import MemberBlock, Preferences
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.pages import as_htmx, piece
from tests.support.typing_forms import typed

pytestmark = pytest.mark.django_db

FOLDED = "You blocked this member"


def words_of(response):
    return response.content.decode()


@pytest.fixture
def blocker(signed_in, newt, bob):
    """The browser of newt, who has blocked bob."""
    member_blocks.block_member(newt, bob)
    return signed_in(newt)


def folded_in(page):
    """Return the texts that are folded because of a block."""
    details = re.findall(r"<details class=\"note mt2\">.*?</details>", page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one.rpartition("</summary>")[2]) for one in details if FOLDED in one]


def test_a_member_is_blocked_from_their_page_and_unblocked_there(signed_in, ann, bob):
    client = signed_in(ann)

    page = client.get("/user/bob/")
    blocked = client.post(f"/members/{bob.pk}/block/", {"state": "on"}, follow=True)
    again = client.post(f"/members/{bob.pk}/block/", {"state": "on"})

    assert f'action="/members/{bob.pk}/block/"' in words_of(page)
    assert blocked.redirect_chain == [("/user/bob/", 302)]
    assert "You blocked bob. Their mentions don’t notify you" in words_of(blocked)
    assert 'name="state" value="off"' in words_of(blocked)
    assert (again.status_code, MemberBlock.objects.count()) == (302, 1)

    client.post(f"/members/{bob.pk}/block/", {"state": "off"})
    assert MemberBlock.objects.count() == 0


def test_the_blocked_one_sees_nothing_of_it(signed_in, ann, bob, question):
    make_answer(question, author=ann, body="Warm milk.")
    client = signed_in(bob)

    def seen():
        paths = ("/user/ann/", question.get_absolute_url(), "/settings/blocks/", "/search/?q=milk", "/messages/")
        return [re.sub(r'(value|data-work)="[^"]*"', "", words_of(client.get(path))) for path in paths]

    before = seen()
    MemberBlock.objects.create(member=ann, blocked=bob)

    assert seen() == before


def test_blocking_a_moderator_says_what_still_arrives(signed_in, ann, mo):
    response = signed_in(ann).post(f"/members/{mo.pk}/block/", {"state": "on"}, follow=True)

    assert "Messages from the moderators still reach you." in words_of(response)


def test_guests_and_oneself_have_no_button(client, signed_in, ann):
    assert "/block/" not in words_of(client.get("/user/ann/"))
    assert "/block/" not in words_of(signed_in(ann).get("/user/ann/"))


def test_what_cannot_be_blocked_is_refused(client, signed_in, ann, bob):
    member = signed_in(ann)
    members.close_account(bob)

    assert member.post(f"/members/{ann.pk}/block/", {"state": "on"}).status_code == 403
    assert member.post("/members/999999/block/", {"state": "on"}).status_code == 404
    assert member.post(f"/members/{bob.pk}/block/", {"state": "on"}).status_code == 404
    assert member.post(f"/members/{bob.pk}/block/", {"state": "sideways"}).status_code == 422
    assert member.get(f"/members/{bob.pk}/block/").status_code == 405
    assert client.post(f"/members/{bob.pk}/block/", {"state": "on"})["Location"].startswith("/accounts/login/")
    assert MemberBlock.objects.count() == 0


def test_the_list_shows_whom_one_blocked_and_unblocks_with_one_tap(blocker, newt, bob, ann):
    member_blocks.block_member(newt, ann)
    MemberBlock.objects.create(member=ann, blocked=newt)
    members.close_account(ann)

    page = words_of(blocker.get("/settings/blocks/"))
    response = blocker.post(f"/members/{ann.pk}/block/", {"state": "off", "place": "list"})

    assert re.findall(r"Unblock<span class=\"vh\"> <bdi>([^<]+)</bdi>", page) == ["Former member", "bob"]
    assert response["Location"] == "/settings/blocks/"
    assert list(MemberBlock.objects.filter(member=newt).values_list("blocked", flat=True)) == [bob.pk]


def test_mentions_are_turned_off_and_on(signed_in, ann):
    client = signed_in(ann)

    off = client.post("/settings/blocks/", {}, follow=True)
    was_off = Preferences.objects.get(member=ann).takes_mentions
    client.post("/settings/blocks/", {"takes_mentions": "on"})

    assert off.redirect_chain == [("/settings/blocks/", 302)]
    assert (was_off, Preferences.objects.get(member=ann).takes_mentions) == (False, True)


def test_posts_of_a_blocked_member_are_folded_and_others_are_not(blocker, ann, bob, question):
    answer = make_answer(question, author=bob, body="Folded answer.")
    make_comment(answer, author=bob, body="Folded comment.")
    make_comment(answer, author=ann, body="Open comment.")
    make_answer(question, author=bob, body="Nobody's answer.", is_anonymous=True)
    make_comment(question, author=bob, body="Nobody's comment.", is_anonymous=True)

    page = words_of(blocker.get(question.get_absolute_url()))

    assert sorted(folded_in(page)) == ["Folded answer.", "Folded comment."]
    assert page.count(FOLDED) == 2


def test_a_question_of_a_blocked_member_is_folded_and_stays_in_lists(blocker, bob, sleep):
    question = make_question(bob, title="A question by bob", body="Folded question.", category=sleep)

    assert folded_in(words_of(blocker.get(question.get_absolute_url()))) == ["Folded question."]
    assert "A question by bob" in words_of(blocker.get("/questions/"))


def test_nobody_else_sees_anything_folded(blocker, client, signed_in, ann, bob, question):
    make_answer(question, author=bob)

    pages = [words_of(one.get(question.get_absolute_url())) for one in (client, signed_in(ann), signed_in(bob))]

    assert [FOLDED in page for page in pages] == [False, False, False]


def test_what_a_form_answers_is_folded_as_the_page_is(blocker, bob, question):
    make_comment(question, author=bob, body="Folded comment.")

    answered = piece(as_htmx(blocker, f"/posts/{question.pk}/comment/", typed(body="I too wake at four.")))

    assert folded_in(answered) == ["Folded comment."]
    assert answered in piece(blocker.get(question.get_absolute_url()))


def test_search_leaves_out_what_a_blocked_member_wrote_under_their_name(blocker, client, ann, bob, sleep):
    make_question(bob, title="Marmalade at night", category=sleep)
    make_question(bob, title="Marmalade in the morning", category=sleep, is_anonymous=True)
    mine = make_question(ann, title="What helps against waking early", category=sleep)
    make_answer(mine, author=bob, body="Marmalade helps.")

    def found(browser):
        page = words_of(browser.get("/search/?q=marmalade"))
        return {title for title in ("at night", "in the morning", "waking early") if title in page}

    assert found(blocker) == {"in the morning"}
    assert found(client) == {"at night", "in the morning", "waking early"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(django_assert_num_queries, signed_in, ann, rows):
    for _ in range(rows):
        member_blocks.block_member(ann, make_member())
    client = signed_in(ann)
    client.get("/settings/blocks/")

    with django_assert_num_queries(6):
        client.get("/settings/blocks/")


@pytest.mark.parametrize("rows", [1, 3])
def test_folding_costs_one_query_for_whoever_blocked_somebody(django_assert_num_queries, blocker, bob, question, rows):
    for _ in range(rows):
        make_answer(question, author=bob)
    blocker.get(question.get_absolute_url())

    with django_assert_num_queries(14):
        blocker.get(question.get_absolute_url())
