"""A tag is known as far as the questions that carry it: what is coined out of sight is as unknown as that is."""

import pytest
from django.core.cache import cache

from forum.actions import asking, editing, moderating
from forum.actions.recounting import recount
from forum.models import Tag
from tests.factories import make_question, make_synonym

pytestmark = pytest.mark.django_db

COINED = "zolpidem-forum"
FOUND = {
    "its page": f"/tag/{COINED}/",
    "its feed": f"/feed/tag/{COINED}.rss",
    "completion": "/tags/complete/?q=zolp",
    "the list": "/tags/",
    "the list, searched": "/tags/?q=zolp",
    "beside lists": "/questions/",
    "its neighbours": "/tag/insomnia/",
    "search by it": f"/search/?q=tag%3A{COINED}",
    "search by another name": "/search/?q=sleepingpill",
    "the sitemap": "/sitemap-tags-0.xml",
}


def ask(ann, sleep, **fields):
    """Let ann ask what others see, and coin a tag with it; one other question carries its neighbour."""
    make_question(ann, category=sleep, tags=["insomnia"])
    asked = {"title": "May I ask this?", "body": "I wake.", "category": sleep, "tags": [COINED, "insomnia"], **fields}
    question = asking.ask_question(ann, **asked)
    make_synonym("sleepingpill", Tag.objects.get(name=COINED))
    return question


def where(browser):
    """Say where a reader meets the tag, its own page or feed included."""
    met = set()
    for name, path in FOUND.items():
        answer = browser.get(path)
        text = answer.content.decode().replace(f'value="tag:{COINED}"', "")
        if answer.status_code == 200 and (COINED if name == "completion" else f"/tag/{COINED}/") in text:
            met.add(name)
        if name in {"its page", "its feed"} and answer.status_code == 200:
            met.add(name)
    return met


@pytest.fixture
def readers(client, signed_in, newt):
    return {"guest": client, "member": signed_in(newt)}


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def test_a_tag_of_a_public_question_is_known_everywhere(ann, sleep, readers):
    ask(ann, sleep)

    met = where(readers["guest"])

    assert {"its page", "its feed", "completion", "the list", "its neighbours", "the sitemap"} <= met
    assert recount(check=True) == []


@pytest.mark.parametrize("away", ["hidden", "deleted", "held", "waiting", "withdrawn"])
def test_a_tag_coined_out_of_sight_is_unknown(mo, ann, sleep, readers, away, django_capture_on_commit_callbacks):
    question = ask(ann, sleep, must_wait=away == "waiting")
    with django_capture_on_commit_callbacks(execute=True):
        for browser in readers.values():
            where(browser)  # what pages keep for some minutes
        if away == "withdrawn":
            editing.withdraw_post(ann, question)
        elif away != "waiting":
            act = {"hidden": moderating.hide_post, "deleted": moderating.delete_post, "held": moderating.hold_post}
            act[away](mo, question, reason="Let us look")

    assert {who: where(browser) for who, browser in readers.items()} == {"guest": set(), "member": set()}
    assert recount(check=True) == []


def test_it_comes_back_with_its_question(mo, ann, sleep, readers):
    question = ask(ann, sleep)
    moderating.hide_post(mo, question, reason="Let us look")
    moderating.show_post(mo, question, reason="It is fine.")

    assert {"its page", "its feed", "completion", "the list"} <= where(readers["guest"])


def test_a_tag_of_members_questions_is_known_to_members_alone(ann, sleep, readers):
    ask(ann, sleep, audience="members")

    met = {who: where(browser) for who, browser in readers.items()}

    assert met["guest"] == set()
    assert {"its page", "completion", "the list", "its neighbours"} <= met["member"]
    assert "its feed" not in met["member"]
    assert "the sitemap" not in met["member"]


def test_it_follows_the_audience_of_its_question(ann, sleep, readers, django_capture_on_commit_callbacks):
    question = ask(ann, sleep)
    with django_capture_on_commit_callbacks(execute=True):
        where(readers["guest"])
        editing.edit_post(ann, question, title=question.title, body=question.body, audience="members")

    assert where(readers["guest"]) == set()
    assert recount(check=True) == []


def test_its_author_and_moderators_still_find_it(mo, ann, sleep, signed_in):
    question = ask(ann, sleep)
    moderating.hide_post(mo, question, reason="Let us look")

    assert [signed_in(who).get(FOUND["its page"]).status_code for who in (ann, mo)] == [200, 200]


def test_its_texts_and_names_are_as_unknown(mo, ann, bob, sleep, signed_in):
    question = ask(ann, sleep)
    moderating.hide_post(mo, question, reason="Let us look")
    base = f"/tags/{Tag.objects.get(name=COINED).pk}/"

    paths = [f"{base}{page}/" for page in ("history", "synonyms", "edit")]
    assert [signed_in(bob).get(path).status_code for path in paths] == [404, 404, 404]
    assert signed_in(bob).post(f"{base}follow/", {"state": "daily"}).status_code == 404


def test_what_an_owner_gave_a_topic_stays_offered(mo, ann, sleep, client):
    question = ask(ann, sleep)
    sleep.required_tags.add(Tag.objects.get(name=COINED))
    moderating.hide_post(mo, question, reason="Let us look")

    assert COINED in client.get(FOUND["completion"]).content.decode()
