"""Other names for tags over HTTP: asked for, approved, declined, taken away."""

import pytest

from forum.actions import synonyms
from forum.models import LogEntry, Tag, TagSynonym
from tests.factories import make_question


@pytest.fixture
def anxiety(ann, sleep):
    """A tag in use."""
    make_question(ann, tags=["anxiety"])
    return Tag.objects.get(name="anxiety")


@pytest.fixture
def wish(anxiety, ann):
    """A name that Ann asked for."""
    return synonyms.ask_for_synonym(ann, anxiety, name="anxious")


def states():
    return list(TagSynonym.objects.order_by("pk").values_list("name", "state", "reason"))


def test_a_member_asks_for_a_name(anxiety, ann, signed_in):
    browser = signed_in(ann)

    answer = browser.post(f"/tags/{anxiety.pk}/synonyms/", {"name": "Anxious Mind"})

    assert (answer.status_code, answer.url) == (302, f"/tags/{anxiety.pk}/synonyms/")
    assert states() == [("anxious-mind", "asked", "")]
    assert "Waiting for a moderator" in browser.get(answer.url).content.decode()


def test_a_name_that_is_the_tag_itself_is_refused_on_the_form(anxiety, ann, signed_in):
    answer = signed_in(ann).post(f"/tags/{anxiety.pk}/synonyms/", {"name": "anxiety"})

    assert answer.status_code == 422
    assert "is the tag’s own name." in answer.content.decode()
    assert states() == []


def test_whoever_asks_for_many_names_is_asked_to_wait(anxiety, ann, signed_in):
    browser = signed_in(ann)
    answers = [browser.post(f"/tags/{anxiety.pk}/synonyms/", {"name": f"name {number}"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 'value="name 10"' in answers[-1].content.decode()
    assert TagSynonym.objects.count() == 10


def test_a_guest_reads_the_names_and_what_it_takes_to_ask(wish, mo, client):
    synonyms.approve_synonym(mo, wish)

    text = client.get(f"/tags/{wish.tag_id}/synonyms/").content.decode()

    assert '<span class="tag"><bdi>anxious</bdi></span>' in text
    assert "Sign in first." in text


def test_an_approved_name_stands_on_the_page_of_its_tag(wish, mo, signed_in):
    browser = signed_in(mo)

    answer = browser.post(f"/tags/synonyms/{wish.pk}/approve/")

    assert (answer.status_code, answer.url) == (302, "/tags/synonyms/")
    assert "“anxious” leads to anxiety now." in browser.get("/tags/synonyms/").content.decode()
    assert "Also called <bdi>anxious</bdi>" in browser.get("/tag/anxiety/").content.decode()


def test_whoever_decides_sees_that_a_name_is_a_tag_itself(wish, mo, ann, signed_in):
    make_question(ann, tags=["anxious"])

    text = signed_in(mo).get("/tags/synonyms/").content.decode()

    assert "is already a tag, on 1 question." in text


def test_who_asked_reads_why_a_name_was_declined(wish, ann, mo, signed_in):
    signed_in(mo).post(f"/tags/synonyms/{wish.pk}/decline/", {"reason": "It means a person."})

    assert states() == [("anxious", "declined", "It means a person.")]
    assert "It means a person." in signed_in(ann).get(f"/tags/{wish.tag_id}/synonyms/").content.decode()


def test_nobody_else_reads_why_a_name_was_declined(wish, mo, bob, signed_in):
    synonyms.decline_synonym(mo, wish, reason="It means a person.")

    assert "It means a person." not in signed_in(bob).get(f"/tags/{wish.tag_id}/synonyms/").content.decode()


def test_declining_without_a_reason_changes_nothing(wish, mo, signed_in):
    answer = signed_in(mo).post(f"/tags/synonyms/{wish.pk}/decline/", {"reason": ""})

    assert answer.status_code == 422
    assert "Say briefly why." in answer.content.decode()
    assert states() == [("anxious", "asked", "")]


def test_taking_a_name_away_can_be_taken_back(wish, mo, signed_in):
    synonyms.approve_synonym(mo, wish)
    browser = signed_in(mo)

    browser.post(f"/tags/synonyms/{wish.pk}/remove/", {"reason": "Too wide."})
    assert states() == [("anxious", "removed", "Too wide.")]
    browser.post("/moderation/undo/", {"entries": str(LogEntry.objects.newest_first().first().number)})

    assert [state for _, state, _ in states()] == ["approved"]


@pytest.mark.parametrize("path", ["/tags/synonyms/", "/tags/{}/manage/"])
def test_members_do_not_decide(wish, bob, signed_in, path):
    answer = signed_in(bob).get(path.format(wish.tag_id))

    assert answer.status_code == 403


def test_names_that_wait_cost_the_same_with_one_and_with_three(django_assert_num_queries, wish, ann, mo, signed_in):
    browser = signed_in(mo)
    browser.get("/tags/synonyms/")
    with django_assert_num_queries(7):
        browser.get("/tags/synonyms/")

    for name in ("worried", "uneasy"):
        synonyms.ask_for_synonym(ann, wish.tag, name=name)
    with django_assert_num_queries(7):
        browser.get("/tags/synonyms/")
