"""/posts/ID/moderate/: every act on one post, as a page, and each act's own address."""

import pytest

from forum.actions import closing, flagging, measuring, moderating, undoing
from forum.choices import MeasureKind
from forum.models import Closure, LogEntry, Measure, Merge, Message, Post
from tests.factories import make_answer, make_category, make_comment, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db

ONE_TAP = [
    ("hide", "status", "hidden"),
    ("delete", "status", "deleted"),
    ("protect", "is_protected", True),
    ("pin", "is_pinned", True),
    ("lock", "is_locked", True),
]


def url(post, verb="moderate"):
    return f"/posts/{post.pk}/{verb}/"


def now(post):
    return Post.objects.get(pk=post.pk)


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("verb, column, value", ONE_TAP)
def test_one_tap_acts_and_leads_back_with_an_undo(mo, question, signed_in, verb, column, value):
    answer = signed_in(mo).post(url(question, verb), {"reason": "Because", "next": "/moderation/"}, follow=False)

    assert (answer.status_code, answer["Location"]) == (302, "/moderation/")
    assert getattr(now(question), column) == value
    entry = LogEntry.objects.get()
    assert (entry.actor, entry.text.reason) == (mo, "Because")


def test_the_way_back_is_the_post_and_never_another_site(mo, question, signed_in):
    for wanted in ("", "https://example.org/", "//example.org/"):
        answer = signed_in(mo).post(url(question, "pin"), {"next": wanted})
        assert answer["Location"] == question.get_absolute_url()


def test_the_message_offers_to_undo(mo, question, signed_in):
    client = signed_in(mo)
    shown = text_of(client.post(url(question, "hide"), {}, follow=True))
    number = LogEntry.objects.get().number

    assert "Hidden." in shown
    assert f'name="entries" value="{number}"' in shown
    client.post("/moderation/undo/", {"entries": str(number), "next": "/"})
    assert now(question).status == "published"


def test_the_author_reads_the_reply(ann, mo, question, signed_in):
    signed_in(mo).post(url(question, "hide"), {"reply": "Please take the name out."})

    assert Message.objects.values_list("conversation__member", "text").get() == (ann.pk, "Please take the name out.")


@pytest.mark.parametrize(
    "verb, given, held",
    [
        ("slow", {"minutes": "30"}, {"slow_minutes": 30}),
        ("notice", {"text": "Ask a doctor first."}, {"has_notice": True}),
        ("close", {"cause": "heated", "reason": "A pause"}, {"is_closed": True}),
    ],
)
def test_acts_that_ask_for_something_take_it(mo, question, signed_in, verb, given, held):
    signed_in(mo).post(url(question, verb), given)

    assert Post.objects.filter(pk=question.pk, **held).exists()


def test_a_lock_for_some_days_ends(mo, question, signed_in):
    signed_in(mo).post(url(question, "lock"), {"days": "3"})

    laid = Measure.objects.get()
    assert 2 <= (laid.until - laid.created_at).days <= 3


@pytest.mark.parametrize(
    "verb, lay",
    [
        ("show", moderating.hide_post),
        ("restore", moderating.delete_post),
        ("approve", moderating.hold_post),
        ("reopen", lambda mo, post: closing.close_question(mo, post, reason="heated")),
        ("unlock", lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.LOCK)),
        ("unprotect", lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.PROTECTION)),
        ("unslow", lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.SLOW_MODE, minutes=5)),
        ("unpin", lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.PIN)),
        ("unnotice", lambda mo, post: measuring.lay_measure(mo, post, MeasureKind.NOTICE, text="Careful.")),
    ],
)
def test_what_was_laid_is_lifted(mo, question, signed_in, verb, lay):
    columns = ("status", "is_closed", "locked_until", "is_protected", "slow_minutes", "is_pinned", "has_notice")
    before = Post.objects.values_list(*columns).get(pk=question.pk)
    lay(mo, question)
    assert Post.objects.values_list(*columns).get(pk=question.pk) != before

    signed_in(mo).post(url(question, verb), {})

    assert Post.objects.values_list(*columns).get(pk=question.pk) == before


def test_moving_merging_and_converting(mo, question, sleep, signed_in):
    client, work, older = signed_in(mo), make_category("Work"), make_question(category=sleep)
    answer = make_answer(question)

    client.post(url(answer, "convert"), {"to": "comment"})
    client.post(url(question, "move"), {"category": str(work.pk)})
    client.post(url(question, "merge"), {"target": f"https://example.org/{older.pk}/{older.slug}/#a5"})

    assert (now(answer).kind, now(question).category, now(question).status) == ("comment", work, "merged")
    assert Merge.objects.get().target == older


def test_closing_as_asked_before_takes_an_address(mo, question, signed_in):
    other = make_question()

    signed_in(mo).post(url(question, "close"), {"cause": "duplicate", "duplicate_of": str(other.pk)})

    assert Closure.objects.get().duplicate_of == other


def test_what_was_asked_before_is_proposed_and_takes_one_tap(mo, signed_in):
    other = make_question(title="Barking dog all night")
    question = make_question(title="My dog is barking all night")
    client = signed_in(mo)

    page = client.get(url(question, "moderate")).content.decode()
    client.post(url(question, "close"), {"cause": "duplicate", "duplicate_of": "", "same": other.get_absolute_url()})

    assert f'name="same" value="{other.get_absolute_url()}"' in page
    assert Closure.objects.get().duplicate_of == other


@pytest.mark.parametrize(
    "verb, given, sentence",
    [
        ("close", {}, "Choose why it is closed"),
        ("close", {"cause": "duplicate"}, "Enter the link of the question that was asked before"),
        (
            "close",
            {"cause": "duplicate", "duplicate_of": "somewhere"},
            "This isn’t the link of a question on this site",
        ),
        ("slow", {}, "Choose how long people should wait"),
        ("notice", {"text": ""}, "Say in a sentence what readers should know"),
        ("move", {}, "Choose a topic"),
        ("merge", {"target": "999999"}, "There is no such question here"),
        ("convert", {}, "Choose what it becomes"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(mo, question, signed_in, verb, given, sentence):
    before = everything()

    answer = signed_in(mo).post(url(question, verb), {"reply": "Dear Ann, thank you.", **given})

    assert (answer.status_code, sentence in text_of(answer), "Dear Ann, thank you." in text_of(answer)) == (
        422,
        True,
        True,
    )
    after = everything()
    assert {name: rows for name, rows in after.items() if name != "User"} == {
        name: rows for name, rows in before.items() if name != "User"
    }


def test_an_act_twice_says_that_nothing_changed(mo, question, signed_in):
    client = signed_in(mo)
    client.post(url(question, "pin"), {})
    entries = LogEntry.objects.count()

    shown = text_of(client.post(url(question, "pin"), {}, follow=True))

    assert ("No change was needed." in shown, LogEntry.objects.count()) == (True, entries)


@pytest.mark.parametrize("verb", ["moderate", "hide", "merge", "convert", "lock", "pin"])
def test_others_are_told_why_and_guests_sign_in(ann, question, client, signed_in, verb):
    before = Post.objects.values().get(pk=question.pk)
    given = {"target": "1", "to": "comment"}
    send = "get" if verb == "moderate" else "post"

    refused = getattr(signed_in(ann), send)(url(question, verb), given)
    asked = getattr(client, send)(url(question, verb), given)

    assert (refused.status_code in {403, 422}, asked.status_code) == (True, 302)
    assert asked["Location"].startswith("/accounts/login/")
    assert "Moderate this" not in text_of(refused)
    assert Post.objects.values().get(pk=question.pk) == before


def test_the_page_shows_state_reports_and_what_was_done_and_folds_what_is_hard(mo, newt, question, signed_in):
    flagging.flag_post(newt, question, reason="danger", text="He writes of pills")
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=15, reason="It got heated")

    shown = text_of(signed_in(mo).get(url(question)))

    for words in (
        "Slow mode: one post per person every 15 minutes",
        "“It got heated”",
        "put in slow mode a question",
        "He writes of pills",
        "Folded to look after you",
        f'formaction="/posts/{question.pk}/unslow/"',
    ):
        assert words in shown
    assert "newt" not in shown


def test_an_act_that_was_taken_back_says_so(mo, question, signed_in):
    moderating.hide_post(mo, question)
    undoing.undo_entry(mo, LogEntry.objects.get())

    shown = text_of(signed_in(mo).get(url(question)))

    assert "undone" in shown
    assert f'formaction="/posts/{question.pk}/hide/"' in shown


def test_an_anonymous_author_stays_one(ann, mo, sleep, signed_in):
    question = make_question(ann, category=sleep, is_anonymous=True)

    assert ">ann<" not in text_of(signed_in(mo).get(url(question)))


def test_a_ready_made_message_begins_the_field(mo, question, signed_in):
    shown = text_of(signed_in(mo).get(url(question) + "?reply=private&case=7&next=/moderation/"))

    assert "Please take out names, places and numbers" in shown
    assert 'name="case" value="7"' in shown


def test_the_page_costs_the_same_whatever_was_done(mo, newt, question, signed_in, django_assert_num_queries):
    client = signed_in(mo)
    client.get(url(question))
    make_comment(question)
    measuring.lay_measure(mo, question, MeasureKind.PIN)
    with django_assert_num_queries(20):
        client.get(url(question))

    for minutes in (5, 10, 15):
        measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=minutes)
    flagging.flag_post(newt, question, reason="spam")
    with django_assert_num_queries(20):
        client.get(url(question))


def test_there_is_no_such_post(mo, signed_in):
    client = signed_in(mo)

    assert [client.get("/posts/999/moderate/").status_code, client.post("/posts/999/hide/").status_code] == [404, 404]
