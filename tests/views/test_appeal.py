"""Appeals and sending again over HTTP."""

import pytest

from accounts.choices import Role
from forum.actions import appealing, messaging, moderating, sanctioning
from forum.limits import FOREVER
from forum.models import Appeal, Case, LogEntry
from forum.queries.appeals import appeal_path
from forum.rules import current
from forum.views import guest_cookie
from tests.factories import make_answer, make_member
from tests.support.pages import piece


@pytest.fixture
def entry(mo, question):
    """Mo's hiding of Ann's question."""
    moderating.hide_post(mo, question, reason="Please leave out the insult.")
    return LogEntry.objects.newest_first()[0]


def address(entry):
    return f"/appeal/{entry.number}/"


def test_the_form_says_what_was_done_and_why_and_not_by_whom(signed_in, ann, entry):
    page = piece(signed_in(ann).get(address(entry)))

    assert "A moderator hid what you wrote." in page
    assert "Please leave out the insult." in page
    assert ">mo<" not in page
    assert "How do I sleep better?" in page


def test_an_appeal_is_sent_and_then_read_where_it_was_written(signed_in, ann, mo, entry):
    client = signed_in(ann)

    answer = client.post(address(entry), {"text": "Nobody was insulted."})

    assert (answer.status_code, answer.url) == (302, address(entry))
    assert Appeal.objects.values_list("member", "text", "state").get() == (ann.pk, "Nobody was insulted.", "open")
    page = piece(client.get(address(entry)))
    assert "Nobody was insulted." in page
    assert "A moderator will look at it. You’ll find their answer here." in page
    assert "<textarea" not in page

    ada = make_member("ada", role=Role.ADMINISTRATOR)
    appealing.decide_appeal(ada, Appeal.objects.get(), granted=False, outcome="The second line is one.")
    page = piece(client.get(address(entry)))
    assert "The decision stays" in page
    assert "The second line is one." in page
    assert ">ada<" not in page


def test_a_guest_appeals_with_their_cookie(client, mo, guest, question, rf):
    moderating.hide_post(mo, make_answer(question, guest))
    entry = LogEntry.objects.newest_first()[0]
    answer = client.get("/")
    guest_cookie.remember(answer, guest)
    client.cookies.update(answer.cookies)

    answer = client.post(address(entry), {"text": "It was kind."})

    assert (answer.status_code, Appeal.objects.get().guest) == (302, guest)


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "Say briefly what was missed"),
        ("  ", "Say briefly what was missed"),
        ("x" * 1001, "1,000"),
    ],
)
def test_words_that_say_nothing_or_too_much_come_back(signed_in, ann, entry, text, sentence):
    answer = signed_in(ann).post(address(entry), {"text": text})

    assert answer.status_code == 422
    assert sentence in piece(answer)
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_finds_the_page(signed_in, client, bob, mo, entry, method):
    answers = [getattr(browser, method)(address(entry)) for browser in (client, signed_in(bob), signed_in(mo))]
    answers.append(getattr(signed_in(bob), method)("/appeal/99999999999999999999/"))

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Appeal.objects.count() == 0


def test_more_appeals_than_a_day_allows_are_refused(signed_in, ann, mo, question):
    client = signed_in(ann)
    statuses = []
    for answer in [make_answer(question, ann) for _ in range(4)]:
        moderating.hide_post(mo, answer)
        statuses.append(client.post(address(LogEntry.objects.newest_first()[0]), {"text": "Kind."}).status_code)

    assert statuses == [302] * 3 + [429]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(signed_in, ann, entry, method):
    assert getattr(signed_in(ann), method)(address(entry)).status_code == 405


def test_the_page_costs_the_same_before_and_after(signed_in, ann, entry, django_assert_num_queries):
    client = signed_in(ann)

    with django_assert_num_queries(6):
        client.get(address(entry))
    appealing.appeal_act(ann, entry, text="Kind.")
    with django_assert_num_queries(6):
        client.get(address(entry))


def test_the_way_to_an_appeal_is_shown_to_whom_it_was_done(ann, bob, mo, entry, question):
    rules = current()
    question.refresh_from_db()
    sanctioning.suspend_member(mo, bob, until=FOREVER, reason="Insults")
    suspended = LogEntry.objects.newest_first()[0]
    messaging.note_member(mo, bob, text="Talks a lot.")

    assert [appeal_path(about, ann, rules) for about in (question, entry, ann, bob)] == [
        address(entry),
        address(entry),
        "",
        "",
    ]
    assert [appeal_path(about, bob, rules) for about in (question, bob)] == ["", address(suspended)]


def test_a_hidden_post_is_sent_again_with_one_tap(signed_in, ann, entry, question):
    client = signed_in(ann)

    answer = client.post(f"/posts/{question.pk}/resubmit/")
    client.post(f"/posts/{question.pk}/resubmit/")

    assert (answer.status_code, answer.url) == (302, question.get_absolute_url())
    assert Case.objects.filter(kind="resubmitted").count() == 1
    assert "Sent. A moderator will look at it again." in piece(client.get(answer.url))


def test_nobody_else_sends_it_again(signed_in, client, bob, mo, entry, question):
    path = f"/posts/{question.pk}/resubmit/"

    answers = [browser.post(path) for browser in (client, signed_in(bob), signed_in(mo))]

    assert [answer.status_code for answer in answers] == [404, 404, 403]
    assert Case.objects.filter(kind="resubmitted").count() == 0
