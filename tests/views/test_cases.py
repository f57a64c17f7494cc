"""One case of the queue over HTTP: decided with one tap, taken, let go, handed over."""

import pytest

from accounts.choices import Role
from forum.actions import flagging, handling
from forum.choices import CaseKind
from forum.effects import cases
from forum.models import Case, Flag, LogEntry, Measure, Message, Post, Removal
from tests.factories import make_answer, make_category, make_guest, make_member
from tests.support.pages import as_htmx, piece
from tests.support.records import everything


@pytest.fixture
def kestrel(db):
    """Wrote what is reported."""
    return make_member("kestrel", points=1_000)


@pytest.fixture
def case(question, kestrel):
    """A report on Kestrel's answer."""
    return report(make_answer(question, kestrel))


def report(post, reason="unkind"):
    """Report a post, and return the case."""
    flagging.flag_post(make_member(), post, reason=reason, text="Look, please.")
    return Case.objects.get(post=post, kind=CaseKind.REPORT, closed_at=None)


def address(case, act="decide"):
    """Return where an act on `case` goes."""
    return f"/moderation/cases/{case.pk}/{act}/"


def post_of(case):
    """Return what the case is about, as the database has it."""
    return Post.objects.get(pk=case.post_id)


def said(response):
    """Return what the next page says of the act."""
    return [str(message) for message in response.context["messages"]]


def told(member):
    """Return what the team wrote to a member."""
    return list(Message.objects.filter(conversation__member=member).values_list("kind", "text"))


def test_one_tap_hides_with_the_reason_and_the_reply_of_its_button(signed_in, mo, case, kestrel):
    page = signed_in(mo).post(address(case), {"act": "hide+kinder"}, follow=True)

    assert (post_of(case).status, said(page)) == ("hidden", ["Hidden."])
    assert Removal.objects.get(post=case.post_id).reason == "It may hurt someone"
    assert [(kind, text[:21]) for kind, text in told(kestrel)] == [("notice", "You may well be right")]


def test_a_moderators_own_words_go_out_instead(signed_in, mo, case, kestrel):
    signed_in(mo).post(address(case), {"act": "hide+kinder", "reason": "A quarrel", "reply": "Let us talk."})

    assert Removal.objects.get(post=case.post_id).reason == "A quarrel"
    assert told(kestrel) == [("notice", "Let us talk.")]


def test_without_script_one_comes_back_to_the_next_case(signed_in, mo, case, question, kestrel):
    later = report(make_answer(question, kestrel))

    response = signed_in(mo).post(address(case), {"act": "keep", "next": "/moderation/?view=&older=1~1#case-9"})

    assert response.url == f"/moderation/?view=&older=1~1#case-{later.pk}"


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example/", "/settings/", ""])
def test_one_never_comes_back_to_elsewhere(signed_in, mo, case, place):
    assert signed_in(mo).post(address(case), {"act": "keep", "next": place}).url == "/moderation/"


def test_with_htmx_one_line_with_undo_takes_the_cards_place(signed_in, mo, case):
    client = signed_in(mo)

    line = piece(as_htmx(client, address(case), {"act": "hide"}))

    assert f'<div class="case-done" id="case-{case.pk}"' in line
    assert f'<input type="hidden" name="entries" value="{LogEntry.objects.get(post=case.post_id).number}">' in line
    assert 'data-announce="Hidden."' in line


@pytest.mark.parametrize("htmx", [True, False])
def test_who_comes_second_is_told_and_changes_nothing(signed_in, mo, ada, case, htmx):
    flagging.keep_post(ada, post_of(case), reason="Honest, not unkind", case_id=case.pk)
    client = signed_in(mo)
    before = everything()

    if htmx:
        response = as_htmx(client, address(case), {"act": "hide"})
        sentence, status = response.content.decode(), response.status_code
    else:
        response = client.post(address(case), {"act": "hide"}, follow=True)
        sentence, status = said(response)[0], response.redirect_chain[0][1]

    assert (status, "ada has already decided this" in sentence) == (422 if htmx else 302, True)
    assert everything() == before


def test_twice_is_once(signed_in, mo, case, kestrel):
    client = signed_in(mo)

    for _ in range(2):
        client.post(address(case), {"act": "hide+kinder"})

    assert (Removal.objects.count(), len(told(kestrel)), LogEntry.objects.count()) == (1, 1, 1)


def test_a_word_of_care_decides_and_hides_nothing(signed_in, mo, question, kestrel):
    case = report(make_answer(question, kestrel), "danger")

    page = signed_in(mo).post(address(case), {"act": "care+worried"}, follow=True)

    assert (post_of(case).status, said(page)) == ("published", ["A word of care is on its way."])
    assert [kind for kind, _ in told(kestrel)] == ["care"]
    assert list(Flag.objects.values_list("state", flat=True)) == ["upheld"]


def test_a_message_to_nobody_is_refused(signed_in, mo, question):
    case = report(make_answer(question, make_guest()))

    page = signed_in(mo).post(address(case), {"act": "ask+kinder"}, follow=True)

    assert [
        "This post’s author has no account, so they can’t get messages. You can comment below it instead." in sentence
        for sentence in said(page)
    ] == [True]
    assert Case.objects.open().filter(pk=case.pk).exists()


def test_a_caution_notice_stands_above_the_post(signed_in, mo, question, kestrel):
    case = report(make_answer(question, kestrel), "harmful_advice")

    signed_in(mo).post(address(case), {"act": "notice"})

    assert Measure.objects.get(post=case.post_id).text.startswith("Caution:")
    assert not Case.objects.open().filter(pk=case.pk).exists()


def test_a_question_moves_to_the_chosen_topic(signed_in, mo, question):
    case, work = report(question, "off_topic"), make_category("Work")

    signed_in(mo).post(address(case), {"act": "move", "topic": work.pk})

    assert (post_of(case).category, Case.objects.open().filter(pk=case.pk).exists()) == (work, False)


def test_moving_nowhere_asks_for_a_topic(signed_in, mo, question):
    case = report(question, "off_topic")

    page = signed_in(mo).post(address(case), {"act": "move"}, follow=True)

    assert (said(page), post_of(case).category) == (["Choose the topic it belongs in."], question.category)


def test_a_question_is_closed_for_the_buttons_reason(signed_in, mo, question):
    case = report(question, "off_topic")

    signed_in(mo).post(address(case), {"act": "close+off_topic"})

    assert list(question.closures.values_list("reason_id", flat=True)) == ["off_topic"]


def test_a_waiting_post_is_approved(signed_in, mo, question, kestrel):
    waiting = make_answer(question, kestrel, must_wait=True)
    case = Case.objects.get(post=waiting, kind=CaseKind.APPROVAL)

    signed_in(mo).post(address(case), {"act": "approve"})

    assert post_of(case).status == "published"


@pytest.mark.parametrize("data", [{}, {"act": "eat"}, {"act": "HIDE"}, {"act": "hide", "reason": "x" * 501}])
def test_what_nobody_offers_changes_nothing(signed_in, mo, case, data):
    client = signed_in(mo)
    before = everything()

    response = as_htmx(client, address(case), data)

    assert (response.status_code, everything() == before) == (422, True)


@pytest.mark.parametrize("act", ["decide", "claim", "release", "hand-over"])
def test_acts_are_for_those_who_look_after_the_case(client, signed_in, ann, mo, case, act):
    helper = make_member("hal", role=Role.HELPER)

    answers = [one.post(address(case, act), {"act": "keep"}) for one in (client, signed_in(ann), signed_in(helper))]
    missing = signed_in(mo).post(f"/moderation/cases/999999/{act}/", {"act": "keep"})

    assert [answer.status_code for answer in (*answers, missing)] == [302, 403, 404, 404]
    assert Case.objects.open().filter(pk=case.pk, claimed_by=None).exists()


@pytest.mark.parametrize("act", ["decide", "claim", "release", "hand-over"])
def test_looking_decides_nothing(signed_in, mo, case, act):
    assert signed_in(mo).get(address(case, act)).status_code == 405


def test_a_helper_leaves_the_urgent_to_moderators(signed_in, question, kestrel, sleep):
    helper, case = make_member("hal", role=Role.HELPER), report(make_answer(question, kestrel), "danger")
    sleep.helpers.add(helper)

    response = signed_in(helper).post(address(case), {"act": "keep"})

    assert response.status_code == 403
    assert "leave it to a moderator" in response.content.decode()


@pytest.mark.parametrize(
    ("act", "data"), [("claim", {}), ("release", {}), ("hand-over", {"note": "A second pair of eyes?"})]
)
def test_the_card_of_an_answer_is_the_pages_own(signed_in, mo, case, act, data):
    client = signed_in(mo)
    place = {"HX-Request": "true", "HX-Current-URL": "http://testserver/moderation/"}

    response = client.post(address(case, act), data, headers=place)

    card = piece(response).partition('<div id="messages"')[0].strip()
    assert card.startswith(f'<article class="case r2 bleed" id="case-{case.pk}"')
    assert card in piece(client.get("/moderation/"))


def test_a_claimed_case_is_taken_over_only_on_purpose(signed_in, mo, ada, case):
    handling.claim_case(ada, case.pk)
    client = signed_in(mo)

    refused = client.post(address(case, "claim"), follow=True)
    case.refresh_from_db()
    assert (said(refused), case.claimed_by) == (["ada is looking at this."], ada)

    client.post(address(case, "claim"), {"takes": "over"})
    case.refresh_from_db()
    assert case.claimed_by == mo


def test_a_case_goes_to_somebody_by_name(signed_in, mo, ada, case):
    page = signed_in(mo).post(address(case, "hand-over"), {"to": "Ada", "note": "You know her."}, follow=True)

    case.refresh_from_db()
    assert (case.claimed_by, case.note, said(page)) == (ada, "You know her.", ["ada is looking after it now."])


def test_without_a_name_a_second_moderator_is_asked_for(signed_in, mo, case):
    signed_in(mo).post(address(case, "hand-over"), {"note": "Too close to me."})

    case.refresh_from_db()
    assert (case.claimed_by, case.wants_second, case.note) == (None, True, "Too close to me.")


def test_a_member_is_handed_nothing(signed_in, mo, ann, case):
    page = signed_in(mo).post(address(case, "hand-over"), {"to": "ann"}, follow=True)

    case.refresh_from_db()
    assert (case.claimed_by, said(page)) == (None, ["ann doesn’t handle this kind of case."])


def test_what_was_sent_again_may_stay_as_it_is(signed_in, mo, question, kestrel):
    answer = make_answer(question, kestrel)
    case = cases.open_case(CaseKind.RESUBMITTED, post=answer)

    signed_in(mo).post(address(case), {"act": "keep"})

    assert Case.objects.get(pk=case.pk).outcome == "post.kept"
