"""Names that complete what is typed behind an @, and names in previews."""

import pytest

from accounts import members
from forum.choices import Audience
from tests.factories import make_answer, make_comment, make_guest, make_member, make_question

pytestmark = pytest.mark.django_db


def completed(client, q, post=""):
    answer = client.get("/mentions/complete/", {"q": q, "post": str(post)}).json()
    return [(one["name"], one["is_here"]) for one in answer["members"]]


@pytest.fixture
def thread(ann, bob, newt, question):
    """Ann's question, answered by bob, commented on by newt, and answered anonymously by secret sam."""
    answer = make_answer(question, author=bob)
    make_comment(answer, author=newt)
    make_answer(question, author=make_member("secret sam"), is_anonymous=True)
    make_answer(question, author=make_guest(), guest_name="Gil")
    return answer


def test_people_of_the_thread_come_first(signed_in, ann, thread):
    make_member("bobby", points=9_000)

    assert completed(signed_in(ann), "bo", thread.pk) == [("bob", True), ("bobby", False)]


def test_nothing_typed_offers_the_people_of_the_thread(signed_in, ann, thread, question):
    client = signed_in(ann)

    assert completed(client, "", question.pk) == [("bob", True), ("newt", True)]
    assert completed(client, "", thread.pk) == completed(client, "", question.pk)
    assert completed(client, "") == []


def test_who_wrote_anonymously_is_offered_as_anybody_is(signed_in, ann, thread):
    assert completed(signed_in(ann), "secret", thread.pk) == [("secret sam", False)]


def test_a_thread_that_one_may_not_read_offers_nobody(signed_in, ann, thread, question):
    question.status = "hidden"
    question.save(update_fields=["status"])

    assert completed(signed_in(ann), "", question.pk) == []


def test_a_name_is_found_by_how_it_may_be_written(signed_in, ann):
    make_member("Quiet Fox")

    client = signed_in(ann)

    assert [completed(client, q) for q in ("quiet f", "QUIET-F", "quietf")] == [[("Quiet Fox", False)]] * 3
    assert completed(client, "x" * 31) == []


def test_neither_oneself_nor_who_has_left_is_offered(signed_in, ann, bob):
    members.close_account(bob)

    assert (completed(signed_in(ann), "bo"), completed(signed_in(ann), "ann")) == ([], [])


def test_guests_are_refused(client, bob):
    response = client.get("/mentions/complete/?q=bo")

    assert response.status_code == 403


@pytest.mark.parametrize("post", ["x", "9" * 30, "-1", "0", "٣"])
def test_a_number_that_is_no_post_is_passed_over(signed_in, ann, bob, post):
    assert completed(signed_in(ann), "bo", post) == [("bob", False)]


def test_nothing_here_is_posted_to(signed_in, ann):
    assert signed_in(ann).post("/mentions/complete/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_completion_costs_the_same_with_one_row_and_with_three(django_assert_num_queries, signed_in, ann, rows):
    client, question = signed_in(ann), make_question(ann, audience=Audience.MEMBERS)
    for number in range(rows):
        make_answer(question, author=make_member(f"sam {'abc'[number]}"))
    client.get("/mentions/complete/?q=sam")

    with django_assert_num_queries(6):
        assert len(completed(client, "sam", question.pk)) == rows


def test_a_preview_links_names(client, bob):
    shown = client.post("/preview/", {"body": "Hello @bob"}).content.decode()

    assert 'Hello <a href="/user/bob/" class="mention">@bob</a>' in shown
    assert "mention" not in client.post("/preview/?of=tag", {"body": "Hello @bob"}).content.decode()
