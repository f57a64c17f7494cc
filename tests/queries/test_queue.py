"""What the moderation queue shows: the right cases in the right order, and nothing that tells whose an anonymous post is."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.choices import Role
from forum import rules
from forum.actions import flagging, handling, moderating
from forum.choices import CaseKind, Urgency
from forum.effects import cases
from forum.models import Case, Flag, MemberNote, Post
from forum.queries.paging import Place
from forum.queries.queue import QueueView, get_case_card, get_queue_news, get_queue_page
from forum.queries.queue_figures import Figures, get_badge
from tests.factories import make_answer, make_category, make_comment, make_guest, make_member, make_note, make_question


@pytest.fixture
def hal(sleep):
    """Helps in the topic Sleep."""
    helper = make_member("hal", points=100, role=Role.HELPER)
    sleep.helpers.add(helper)
    return helper


def old_hand():
    """Return a member whose posts nobody checks."""
    return make_member(points=1_000)


def report(post, reason="unkind", text="", reporter=None):
    """Report a post, and return the case."""
    flagging.flag_post(reporter or make_member(), post, reason=reason, text=text)
    return Case.objects.get(post=post, kind=CaseKind.REPORT, closed_at=None)


def page_of(viewer, view="", **asked):
    """Return the page `viewer` sees."""
    return get_queue_page(viewer, QueueView(view=view, **asked), rules.current())


def ids_of(page):
    """Return the numbers of a page's cases."""
    return [card.id for card in page.cards]


def card_of(case, viewer):
    """Return the card of one case."""
    return get_case_card(case.pk, viewer=viewer, rules=rules.current())


def values_of(offers):
    """Return what the buttons in sight do."""
    return [offer.value for offer in offers.main]


def test_the_most_urgent_come_first_and_then_the_oldest(mo, question):
    low, medium, also_medium, urgent = (
        report(make_answer(question, old_hand()), reason) for reason in ("off_topic", "unkind", "spam", "danger")
    )

    assert ids_of(page_of(mo)) == [urgent.pk, medium.pk, also_medium.pk, low.pk]


def test_a_page_goes_on_where_the_one_before_ended(mo, question, monkeypatch):
    found = [
        report(make_comment(question, old_hand()), reason)
        for reason in ("danger", "unkind", "spam", "off_topic", "other")
    ]
    monkeypatch.setattr("forum.queries.queue.CASES_A_PAGE", 2)

    first = page_of(mo)
    cursor = first.paging.older_url.partition("older=")[2].replace("%7E", "~")
    second = page_of(mo, place=Place(older=cursor))

    assert (ids_of(first), ids_of(second)) == ([one.pk for one in found[:2]], [one.pk for one in found[2:4]])


def test_the_parts_hold_their_own_and_say_how_much(mo, ada, question):
    danger = report(make_answer(question, old_hand()), "danger")
    mine = report(make_answer(question, old_hand()), "unkind")
    first = cases.open_case(CaseKind.FIRST_POST, post=make_comment(question, old_hand()))
    waiting = make_answer(question, old_hand(), must_wait=True)
    handling.claim_case(mo, mine.pk)

    parts = {tab.key: (tab.count, ids_of(page_of(mo, tab.key))) for tab in page_of(mo).news.tabs}

    approval = Case.objects.get(post=waiting, kind=CaseKind.APPROVAL)
    assert parts == {
        "": ("4", [danger.pk, mine.pk, approval.pk, first.pk]),
        "urgent": ("1", [danger.pk]),
        "mine": ("1", [mine.pk]),
        "new": ("2", [approval.pk, first.pk]),
        "edits": ("0", []),
        "appeals": ("0", []),
    }


def test_a_first_post_that_was_reported_is_there_once(mo, question):
    answer = make_answer(question)
    first = Case.objects.get(post=answer, kind=CaseKind.FIRST_POST)
    reported = report(answer)

    page = page_of(mo)

    assert (ids_of(page), page.figures.open, first.closed_at) == ([reported.pk], "1", None)


def test_a_part_nobody_knows_is_not_found(mo):
    with pytest.raises(Http404):
        page_of(mo, "everything")


def test_a_helper_sees_their_topics_and_what_lies_below_them(hal, mo, sleep, question):
    naps = make_question(old_hand(), category=make_category("Naps", parent=sleep))
    work = make_question(old_hand(), category=make_category("Work"))
    here, below = report(make_answer(question, old_hand())), report(naps)
    report(work)

    assert ids_of(page_of(hal)) == [here.pk, below.pk]


def test_a_helper_sees_nothing_that_is_out_of_sight(hal, mo, question):
    answer = make_answer(question, old_hand())
    report(answer)
    moderating.hide_post(mo, answer, reason="Names a person")
    cases.open_case(CaseKind.RESUBMITTED, post=answer)
    on_member = make_member()
    flagging.flag_member(make_member(), on_member, reason="spam")

    assert ids_of(page_of(hal)) == []


def test_a_member_sees_no_case(ann, question):
    report(make_answer(question, old_hand()))

    assert list(Case.objects.visible_to(ann)) == []


def test_a_card_says_what_is_wrong_and_not_who_said_so(mo, question):
    answer = make_answer(question, make_member("kestrel", points=340))
    report(answer, "harmful_advice", "It made my mother ill.", reporter=make_member("rebecca"))
    case = report(answer, "unkind", "And rude.", reporter=make_member("olek"))

    card = card_of(case, mo)

    assert (card.headline, card.tally, card.urgency) == ("Dangerous advice", "2 reports", "High")
    assert [(one.reason, one.text) for one in card.reports] == [("", "It made my mother ill."), ("Unkind", "And rude.")]
    assert "rebecca" not in repr(card)
    assert (card.byline.name, card.kind, card.title) == ("kestrel", "Answer", question.title)


def test_software_says_why_a_case_is_here(mo, question):
    case = cases.open_case(CaseKind.REPORT, post=question, details=["A watched word stands in it."])

    card = card_of(case, mo)

    assert (card.headline, card.tally, card.details) == (
        "Found by software",
        "1 automatic",
        ("A watched word stands in it.",),
    )


def test_a_card_tells_of_the_account_behind_a_name(mo, question):
    author = make_member("fresh", date_joined=timezone.now() - timedelta(days=2))
    MemberNote.objects.create(member=author, author=mo, text="Means well.")

    card = card_of(report(make_answer(question, author)), mo)

    assert (card.joined_at, card.note_count, card.timeline) == (author.date_joined, 1, "/moderation/members/fresh/")


def test_a_card_tells_nothing_of_the_account_behind_an_anonymous_post(mo, question):
    author = make_member("fresh", date_joined=timezone.now())
    MemberNote.objects.create(member=author, author=mo, text="Means well.")
    anonymous = report(make_answer(question, author, is_anonymous=True))
    by_guest = report(make_answer(question, make_guest()))

    cards = [card_of(case, mo) for case in (anonymous, by_guest)]

    told = [(card.byline.name, card.byline.label, card.joined_at, card.note_count, card.timeline) for card in cards]
    assert told == [("Anonymous", "", None, 0, "")] * 2
    assert "fresh" not in repr(cards[0])


@pytest.mark.parametrize(
    ("reason", "folds"), [("danger", True), ("harmful_advice", True), ("unkind", False), ("off_topic", False)]
)
def test_hard_texts_are_folded(mo, question, reason, folds):
    assert bool(card_of(report(make_answer(question, old_hand()), reason), mo).fold) is folds


def test_a_content_note_folds_the_text_and_names_its_subject(mo, question):
    card = card_of(report(make_answer(question, old_hand(), notes=[make_note("Suicide")])), mo)

    assert card.fold == "Folded to look after you: suicide"


def test_a_long_text_opens_on_demand(mo, question):
    case = report(make_answer(question, old_hand(), body="A long story. " * 600))

    short, whole = card_of(case, mo), page_of(mo, case_id=case.pk, reads_all=True).cards[0]

    assert (len(short.html), len(short.excerpt) < 700) == (0, True)
    assert (len(whole.html) > 8_000, whole.excerpt, whole.is_read) == (True, "", True)


@pytest.mark.parametrize(
    ("reason", "acts"),
    [
        ("danger", ["care+worried", "second", "hide", "keep"]),
        ("private_details", ["hide+private", "ask+private", "keep"]),
        ("harmful_advice", ["notice", "ask+medicine", "hide", "keep"]),
        ("unkind", ["hide+kinder", "ask+kinder", "keep"]),
        ("spam", ["spam", "hide+advertising", "keep"]),
        ("off_topic", ["move", "close+off_topic", "keep"]),
        ("duplicate", ["", "keep", "hide"]),
        ("other", ["keep", "ask+detail", "hide"]),
    ],
)
def test_the_likeliest_act_comes_first(mo, question, reason, acts):
    text = "Look at it, please."

    assert values_of(card_of(report(question, reason, text), mo).offers) == acts


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (CaseKind.APPROVAL, ["approve", "hide", "spam"]),
        (CaseKind.FIRST_POST, ["keep", "hide", "spam"]),
        (CaseKind.RESUBMITTED, ["reopen", "ask+detail", "keep"]),
    ],
)
def test_each_kind_of_case_has_its_acts(mo, question, kind, acts):
    assert values_of(card_of(cases.open_case(kind, post=make_answer(question, old_hand())), mo).offers) == acts


def test_a_helper_lets_things_be_and_leaves_the_rest_to_moderators(hal, question):
    ordinary, urgent = report(make_answer(question, old_hand())), report(make_answer(question, old_hand()), "danger")

    cards = [card_of(case, hal) for case in (ordinary, urgent)]

    assert [(values_of(card.offers), card.refusal) for card in cards] == [
        (["keep"], ""),
        ([], "This may be about someone in danger. Please leave it to a moderator."),
    ]


def test_a_case_says_who_is_on_it(mo, ada, question):
    case = report(make_answer(question, old_hand()))
    handling.claim_case(mo, case.pk)

    assert [(card_of(case, who).claimed_by, card_of(case, who).is_mine) for who in (mo, ada)] == [
        ("mo", True),
        ("mo", False),
    ]


def test_the_case_of_an_address_is_shown_with_the_chosen_reply(mo, question):
    cased = report(make_answer(question, old_hand()), "private_details")

    page = page_of(mo, "appeals", case_id=cased.pk, reply="private")

    assert (ids_of(page), page.cards[0].is_opened) == ([cased.pk], True)
    assert page.cards[0].reply.startswith("Thank you for writing.")


def test_news_count_what_came_since(mo, question):
    report(make_answer(question, old_hand()))
    seen = page_of(mo).news.seen
    report(make_answer(question, old_hand()))
    report(make_answer(question, old_hand()), "danger")

    news = get_queue_news(mo, view="", seen=seen)

    assert (news.new_cases, [tab.count for tab in news.tabs][:2]) == (2, ["3", "1"])


def test_the_median_is_of_the_last_weeks_decisions(mo, question):
    now = timezone.now()
    for minutes in (5, 11, 60):
        case = report(make_answer(question, old_hand()))
        taken = {"opened_at": now - timedelta(minutes=minutes), "closed_at": now, "closed_by": mo}
        Case.objects.filter(pk=case.pk).update(**taken)
    Flag.objects.all().delete()

    assert page_of(mo).figures == Figures(open="0", oldest="", median="11 min")


def test_the_badge_is_for_the_team_alone(mo, hal, ann, guest, question):
    report(make_answer(question, old_hand()))
    report(make_question(old_hand(), category=make_category("Work")))

    assert [get_badge(who, rules.current()) for who in (mo, hal, ann, guest)] == ["2", "1", "", ""]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_many_cases_cost_what_one_costs(mo, question, number, django_assert_num_queries):
    for _ in range(number):
        report(make_answer(question, old_hand()), "private_details", "Look.")
    page_of(mo)

    with django_assert_num_queries(10):
        page = page_of(mo)

    assert len(page.cards) == min(number, 20)


@pytest.mark.parametrize("number", [1, 3])
def test_news_cost_one_query(mo, question, number, django_assert_num_queries):
    for _ in range(number):
        report(make_answer(question, old_hand()))

    with django_assert_num_queries(1):
        get_queue_news(mo, view="", seen=0)


def test_what_is_decided_has_no_card(mo, question):
    case = report(make_answer(question, old_hand()))
    flagging.keep_post(mo, Post.objects.get(pk=case.post_id), reason="Fine", case_id=case.pk)

    assert card_of(case, mo) is None


def test_urgency_is_said_in_a_word_and_a_look(mo, question):
    looks = [
        card_of(cases.open_case(CaseKind.REPORT, post=make_answer(question, old_hand()), urgency=one), mo)
        for one in Urgency
    ]

    assert [(card.urgency, card.look) for card in looks] == [
        ("Urgent", "r4"),
        ("High", "r3"),
        ("Medium", "r2"),
        ("Low", "r1"),
    ]
