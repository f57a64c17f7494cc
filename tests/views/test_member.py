"""A member as the team sees them: who they are, the timeline, notes, messages, suspensions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import flagging, messaging, moderating, sanctioning
from forum.models import LogEntry, MemberNote, Suspension
from forum.queries.timeline import MOMENTS_A_PAGE
from tests.factories import make_answer, make_question
from tests.support.pages import piece
from tests.support.records import everything

pytestmark = pytest.mark.django_db
PATH = "/moderation/members/bob/"
PAUSE = {"ability": "voting", "days": "7", "text": "Votes for a friend."}


@pytest.fixture
def history(mo, ada, ann, bob, question):
    """Everything that can happen with bob."""
    answer = make_answer(question, bob)
    messaging.note_member(mo, bob, text="Works for a pharmacy.")
    messaging.write_to_member(mo, bob, text="Please leave the brand out.", kind="message", post=answer)
    messaging.write_to_team(bob, text="Of course.")
    messaging.write_to_member(ada, bob, text="Please stop.", kind="warning")
    sanctioning.suspend_member(mo, bob, until=timezone.now() + timedelta(days=7), reason="Votes.", ability="voting")
    flag = flagging.flag_post(bob, question, reason="spam", text="The second link.")
    flagging.settle_flag(mo, flag, upheld=True, outcome="Yes, thank you.")
    flagging.flag_post(ann, answer, reason="unkind", text="The last line.")
    moderating.hide_post(mo, answer, reason="Names a pharmacy.")


def titles(client, query=""):
    return [moment.title for moment in client.get(f"{PATH}{query}").context["timeline"].moments]


def test_the_timeline_tells_everything_newest_first(signed_in, mo, history):
    until = f"{timezone.now() + timedelta(days=7):%-d %B %Y}"

    assert titles(signed_in(mo)) == [
        "Answer: hidden",
        "Was reported: Unkind",
        "Reported: Spam",
        f"Suspended until {until}: voting",
        "Warning",
        "Wrote to the moderators",
        "Message",
        "Note for the team",
    ]


@pytest.mark.parametrize(
    "show, count",
    [("notes", 1), ("messages", 3), ("suspensions", 1), ("reports", 1), ("reported", 1), ("posts", 1), ("nonsense", 8)],
)
def test_one_kind_alone(signed_in, mo, history, show, count):
    assert len(titles(signed_in(mo), f"?show={show}")) == count


def test_who_they_are_stands_above_it(signed_in, mo, history):
    page = signed_in(mo).get(PATH).context["member"]

    assert (page.role, page.points, page.must_acknowledge) == (
        "Member",
        User.objects.get(username="bob").public_points,
        True,
    )
    assert (page.reports, page.reports_right) == (1, 1)
    assert [note.text for note in page.notes] == ["Works for a pharmacy."]
    assert [(one.label, one.reason) for one in page.suspensions] == [("Voting", "Votes.")]


def test_the_timeline_goes_on_where_a_page_ends(signed_in, mo, bob):
    for number in range(MOMENTS_A_PAGE + 3):
        messaging.note_member(mo, bob, text=f"Note {number:02}")
    client = signed_in(mo)

    first = client.get(PATH).context["timeline"]
    second = client.get(first.older_url).context["timeline"]

    assert [moment.text for moment in (*first.moments, *second.moments)] == [
        f"Note {number:02}" for number in range(MOMENTS_A_PAGE + 2, -1, -1)
    ]
    assert (second.older_url, second.newer_url) == ("", PATH)


@pytest.mark.parametrize("before", ["x", "9" * 30, "-" + "9" * 19])
def test_a_place_that_no_page_has_is_not_found_or_empty(signed_in, mo, bob, before):
    assert signed_in(mo).get(f"{PATH}?before={before}").status_code in {200, 404}


def test_another_spelling_of_the_name_leads_to_the_members_own(signed_in, mo, bob):
    answer = signed_in(mo).get("/moderation/members/BOB/")

    assert (answer.status_code, answer.url) == (301, PATH)


def test_the_members_page_leads_moderators_to_it_and_nobody_else(signed_in, mo, ann, bob):
    assert f'href="{PATH}"' in piece(signed_in(mo).get("/user/bob/"))
    assert "/moderation/" not in piece(signed_in(ann).get("/user/bob/"))


def test_a_note_is_kept_shown_and_taken_away(signed_in, mo, bob):
    client = signed_in(mo)

    page = piece(client.post(f"{PATH}note/", {"text": "Works for a pharmacy."}, follow=True))
    note = MemberNote.objects.get()
    assert ("Works for a pharmacy." in page, 'name="entries" value="1"' in page) == (True, True)

    answer = client.post(f"/moderation/notes/{note.pk}/lift/")
    assert (answer.status_code, answer.url) == (302, PATH)
    assert MemberNote.objects.get().lifted_at is not None
    assert client.get(PATH).context["member"].notes == ()


def test_a_note_without_words_comes_back(signed_in, mo, bob):
    client, before = signed_in(mo), everything()

    answer = client.post(f"{PATH}note/", {"text": " \u200b "})

    assert (answer.status_code, "Write the note first." in piece(answer)) == (422, True)
    assert everything() == before


@pytest.mark.parametrize("kind", ["message", "care", "warning"])
def test_a_moderator_writes_from_here(signed_in, mo, bob, kind):
    client = signed_in(mo)
    assert client.get(f"{PATH}write/?kind={kind}").context["composing"].form["kind"].value() == kind

    answer = client.post(f"{PATH}write/", {"kind": kind, "text": "A few words."})

    assert (answer.status_code, answer.url) == (302, PATH)
    assert bob.conversations.get().messages.get().kind == kind


def test_a_message_is_taken_back_from_the_timeline(signed_in, mo, bob):
    client = signed_in(mo)
    messaging.write_to_member(mo, bob, text="A few words.", kind="warning")

    assert client.get(PATH).context["timeline"].moments[0].number == LogEntry.objects.get().number
    client.post("/moderation/undo/", {"entries": "1", "next": PATH})

    moment = next(each for each in client.get(f"{PATH}?show=messages").context["timeline"].moments)
    assert (moment.over, moment.number) == ("Withdrawn", None)


def test_a_moderator_suspends_from_one_ability_and_lifts_it(signed_in, mo, bob):
    client = signed_in(mo)

    page = piece(client.post(f"{PATH}suspend/", PAUSE, follow=True))
    assert "Suspended. They’ll see why and until when." in page
    suspension = Suspension.objects.get()
    assert (suspension.ability, suspension.reason, suspension.actor) == ("voting", "Votes for a friend.", mo)
    assert abs(suspension.until - timezone.now() - timedelta(days=7)) < timedelta(minutes=2)

    client.post(f"/moderation/suspensions/{suspension.pk}/lift/")
    assert User.objects.get(pk=bob.pk).abilities_until == {}
    assert client.post(f"/moderation/suspensions/{suspension.pk}/lift/").status_code == 404


def test_a_ready_reason_for_a_suspension_is_one_tap(signed_in, mo, bob):
    client, before = signed_in(mo), everything()

    answer = client.post(f"{PATH}suspend/", {**PAUSE, "text": "", "reply": "pause_votes"})

    form = answer.context["composing"].form
    assert (answer.status_code, form.initial["ability"]) == (200, "voting")
    assert form.initial["text"].startswith("Your votes went to the same person")
    assert everything() == before


@pytest.mark.parametrize("wrong", [{"text": ""}, {"ability": "breathing"}, {"days": "4000"}, {"text": "x" * 501}])
def test_a_suspension_without_a_reason_or_an_end_comes_back(signed_in, mo, bob, wrong):
    client, before = signed_in(mo), everything()

    assert client.post(f"{PATH}suspend/", {**PAUSE, **wrong}).status_code == 422
    assert everything() == before


def test_a_moderator_does_not_suspend_the_team(signed_in, mo, ada):
    client, before = signed_in(mo), everything()

    answers = [client.get("/moderation/members/ada/suspend/"), client.post("/moderation/members/ada/suspend/", PAUSE)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "suspend/" not in piece(client.get("/moderation/members/ada/"))
    assert everything() == before


def test_on_their_own_page_moderators_only_read(signed_in, mo):
    page = signed_in(mo).get("/moderation/members/mo/").context["member"]

    assert (page.may_write, page.may_suspend) == (False, False)


def test_addresses_are_for_administrators(signed_in, mo, ada, bob):
    assert "Recent network addresses" not in piece(signed_in(mo).get(PATH))
    assert "Recent network addresses" in piece(signed_in(ada).get(PATH))


@pytest.mark.parametrize("who", ["ann", "bob", "guest"])
def test_it_is_for_moderators(signed_in, client, request, mo, bob, who):
    note = messaging.note_member(mo, bob, text="Works for a pharmacy.")
    suspension = sanctioning.suspend_member(mo, bob, until=timezone.now() + timedelta(days=3), reason="Votes.")
    browser = client if who == "guest" else signed_in(request.getfixturevalue(who))
    before = everything()

    answers = [browser.get(f"{PATH}{part}") for part in ("", "note/", "write/", "suspend/")]
    answers += [browser.post(f"{PATH}{part}", {**PAUSE, "kind": "care"}) for part in ("note/", "write/", "suspend/")]
    answers += [
        browser.post(path)
        for path in (f"/moderation/notes/{note.pk}/lift/", f"/moderation/suspensions/{suspension.pk}/lift/")
    ]

    assert {answer.status_code for answer in answers} == ({302} if who == "guest" else {403})
    assert all(answer["Location"].startswith("/accounts/login/") for answer in answers if who == "guest")
    assert everything() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_the_timeline_costs_the_same_each_time(signed_in, mo, bob, ann, rows, django_assert_num_queries):
    for number in range(rows):
        post = make_question(bob)
        messaging.note_member(mo, bob, text=f"Note {number}")
        messaging.write_to_member(mo, bob, text=f"Hello {number}", kind="message", post=post)
        ability = ("asking", "voting", "flagging")[number]
        sanctioning.suspend_member(mo, bob, until=timezone.now() + timedelta(days=7), reason="Why.", ability=ability)
        flagging.flag_post(ann, post, reason="spam")
        moderating.hide_post(mo, post, reason="Spam")
    client = signed_in(mo)
    client.get("/help/")  # the number beside the queue is kept for a while

    with django_assert_num_queries(17):
        client.get(PATH)
