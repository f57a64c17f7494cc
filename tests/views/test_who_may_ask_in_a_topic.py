"""Topics in which not everybody asks, over HTTP: the ask form, the topic's page, and questions that would move there."""

import pytest

from forum.models import Question, Tag
from tests.factories import make_category, make_member, make_question
from tests.support.records import everything_but_drafts
from tests.support.typing_forms import typed, typed_question

pytestmark = pytest.mark.django_db
SIGN_IN = "Sign in first. It takes a minute, and you can stay anonymous."
POINTS = "You need 500 points to ask in “Nights”. You have 100."


@pytest.fixture
def nights(sleep):
    """A topic below one for 500 points, with no level of its own."""
    return make_category("Nights", parent=make_category("Shifts", parent=sleep, level_to_ask="500"))


@pytest.fixture
def meeting(sleep):
    """A topic for members."""
    return make_category("Meeting", level_to_ask="member", guidance="Say where you live.")


def text_of(browser, path, **sent):
    return browser.get(path, sent).content.decode()


def option(topic, label, disabled=" disabled"):
    return f'<option value="{topic.pk}"{disabled}>{label}</option>'


def test_the_form_shows_what_one_may_not_choose_with_the_reason(client, signed_in, newt, ann, nights, meeting):
    guests, news, trusted = (text_of(browser, "/ask/") for browser in (client, signed_in(newt), signed_in(ann)))

    closed = option(nights, "\u2003\u2003Nights (from 500 points)")
    assert (closed in guests, option(meeting, "Meeting (members only)") in guests) == (True, True)
    assert (closed in news, option(meeting, "Meeting", "") in news) == (True, True)
    assert option(nights, "\u2003\u2003Nights", "") in trusted


def test_asking_there_is_refused_on_the_field_and_nothing_is_lost(signed_in, newt, nights):
    browser, before = signed_in(newt), everything_but_drafts()

    page = browser.post("/ask/", typed_question(nights, title="May I ask in here?"))

    assert (page.status_code, page.context["form"].errors) == (422, {"category": [POINTS]})
    assert "May I ask in here?" in page.content.decode()
    assert everything_but_drafts() == before


def test_who_may_ask_there_asks(signed_in, ann, nights):
    signed_in(ann).post("/ask/", typed_question(nights))

    assert Question.objects.get().category == nights


@pytest.mark.parametrize("name", ["path", "pk"])
def test_the_address_of_such_a_topic_says_who_may_ask(client, signed_in, newt, meeting, name):
    address = getattr(meeting, name)

    guests, members = (text_of(browser, "/ask/", category=address) for browser in (client, signed_in(newt)))

    assert [SIGN_IN in page for page in (guests, members)] == [True, False]
    assert ["Say where you live." in page for page in (guests, members)] == [False, True]
    assert f'href="/accounts/login/?next=/ask/%3Fcategory%3D{address}"' in guests


def test_a_topic_says_what_the_nearest_above_says_to_those_who_ask(client, sleep):
    sleep.guidance = "Say since when."
    sleep.save()
    below = make_category("Dreams", parent=sleep)

    assert "Say since when." in text_of(client, "/ask/", category=below.path)


def test_the_button_of_a_topic_follows(client, signed_in, newt, ann, nights, meeting):
    button = f'<a class="btn" href="/ask/?category={nights.pk}">'

    pages = [text_of(browser, nights.get_absolute_url()) for browser in (signed_in(ann), signed_in(newt), client)]

    assert [button in page for page in pages] == [True, False, False]
    assert [POINTS in page for page in pages] == [False, True, False]
    assert ["Sign in to ask" in page for page in pages] == [False, False, True]


def test_no_question_is_moved_where_its_editor_may_not_ask(signed_in, newt, mo, sleep, nights):
    mine = make_question(newt, category=sleep)
    browser, sent = signed_in(newt), {"title": mine.title, "body": mine.body, "category": nights.pk}
    before = everything_but_drafts()

    edit = browser.post(f"/posts/{mine.pk}/edit/", sent)
    retag = browser.post(f"/posts/{mine.pk}/retag/", {"category": nights.pk})

    assert [(page.status_code, page.context["form"].errors) for page in (edit, retag)] == [
        (422, {"category": [POINTS.replace("100", "120")]}),
    ] * 2
    assert everything_but_drafts() == before
    signed_in(mo).post(f"/posts/{mine.pk}/retag/", {"category": nights.pk})
    assert Question.objects.get().category == nights


def test_a_question_that_stands_there_can_be_edited_by_its_author(signed_in, newt, nights):
    trusted = make_member("trusted", points=600)
    theirs = make_question(trusted, category=nights)
    nights.level_to_ask = "moderator"
    nights.save()

    signed_in(trusted).post(
        f"/posts/{theirs.pk}/edit/", {"title": theirs.title, "body": "Other words.", "category": nights.pk}
    )

    assert Question.objects.values_list("body", "category").get() == ("Other words.", nights.pk)


def test_the_form_names_the_tags_a_topic_requires(client, sleep):
    sleep.required_tags.add(Tag.objects.create(name="naps", slug="naps"))

    assert "Questions here need one of these tags: naps." in text_of(client, "/ask/", category=sleep.pk)


def test_those_who_answer_read_what_the_nearest_topic_says_to_them(client, sleep):
    sleep.answer_guidance = "Say what worked for you."
    sleep.save()
    plain, heard = (make_question(category=make_category(parent=sleep), intent=intent) for intent in ("", "listening"))

    pages = [text_of(client, one.get_absolute_url()) for one in (plain, heard)]
    refused = client.post(f"/posts/{plain.pk}/answer/", typed(body="")).content.decode()

    assert [page.count("Say what worked for you.") for page in (*pages, refused)] == [1, 1, 1]
    assert "They’d like to be heard. You don’t have to solve anything.\nSay what worked for you.</p>" in pages[1]
