"""What moderators do to a tag, over HTTP: each says before what it changes, and is taken back with one tap."""

import pytest

from forum.models import LogEntry, Tag
from tests.factories import make_question


@pytest.fixture
def worry(ann, sleep):
    """A tag on two questions, one of which carries `anxiety` too."""
    make_question(ann, tags=["worry"])
    make_question(ann, tags=["worry", "anxiety"])
    return Tag.objects.get(name="worry")


@pytest.fixture
def act(worry, mo, signed_in):
    """Return what a moderator's browser is answered to an act on the tag."""
    browser = signed_in(mo)

    def send(verb, /, **fields):
        return browser.post(f"/tags/{worry.pk}/{verb}/", fields)

    send.browser = browser
    return send


def standing():
    return list(Tag.objects.standing().order_by("name").values_list("name", "question_count", "is_reserved"))


BEFORE = [("anxiety", 1, False), ("worry", 2, False)]


def test_the_page_says_how_many_questions_merging_changes(worry, act):
    text = act.browser.get(f"/tags/{worry.pk}/manage/?target=Anxiety,").content.decode()

    assert "which has 1 so far; 1 already has both." in text
    assert 'name="target" value="anxiety"' in text


@pytest.mark.parametrize(
    "target, sentence",
    [("nope", "There’s no tag “nope” to merge into."), ("worry", "That’s this tag itself. Choose the tag to keep.")],
)
def test_a_target_that_is_none_is_said_before_anything_is_sent(worry, act, target, sentence):
    text = act.browser.get(f"/tags/{worry.pk}/manage/?target={target}").content.decode()

    assert sentence in text
    assert "Merge into <bdi>" not in text


@pytest.mark.parametrize(
    "name, fields, place, after",
    [
        ("rename", {"name": "Worrying"}, "/tags/{}/manage/", [("anxiety", 1, False), ("worrying", 2, False)]),
        ("merge", {"target": "anxiety"}, "/tag/anxiety/", [("anxiety", 2, False)]),
        ("delete", {}, "/tags/", [("anxiety", 1, False)]),
        ("reserve", {"is_reserved": "on"}, "/tags/{}/manage/", [("anxiety", 1, False), ("worry", 2, True)]),
    ],
)
def test_an_act_is_done_and_taken_back(worry, act, name, fields, place, after):
    answer = act(name, reason="The same thing.", **fields)

    assert (answer.status_code, answer.url) == (302, place.format(worry.pk))
    assert standing() == after
    number = LogEntry.objects.newest_first().first().number
    assert f'name="entries" value="{number}"' in act.browser.get(answer.url).content.decode()

    act.browser.post("/moderation/undo/", {"entries": str(number)})
    assert standing() == BEFORE


@pytest.mark.parametrize(
    "name, fields",
    [
        ("rename", {"name": "worrying"}),
        ("merge", {"target": "anxiety"}),
        ("delete", {}),
        ("reserve", {"is_reserved": "on"}),
    ],
)
def test_an_act_without_a_reason_changes_nothing(worry, act, name, fields):
    answer = act(name, reason="", **fields)

    assert answer.status_code == 422
    assert "Say briefly why." in answer.content.decode()
    assert standing() == BEFORE


def test_a_name_that_another_tag_has_is_refused_with_everything_kept(worry, act):
    answer = act("rename", name="anxiety", reason="Nearly the same.")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="anxiety"' in text
    assert 'value="Nearly the same."' in text
    assert standing() == BEFORE


def test_renaming_leads_the_old_address_to_the_new_name(act, client):
    act("rename", name="worrying", reason="Clearer.")

    answer = client.get("/tag/worry/")

    assert (answer.status_code, answer.url) == (301, "/tag/worrying/")
