"""The moderation queue over HTTP: who sees it, its fragments without script, its news, several cases at once, a break."""

import pytest

from accounts.choices import Role
from forum.actions import flagging, handling, moderating
from forum.choices import CaseKind
from forum.models import Case, Flag, Post
from tests.factories import make_answer, make_member
from tests.support.records import verbs

PAGES = ["/moderation/", "/moderation/news/", "/moderation/rest/"]


def report(question, reason="unkind"):
    """Report a new answer of a member whom nobody checks, and return its case."""
    answer = make_answer(question, make_member(points=1_000))
    flagging.flag_post(make_member(), answer, reason=reason, text="Look, please.")
    return Case.objects.get(post=answer, kind=CaseKind.REPORT)


def said(response):
    """Return what the page says of the last act."""
    return [str(message) for message in response.context["messages"]]


def statuses(*reports):
    """Return who sees the posts of these cases."""
    return [Post.objects.get(pk=case.post_id).status for case in reports]


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_asked_to(client, path):
    response = client.get(path)

    assert (response.status_code, response.url.partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("path", PAGES)
def test_members_read_whose_page_it_is(signed_in, ann, path):
    response = signed_in(ann).get(path)

    assert response.status_code == 403
    assert "This page is for the team." in response.content.decode()


def test_moderators_see_what_waits_and_no_search_engine_is_asked_in(signed_in, mo, question):
    case = report(question)

    page = signed_in(mo).get("/moderation/").content.decode()

    assert (f'id="case-{case.pk}"' in page, '<meta name="robots" content="noindex">' in page) == (True, True)


def test_nothing_waiting_has_one_next_step(signed_in, mo):
    page = signed_in(mo).get("/moderation/").content.decode()

    assert ("Nothing is waiting" in page, 'href="/questions/?sort=unanswered"' in page) == (True, True)


def test_an_address_nobody_knows_is_not_found(signed_in, mo):
    found = [signed_in(mo).get(f"/moderation/?{query}").status_code for query in ("view=all", "older=x", "older=1~x")]

    assert found == [404, 404, 404]


def test_a_reply_is_filled_in_by_its_address(signed_in, mo, question):
    case = report(question)

    page = signed_in(mo).get(f"/moderation/?case={case.pk}&reply=kinder").content.decode()

    assert '<details class="case-more" data-more open>' in page
    assert ">You may well be right, but the way it’s said could hurt." in page


def test_the_header_leads_the_team_to_the_queue_and_nobody_else(signed_in, mo, ann, question):
    report(question)

    pages = [signed_in(who).get("/").content.decode() for who in (mo, ann)]

    assert ["/moderation/" in page for page in pages] == [True, False]
    assert 'Moderation&nbsp;<span class="muted">1</span>' in pages[0]


def test_news_are_told_once(signed_in, mo, question):
    case, client = report(question), signed_in(mo)
    path = f"/moderation/news/?seen={case.pk}"
    quiet = client.get(path)
    unchanged = client.get(path, headers={"If-None-Match": quiet["ETag"]})

    report(question)
    news = client.get(path, headers={"If-None-Match": quiet["ETag"]})

    assert [quiet.status_code, unchanged.status_code, news.status_code] == [200, 304, 200]
    assert ("new case" in quiet.content.decode(), "1 new case." in news.content.decode()) == (False, True)


def test_a_break_lets_all_cases_go(signed_in, mo, question):
    case = report(question)
    handling.claim_case(mo, case.pk)

    response = signed_in(mo).post("/moderation/rest/", follow=True)

    case.refresh_from_db()
    assert (response.redirect_chain, case.claimed_by) == ([("/moderation/rest/", 302)], None)
    assert "Take your time" in response.content.decode()


def test_several_are_hidden_with_one_reason_and_one_undo(signed_in, mo, question):
    one, other, left = report(question), report(question), report(question)
    client = signed_in(mo)

    page = client.post(
        "/moderation/bulk/", {"cases": [one.pk, other.pk], "act": "hide", "reason": ["", "A quarrel"]}, follow=True
    )

    assert (said(page), statuses(one, other, left)) == (["2 cases hidden."], ["hidden", "hidden", "published"])
    assert list(Post.objects.get(pk=one.post_id).removals.values_list("reason", flat=True)) == ["A quarrel"]
    numbers = page.content.decode().partition('name="entries" value="')[2].partition('"')[0]
    client.post("/moderation/undo/", {"entries": numbers, "next": "/moderation/"})
    assert statuses(one, other, left) == ["published"] * 3
    assert Case.objects.open().filter(pk__in=[one.pk, other.pk]).count() == 2


def test_several_are_kept_or_approved_as_each_needs(signed_in, mo, question):
    reported, waiting = report(question), make_answer(question, make_member(points=1_000), must_wait=True)
    approval = Case.objects.get(post=waiting, kind=CaseKind.APPROVAL)

    signed_in(mo).post("/moderation/bulk/", {"cases": [reported.pk, approval.pk], "act": "fine"})

    assert statuses(reported, approval) == ["published", "published"]
    assert list(Flag.objects.values_list("state", flat=True)) == ["declined"]


def test_what_wants_a_look_of_its_own_is_told_together(signed_in, mo, question):
    urgent, also, ordinary = report(question, "danger"), report(question, "danger"), report(question)

    page = signed_in(mo).post(
        "/moderation/bulk/", {"cases": [urgent.pk, also.pk, ordinary.pk], "act": "hide"}, follow=True
    )

    assert statuses(urgent, also, ordinary) == ["published", "published", "hidden"]
    assert said(page) == [
        "1 case hidden.",
        "Edits, appeals and cases about someone in danger are decided one by one. (2 cases)",
    ]


def test_what_somebody_else_decided_is_told(signed_in, mo, ada, question):
    case = report(question)
    flagging.keep_post(ada, Post.objects.get(pk=case.post_id), reason="Fine", case_id=case.pk)

    page = signed_in(mo).post("/moderation/bulk/", {"cases": [case.pk], "act": "hide"}, follow=True)

    assert statuses(case) == ["published"]
    assert ["has already decided this. Nothing was changed." in sentence for sentence in said(page)] == [True]


@pytest.mark.parametrize(
    ("cases", "sentence"),
    [([], "Choose some cases first."), (list(range(1, 52)), "Choose at most 50 at once.")],
)
def test_none_and_too_many_change_nothing(signed_in, mo, question, cases, sentence):
    case = report(question)

    page = signed_in(mo).post("/moderation/bulk/", {"cases": cases, "act": "hide"}, follow=True)

    assert (said(page), statuses(case)) == ([sentence], ["published"])


def test_a_helper_hides_nothing_by_many(signed_in, question, sleep):
    helper, case = make_member("hal", role=Role.HELPER), report(question)
    sleep.helpers.add(helper)

    page = signed_in(helper).post("/moderation/bulk/", {"cases": [case.pk], "act": "hide"}, follow=True)

    assert (said(page), statuses(case)) == (["Only moderators can do this."], ["published"])


def test_looking_at_the_queue_writes_nothing(signed_in, mo, question):
    report(question)
    before = verbs()

    signed_in(mo).get("/moderation/")

    assert verbs() == before


def test_hidden_posts_of_anonymous_authors_name_nobody(signed_in, mo, question):
    author = make_member("secret-keeper", points=1_000)
    answer = make_answer(question, author, is_anonymous=True)
    flagging.flag_post(make_member(), answer, reason="unkind")
    moderating.hide_post(mo, make_answer(question, author, is_anonymous=True), reason="Names a person")

    page = signed_in(mo).get("/moderation/").content.decode()

    assert "secret-keeper" not in page
