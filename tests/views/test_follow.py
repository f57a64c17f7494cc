"""Following over HTTP: the three buttons, and the page of what one follows."""

import pytest
from django.test import Client

from forum.actions import following, moderating
from forum.models import Follow, Tag
from tests.factories import make_member, make_question
from tests.support.pages import as_htmx, piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def tag(question):
    return Tag.objects.create(name="rest", slug="rest")


def address(thing):
    """Return where the button of a thing goes."""
    return f"/{ {'Post': 'post', 'Category': 'topic', 'Tag': 'tag'}[type(thing).__name__] }s/{thing.pk}/follow/"


def followed(member):
    return list(Follow.objects.filter(member=member).order_by("pk").values_list("question", "category", "tag"))


def test_each_thing_is_followed_once_and_its_reader_comes_back_to_it(signed_in, newt, question, sleep, tag):
    client = signed_in(newt)

    answers = [client.post(address(thing), {"state": "on"}) for thing in (question, sleep, tag) for _ in range(2)]

    assert [answer.url for answer in answers[::2]] == [question.get_absolute_url(), "/questions/sleep/", "/tag/rest/"]
    assert followed(newt) == [(question.pk, None, None), (None, sleep.pk, None), (None, None, tag.pk)]


def test_what_is_not_there_is_not_found_and_a_state_nobody_knows_is_refused(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(newt)

    paths = [address(question), "/posts/999/follow/", "/topics/999/follow/", "/tags/999/follow/"]

    assert [client.post(path, {"state": "on"}).status_code for path in paths] == [404] * 4
    assert client.post(address(question.category), {"state": "perhaps"}).status_code == 422
    assert followed(newt) == []


def test_what_went_out_of_sight_leaves_the_list_and_tells_nothing(signed_in, newt, mo, question):
    following.follow(newt, question)
    moderating.hide_post(mo, question, reason="It names somebody.")
    client = signed_in(newt)

    page = piece(client.get("/following/"))
    response = client.post(address(question), {"state": "off", "place": "list"})

    assert ("This question is not here any more" in page, question.title in page) == (True, False)
    assert (response.url, followed(newt)) == (f"/following/?gone=post-{question.pk}", [])
    assert "Nothing followed yet" in piece(client.get(response.url))


def test_letting_go_of_what_went_out_of_sight_says_nothing_of_it(signed_in, newt, mo, question):
    following.follow(newt, question)
    moderating.hide_post(mo, question, reason="It names somebody.")

    response = as_htmx(signed_in(newt), address(question), {"state": "off"})

    assert (response.status_code, question.title in piece(response), followed(newt)) == (200, False, [])


@pytest.mark.parametrize("state", ["on", "off"])
def test_the_piece_is_the_pages_own(signed_in, newt, question, tag, state):
    client = signed_in(newt)
    following.follow(newt, tag)

    answered = piece(as_htmx(client, address(tag), {"state": state, "place": "list"}))

    where = "/following/" if state == "on" else f"/following/?gone=tag-{tag.pk}"
    assert answered in piece(client.get(where))


@pytest.mark.parametrize("state", ["on", "off"])
def test_a_question_is_followed_from_its_menu(signed_in, newt, question, state):
    client = signed_in(newt)

    answered = piece(as_htmx(client, address(question), {"state": state, "place": "menu"}))

    assert f'aria-pressed="{"true" if state == "on" else "false"}"' in answered
    assert answered in piece(client.get(question.get_absolute_url()))


def test_a_guest_is_led_to_sign_in_and_back(client, question):
    link = f'<a class="pop-item" href="/accounts/login/?next={question.get_absolute_url()}">'

    assert link in piece(client.get(question.get_absolute_url()))
    assert client.post(address(question), {"state": "on"}).url == "/accounts/login/?next=%2F"
    assert Follow.objects.count() == 0


def test_a_slip_is_undone_in_the_row_it_left(signed_in, newt, question, tag):
    following.follow(newt, tag)
    client = signed_in(newt)

    where = client.post(address(tag), {"state": "off", "place": "list"}).url

    assert [row.is_followed for row in client.get(where).context["list"].page.rows] == [False]
    client.post(address(tag), {"state": "on", "place": "list"})
    assert followed(newt) == [(None, None, tag.pk)]
    assert [row.is_followed for row in client.get(where).context["list"].page.rows] == [True]


def test_the_list_is_its_members_own_by_kind_the_last_first(signed_in, newt, bob, question, tag):
    for thing in (question, question.category, tag):
        following.follow(newt, thing)
    mine = signed_in(newt)

    pages = {show: mine.get("/following/", {"show": show}).context["list"].page.rows for show in ("", "topic", "post")}

    names = {show: [row.name for row in rows] for show, rows in pages.items()}
    assert names == {"": ["rest", "Sleep", question.title], "topic": ["Sleep"], "post": [question.title]}
    assert Client().get("/following/").url == "/accounts/login/?next=%2Ffollowing%2F"
    assert "Nothing followed yet" in piece(signed_in(bob).get("/following/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(signed_in, newt, sleep, count, django_assert_num_queries):
    for number in range(count):
        tag = Tag.objects.create(name=f"tag-{number}", slug=f"tag-{number}")
        for thing in (make_question(make_member(), category=sleep), tag):
            following.follow(newt, thing)
    client = signed_in(newt)
    client.get("/")

    with django_assert_num_queries(6):
        client.get("/following/")
