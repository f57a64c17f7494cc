"""The words about a tag over HTTP: written, kept, brought back."""

import pytest

from forum.actions import describing
from forum.models import LogEntry, Tag, TagRevision
from tests.factories import make_question

WORDS = {
    "excerpt": "Attacks, and ways through",
    "guide": "When it **comes**.",
    "reason": "A start",
    "base_version": "0",
}


@pytest.fixture
def panic(ann, sleep):
    """A tag that nobody has described."""
    make_question(ann, tags=["panic"])
    return Tag.objects.get(name="panic")


@pytest.fixture
def texts(panic, ann, mo):
    """The tag after two texts."""
    describing.describe_tag(ann, panic, excerpt="Attacks", guide="First words.", reason="A start")
    return describing.describe_tag(mo, panic, excerpt="Attacks", guide="Other words.", reason="Clearer")


def test_words_are_saved_as_a_text_and_stand_on_the_page(panic, ann, signed_in):
    browser = signed_in(ann)

    answer = browser.post(f"/tags/{panic.pk}/edit/", WORDS)

    assert (answer.status_code, answer.url) == (302, "/tag/panic/")
    text = browser.get("/tag/panic/").content.decode()
    assert "Changes saved." in text
    assert "When it <strong>comes</strong>." in text
    assert TagRevision.objects.values_list("number", "editor__username", "reason").get() == (1, "ann", "A start")


def test_a_moderator_is_offered_the_way_back(panic, mo, signed_in):
    browser = signed_in(mo)
    browser.post(f"/tags/{panic.pk}/edit/", WORDS)

    number = LogEntry.objects.newest_first().first().number

    assert f'name="entries" value="{number}"' in browser.get("/tag/panic/").content.decode()


def test_words_that_are_too_long_are_kept_on_the_form(panic, ann, signed_in):
    answer = signed_in(ann).post(f"/tags/{panic.pk}/edit/", WORDS | {"excerpt": "x" * 201, "guide": "Typed for long"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Use up to 200 characters. Put the rest in the guide." in text
    assert "Typed for long" in text
    assert not TagRevision.objects.exists()


def test_somebody_who_was_quicker_is_not_overwritten(texts, ann, signed_in):
    browser = signed_in(ann)

    answer = browser.post(f"/tags/{texts.pk}/edit/", WORDS | {"guide": "My words.", "base_version": "1"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "This changed while you were writing" in text
    assert 'name="base_version" value="2"' in text
    assert "My words.</textarea>" in text
    assert Tag.objects.get(pk=texts.pk).guide == "Other words."


def test_what_was_seen_is_replaced_by_saving_once_more(texts, ann, signed_in):
    signed_in(ann).post(f"/tags/{texts.pk}/edit/", WORDS | {"guide": "My words.", "base_version": "2"})

    assert Tag.objects.get(pk=texts.pk).guide == "My words."


def test_a_preview_shows_the_guide_and_saves_nothing(panic, ann, signed_in):
    answer = signed_in(ann).post(f"/tags/{panic.pk}/edit/", WORDS | {"action": "preview"})

    text = answer.content.decode()
    assert "Preview: not posted yet" in text
    assert "When it <strong>comes</strong>." in text
    assert not TagRevision.objects.exists()


def test_a_text_is_given_back_to_whoever_was_signed_out(panic, client):
    answer = client.post(f"/tags/{panic.pk}/edit/", WORDS)

    assert answer.status_code == 403
    assert "When it **comes**.</textarea>" in answer.content.decode()


def test_a_newcomer_learns_what_is_missing(panic, newt, signed_in):
    answer = signed_in(newt).get(f"/tags/{panic.pk}/edit/")

    assert answer.status_code == 403
    assert "You need 500 points to write what a tag is about. You have 100." in answer.content.decode()


def test_the_history_names_who_changed_which_words(texts, client):
    text = client.get(f"/tags/{texts.pk}/history/").content.decode()

    assert '<a class="who" href="/user/mo/"><bdi>mo</bdi></a>' in text
    assert '<del><span class="vh">[removed: </span>First<span' in text
    assert '<ins><span class="vh">[added: </span>Other<span' in text
    assert "Roll back to this" not in text


def test_an_earlier_text_comes_back_as_a_new_one(texts, ann, signed_in):
    answer = signed_in(ann).post(f"/tags/{texts.pk}/history/1/roll-back/", {"reason": "It said more"})

    tag = Tag.objects.get(pk=texts.pk)
    assert (answer.status_code, answer.url) == (302, "/tag/panic/")
    assert (tag.guide, tag.revision_count) == ("First words.", 3)


def test_bringing_back_without_a_reason_changes_nothing(texts, ann, signed_in):
    answer = signed_in(ann).post(f"/tags/{texts.pk}/history/1/roll-back/", {"reason": ""})

    assert answer.status_code == 422
    assert "Say briefly why this version is better." in answer.content.decode()
    assert Tag.objects.get(pk=texts.pk).revision_count == 2


@pytest.mark.parametrize("path", ["edit/", "history/", "history/1/roll-back/", "synonyms/", "manage/"])
def test_a_deleted_tag_has_no_pages(texts, ada, signed_in, path):
    Tag.objects.filter(pk=texts.pk).update(removed_at=texts.revisions.first().created_at)

    assert signed_in(ada).get(f"/tags/{texts.pk}/{path}").status_code == 404


@pytest.mark.parametrize("reader, count", [("guest", 5), ("member", 7)], indirect=["reader"])
def test_a_history_costs_the_same_with_two_texts_and_with_three(django_assert_num_queries, reader, count, texts, ann):
    with django_assert_num_queries(count):
        reader.get(f"/tags/{texts.pk}/history/")

    describing.describe_tag(ann, texts, excerpt="", guide="Third words.", reason="Shorter")
    with django_assert_num_queries(count):
        reader.get(f"/tags/{texts.pk}/history/")
