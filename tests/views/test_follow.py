"""Following over HTTP: the buttons, the page of what one follows, and the words one mutes."""

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions import following, moderating
from forum.models import Follow, Preferences, Tag
from tests.factories import make_member, make_question
from tests.support.pages import as_htmx, piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def tag(question):
    return Tag.objects.create(name="rest", slug="rest")


def address(thing):
    """Return where the button of a thing goes."""
    kind = {"Post": "post", "Category": "topic", "Tag": "tag", "User": "member"}[type(thing).__name__]
    return f"/{kind}s/{thing.pk}/follow/"


def followed(member):
    rows = Follow.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("question", "category", "tag", "person"))


def modes(response):
    return [(row.name, row.mode) for row in response.context["list"].page.rows]


def test_each_thing_is_followed_once_and_its_reader_comes_back_to_it(signed_in, newt, bob, question, sleep, tag):
    client = signed_in(newt)
    things = (question, sleep, tag, bob)

    answers = [client.post(address(thing), {"state": "on"}) for thing in things for _ in range(2)]

    places = [question.get_absolute_url(), "/questions/sleep/", "/tag/rest/", "/user/bob/"]
    assert [answer.url for answer in answers[::2]] == places
    assert followed(newt) == [
        (question.pk, None, None, None),
        (None, sleep.pk, None, None),
        (None, None, tag.pk, None),
        (None, None, None, bob.pk),
    ]


@pytest.mark.parametrize("mode", ["instant", "daily", "weekly", "site", "muted"])
def test_each_way_of_hearing_is_a_button(signed_in, newt, bob, question, tag, mode):
    following.follow(newt, question)
    client = signed_in(newt)

    where = [client.post(address(thing), {"state": mode}).url for thing in (question, tag, bob)]

    assert where == [question.get_absolute_url(), "/tag/rest/", "/user/bob/"]
    assert list(Follow.objects.filter(member=newt).values_list("mode", flat=True)) == [mode] * 3
    for page in (question.get_absolute_url(), "/tag/rest/", "/user/bob/", "/following/"):
        assert f'name="state" value="{mode}" aria-pressed="true"' in piece(client.get(page))


def test_a_member_follows_neither_themselves_nor_a_closed_account(signed_in, newt, bob):
    bob.closed_at = timezone.now()
    bob.save(update_fields=["closed_at"])
    client = signed_in(newt)

    answers = [client.post(address(person), {"state": "on"}).status_code for person in (newt, bob)]

    assert (answers, followed(newt)) == ([403, 404], [])
    assert address(newt) not in piece(client.get("/user/newt/"))


def test_whoever_closed_their_account_leaves_the_list_without_their_name(signed_in, newt, bob):
    following.follow(newt, bob)
    bob.closed_at = timezone.now()
    bob.save(update_fields=["closed_at"])
    client = signed_in(newt)

    page = client.get("/following/")
    client.post(address(bob), {"state": "off", "place": "list"})

    assert (modes(page), "bob" in piece(page)) == ([("This account is closed", "daily")], False)
    assert followed(newt) == []


def test_what_is_not_there_is_not_found_and_a_state_nobody_knows_is_refused(signed_in, newt, mo, question):
    moderating.hide_post(mo, question, reason="Spam")
    client = signed_in(newt)

    kinds = ("post", "topic", "tag", "member")
    paths = [address(question), *(f"/{kind}s/{key}/follow/" for kind in kinds for key in (999, 10**20))]

    assert [client.post(path, {"state": "on"}).status_code for path in paths] == [404] * 9
    assert client.post(address(question.category), {"state": "perhaps"}).status_code == 422
    assert followed(newt) == []


def test_what_went_out_of_sight_leaves_the_list_and_tells_nothing(signed_in, newt, mo, question):
    following.follow(newt, question)
    moderating.hide_post(mo, question, reason="It names somebody.")
    client = signed_in(newt)

    page = piece(client.get("/following/"))
    response = client.post(address(question), {"state": "off", "place": "list"})

    assert ("This question is no longer here" in page, question.title in page) == (True, False)
    assert (response.url, followed(newt)) == (f"/following/?gone=post-{question.pk}", [])
    assert "You don’t follow anything yet" in piece(client.get(response.url))


def test_letting_go_of_what_went_out_of_sight_says_nothing_of_it(signed_in, newt, mo, question):
    following.follow(newt, question)
    moderating.hide_post(mo, question, reason="It names somebody.")

    response = as_htmx(signed_in(newt), address(question), {"state": "off"})

    assert (response.status_code, question.title in piece(response), followed(newt)) == (200, False, [])


@pytest.mark.parametrize("state", ["on", "off", "muted", "instant"])
def test_the_piece_is_the_pages_own(signed_in, newt, question, tag, state):
    client = signed_in(newt)
    following.follow(newt, tag)

    answered = piece(as_htmx(client, address(tag), {"state": state, "place": "list"}))

    where = "/following/" if state != "off" else f"/following/?gone=tag-{tag.pk}"
    assert answered in piece(client.get(where))


@pytest.mark.parametrize(
    ("state", "said"),
    [("on", "Following"), ("off", "Follow"), ("muted", "Muted"), ("site", "Stop following")],
)
def test_a_question_is_followed_and_muted_below_it(signed_in, newt, question, state, said):
    client = signed_in(newt)

    answered = piece(as_htmx(client, address(question), {"state": state, "place": "acts"}))

    assert said in answered
    assert answered in piece(client.get(question.get_absolute_url()))


def test_a_guest_is_led_to_sign_in_and_back(client, question):
    form = f'<form class="follow" method="post" action="{address(question)}">'

    assert form in piece(client.get(question.get_absolute_url()))
    assert client.post(address(question), {"state": "on"}).url.startswith("/accounts/login/?next=%2F%3Fwish")
    assert Follow.objects.exclude(member=question.author).count() == 0


def test_a_slip_is_undone_in_the_row_it_left(signed_in, newt, question, tag):
    following.follow(newt, tag)
    client = signed_in(newt)

    where = client.post(address(tag), {"state": "off", "place": "list"}).url

    assert modes(client.get(where)) == [("rest", "")]
    client.post(address(tag), {"state": "on", "place": "list"})
    assert followed(newt) == [(None, None, tag.pk, None)]
    assert modes(client.get(where)) == [("rest", "daily")]


def test_the_list_is_its_members_own_by_kind_the_last_first(signed_in, newt, bob, question, tag):
    for thing in (question, question.category, tag, bob):
        following.follow(newt, thing)
    following.set_follow_mode(newt, tag, "muted")
    mine = signed_in(newt)

    shown = {
        show: modes(mine.get("/following/", {"show": show})) for show in ("", "topic", "post", "member", "muted", "no")
    }

    everything = [("bob", "daily"), ("rest", "muted"), ("Sleep", "daily"), (question.title, "daily")]
    assert shown == {
        "": everything,
        "topic": [("Sleep", "daily")],
        "post": [(question.title, "daily")],
        "member": [("bob", "daily")],
        "muted": [("rest", "muted")],
        "no": everything,
    }
    assert Client().get("/following/").url == "/accounts/login/?next=%2Ffollowing%2F"
    assert "You don’t follow anything yet" in piece(signed_in(bob).get("/following/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(signed_in, newt, sleep, count, django_assert_num_queries):
    for number in range(count):
        tag = Tag.objects.create(name=f"tag-{number}", slug=f"tag-{number}")
        for thing in (make_question(make_member(), category=sleep), tag, make_member()):
            following.follow(newt, thing)
    client = signed_in(newt)
    client.get("/")

    with django_assert_num_queries(6):
        client.get("/following/")


def test_a_button_of_a_tab_leads_back_to_it(signed_in, newt, tag):
    following.follow(newt, tag)
    client = signed_in(newt)

    muted = client.post(address(tag), {"state": "muted", "place": "list", "show": "tag"}).url
    stopped = client.post(address(tag), {"state": "off", "place": "list", "show": "muted"}).url
    elsewhere = client.post(address(tag), {"state": "on", "place": "list", "show": "//example.org"}).url

    key = f"tag-{tag.pk}"
    assert (muted, stopped) == (f"/following/?show=tag#follow-{key}", f"/following/?show=muted&gone={key}")
    assert elsewhere == f"/following/#follow-{key}"


def test_what_one_asked_is_among_what_one_follows_and_nobody_else_sees_that(signed_in, newt, ann, sleep):
    veiled = make_question(newt, title="Is it only me who cannot rest?", is_anonymous=True)

    mine, theirs = (modes(signed_in(member).get("/following/")) for member in (newt, ann))
    mine_again, page = (piece(signed_in(member).get(veiled.get_absolute_url())) for member in (newt, ann))

    assert (mine, theirs) == ([(veiled.title, "site")], [])
    stops = 'name="state" value="off"'
    assert (stops in mine_again, stops in page, "ollower" in page) == (True, False, False)


def test_words_are_saved_and_shown_again(signed_in, newt):
    client = signed_in(newt)

    answer = client.post("/following/words/", {"words": "fasting\r\nCalorie count\r\nFasting"})

    assert (answer.url, Preferences.objects.get(member=newt).muted_words) == (
        "/following/words/",
        "fasting\nCalorie count",
    )
    page = client.get("/following/words/")
    assert (page.context["form"]["words"].value(), "Saved." in piece(page)) == ("fasting\nCalorie count", True)


def test_too_long_a_word_is_shown_again_with_a_sentence(signed_in, newt):
    answer = signed_in(newt).post("/following/words/", {"words": "x" * 61})

    assert (answer.status_code, answer.context["form"].errors["words"]) == (
        422,
        ["Use at most 60 characters per line."],
    )
    assert ("x" * 61 in piece(answer), Preferences.objects.count()) == (True, 0)


def test_words_are_for_members(client):
    assert client.get("/following/words/").url == "/accounts/login/?next=%2Ffollowing%2Fwords%2F"
