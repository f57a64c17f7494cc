"""What a member lets others see of their page: each part, sensitive topics, and a look at it as others do."""

import pytest

from forum.actions import answering, following
from forum.choices import MemberPart
from forum.models import Category, Guest, Notification, Preferences
from forum.queries.members import get_member_or_404
from forum.queries.search import get_search_page
from forum.queries.user_page import get_member_page
from forum.queries.user_posts import PostCounts
from tests.factories import make_answer, make_category, make_comment, make_question
from tests.support.accounts import shown
from tests.support.jobs import run_jobs
from tests.support.records import everything

pytestmark = pytest.mark.django_db
PATH = "/settings/visibility/"


@pytest.fixture
def life(ann, bob, sleep):
    """Bob answered twice, and commented, once in a sensitive topic below another; Ann chose both."""
    grief = make_category("Grief", is_sensitive=True)
    plain = make_answer(make_question(ann, title="How do I fall asleep?", tags=["night"]), bob, days_ago=1)
    hard = make_answer(
        make_question(ann, title="How do I get up?", category=make_category("Loss", parent=grief), tags=["loss"]), bob
    )
    for answer in (plain, hard):
        make_comment(answer.question, bob)
    answering.accept_answer(ann, plain)
    answering.accept_answer(ann, hard)
    return plain, hard


def seen(member, viewer, **how):
    page = get_member_page(get_member_or_404(member.username), viewer, **how)
    return {
        "activity": [row.title for row in page.activity],
        "best": [row.title for row in page.best],
        "topics": [topic.name for topic in page.strengths.topics],
        "tags": [tag.name for tag in page.strengths.tags],
        "counts": page.head.counts,
        "curve": page.curve is not None,
        "follows": page.follows is not None,
    }


HALF = {
    "activity": ["How do I fall asleep?"],
    "best": ["How do I fall asleep?"],
    "topics": ["Sleep"],
    "tags": ["night"],
    "counts": PostCounts(answers=1, best_answers=1, questions=0),
    "curve": True,
    "follows": True,
}
ALL = HALF | {
    "activity": ["How do I get up?", "How do I fall asleep?"],
    "best": ["How do I get up?", "How do I fall asleep?"],
    "topics": ["Sleep", "Loss"],
    "tags": ["loss", "night"],
    "counts": PostCounts(answers=2, best_answers=2, questions=0),
}
NOTHING = HALF | {"activity": [], "best": [], "topics": [], "tags": [], "counts": PostCounts(0, 0, 0)}


def test_what_stands_in_sensitive_topics_is_the_members_alone_from_the_start(ann, bob, mo, life):
    assert seen(bob, bob) == ALL
    assert [seen(bob, viewer) for viewer in (Guest(), ann, mo)] == [HALF, HALF, HALF]


def test_a_member_may_show_what_stands_in_sensitive_topics(ann, bob, life):
    Preferences.objects.create(member=bob, shows_sensitive=True)

    assert [seen(bob, viewer) for viewer in (Guest(), ann)] == [ALL, ALL]


@pytest.mark.parametrize(
    "part, left",
    [
        (MemberPart.POSTS, NOTHING),
        (MemberPart.STRENGTHS, HALF | {"topics": [], "tags": []}),
        (MemberPart.CURVE, HALF | {"curve": False}),
        (MemberPart.FOLLOWS, HALF | {"follows": False}),
    ],
)
def test_a_part_that_is_kept_private_is_seen_by_its_member_alone(ann, bob, life, part, left):
    Preferences.objects.create(member=bob, hidden=[part])

    assert [seen(bob, viewer) for viewer in (Guest(), ann)] == [left, left]
    assert seen(bob, bob) == ALL


def test_a_member_looks_at_their_page_as_others_do(bob, life, signed_in):
    client = signed_in(bob)

    own, others = client.get("/user/bob/"), client.get("/user/bob/?as=others")

    assert seen(bob, bob, as_others=True) == HALF
    assert ("How do I get up?" in shown(own), "How do I get up?" in shown(others)) == (True, False)
    assert others.context["member"].as_others is True


def test_nobody_else_is_shown_a_page_as_others_see_it(ann, bob, life, signed_in):
    page = signed_in(ann).get("/user/bob/?as=others").context["member"]

    assert (page.is_own, page.as_others) == (False, False)


@pytest.mark.parametrize("address", ["/user/bob/", "/user/bob/answers/", "/user/bob/activity/", "/feed/user/bob.rss"])
def test_no_list_and_no_feed_names_what_is_private(client, bob, life, address):
    assert "How do I get up?" not in client.get(address).content.decode()
    Preferences.objects.create(member=bob, hidden=[MemberPart.POSTS])

    assert "How do I fall asleep?" not in client.get(address).content.decode()


def test_the_page_of_choices_saves_them_and_twice_is_once(bob, signed_in):
    client = signed_in(bob)
    form = {"shown": ["curve", "posts"], "shows_sensitive": "on"}

    first = client.post(PATH, form)
    client.post(PATH, form)

    assert first["Location"] == PATH
    chosen = Preferences.objects.get()
    assert (chosen.member, chosen.hidden, chosen.shows_sensitive) == (bob, ["follows", "strengths"], True)
    assert client.get(PATH).context["form"].initial == {"shown": ["posts", "curve"], "shows_sensitive": True}


def test_a_part_that_there_is_not_is_refused(bob, signed_in):
    client = signed_in(bob)
    before = everything()

    answer = client.post(PATH, {"shown": ["address"]})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"shown": ["Choose from this list."]}
    assert everything() == before


def test_a_guest_is_asked_to_sign_in(client):
    assert client.get(PATH)["Location"] == "/accounts/login/?next=/settings/visibility/".replace("=/", "=%2F").replace(
        "settings/visibility/", "settings%2Fvisibility%2F"
    )


@pytest.mark.parametrize(
    "chosen, found",
    [
        ({}, ["How do I fall asleep?"]),
        ({"shows_sensitive": True}, ["How do I get up?", "How do I fall asleep?"]),
        ({"hidden": [MemberPart.POSTS]}, []),
    ],
)
def test_a_search_by_name_finds_what_the_page_shows(ann, bob, life, chosen, found):
    Preferences.objects.create(member=bob, **chosen)
    searched = {viewer: get_search_page(viewer, "user:bob").rows for viewer in (ann, bob)}

    assert [row.question.title for row in searched[ann]] == found
    assert [row.question.title for row in searched[bob]] == ["How do I get up?", "How do I fall asleep?"]


@pytest.mark.parametrize("shows_sensitive, told", [(False, []), (True, ["new_question"])])
def test_whoever_follows_a_member_hears_of_sensitive_topics_only_if_the_member_says_so(
    newt, bob, life, shows_sensitive, told
):
    Preferences.objects.create(member=bob, shows_sensitive=shows_sensitive)
    run_jobs()
    following.follow(newt, bob)

    make_answer(make_question(category=Category.objects.get(name="Loss")), bob)
    run_jobs()

    assert list(Notification.objects.filter(recipient=newt).values_list("kind", flat=True)) == told
