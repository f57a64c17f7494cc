"""The lists of what the team decides, did and laid: most urgent first, read only, in the words of the site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import (
    appealing,
    closing,
    editing,
    flagging,
    handling,
    measuring,
    moderating,
    reversing,
    sanctioning,
    suggesting,
    undoing,
)
from forum.admin.index import GROUPS, panel
from forum.models import Case, LogEntry
from tests.factories import make_answer, make_member, make_question

pytestmark = pytest.mark.exhaustive

CASES, APPEALS, EDITS, SUSPENSIONS, MEASURES, CLOSURES, REVERSALS = (
    f"/admin/forum/{name}/" for name in ("case", "appeal", "suggestion", "suspension", "measure", "closure", "reversal")
)
LISTS = [CASES, APPEALS, EDITS, SUSPENSIONS, MEASURES, CLOSURES, REVERSALS]


@pytest.fixture
def team(mo, ada, sleep):
    """A moderator and an administrator, and a topic where people may write without a name."""
    return mo, ada


def rows(page):
    """Return the cells of a list, row by row, as text."""
    shown = page.context["cl"]
    panel = shown.model_admin
    columns = [name for name in panel.list_display if name != "action_checkbox"]
    return [[str(cell(panel, name, row)) for name in columns] for row in shown.result_list]


def cell(panel, name, row):
    return getattr(panel, name)(row) if hasattr(panel, name) else getattr(row, name)


def a_bit_of_everything(mo, ada):
    """Let the team do one act of each kind about an anonymous question and its answer, and about its author."""
    author = make_member()
    question = make_question(author, is_anonymous=True)
    answer = make_answer(question, author, is_anonymous=True)
    flagging.flag_post(make_member(), question, reason="unkind")
    suggesting.suggest_edit(
        make_member(), question, title=question.title, body="Said better.", reason="Clearer", base_version=1
    )
    measuring.lay_measure(mo, question, "notice", text="Ask a doctor first.")
    closing.close_question(mo, question, reason="heated")
    moderating.hide_post(mo, answer, reason="Let us look")
    appealing.appeal_act(author, LogEntry.objects.get(post=answer, verb="post.hidden"), text="It is fine.")
    until = timezone.now() + timedelta(days=3)
    sanctioning.suspend_member(mo, author, until=until, reason="A rest.", ability="voting")
    make_answer(author=author)
    reversing.undo_account(ada, author, since=timezone.now() - timedelta(hours=1), reason="All of it.")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_few_queries(path, number, team, signed_in, django_assert_num_queries):
    for _ in range(number):
        a_bit_of_everything(*team)
    browser = signed_in(team[0])

    with django_assert_num_queries(6 if path == CLOSURES else 5) as captured:
        page = browser.get(f"{path}?state=all" if path == CASES else path)

    counting = [query["sql"] for query in captured.captured_queries if "COUNT(" in query["sql"]]
    assert (page.status_code, len(page.context["cl"].result_list) >= number) == (200, True)
    assert ["LIMIT 550" in sql for sql in counting] == [True]


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("mo", 200), ("ada", 200)])
def test_the_lists_are_for_moderators(who, status, path, request, signed_in):
    assert signed_in(request.getfixturevalue(who)).get(path).status_code == status


@pytest.mark.parametrize("path", LISTS)
def test_a_row_has_no_form(path, team, signed_in):
    a_bit_of_everything(*team)
    browser = signed_in(team[1])

    answers = [browser.get(f"{path}1/change/"), browser.get(f"{path}add/"), browser.post(f"{path}1/delete/")]

    assert [answer.status_code for answer in answers] == [404, 404, 403]


def test_every_list_stands_in_one_group():
    tables = sorted(model._meta.model_name for model in panel._registry)

    assert sorted(table for group in GROUPS.values() for table in group) == tables


def test_the_first_page_groups_the_lists(mo, signed_in):
    groups = signed_in(mo).get("/admin/").context["groups"]

    assert [name for name, _lists in groups] == [name for name in GROUPS if name != "Background work"]
    assert [row["name"] for row in groups[0][1]] == ["Cases", "Reports", "Appeals", "Suggested edits"]


def test_open_cases_come_first_by_urgency(mo, ann, bob, signed_in):
    small, urgent = make_question(ann, title="May I say this here?"), make_question(ann)
    flagging.flag_post(bob, small, reason="off_topic")
    flagging.flag_post(bob, urgent, reason="danger")
    handling.claim_case(mo, Case.objects.get(post=small, kind="report").pk)

    found = rows(signed_in(mo).get(f"{CASES}?kind=report"))

    case = Case.objects.get(post=small, kind="report")
    assert [row[1] for row in found] == [
        '<span class="pill p-clay">Urgent</span>',
        '<span class="pill p-fill">Low</span>',
    ]
    assert (found[1][0], found[1][3], found[1][6]) == (f'<a href="/moderation/?case={case.pk}">Report</a>', "ann", "mo")
    assert [row[6] for row in found] == ["—", "mo"]


def test_a_decided_case_says_how_and_by_whom(mo, ann, bob, question, signed_in):
    flagging.flag_post(bob, question, reason="unkind")
    moderating.hide_post(mo, question, reason="Rude")
    browser = signed_in(mo)

    found = rows(browser.get(f"{CASES}?state=decided&kind=report"))

    assert [(row[0], row[7]) for row in found] == [("Report", "Post hidden, by mo")]
    assert rows(browser.get(f"{CASES}?kind=report")) == []


def test_a_suspension_and_a_reversal_name_whom_the_log_names(mo, ada, bob, question, signed_in):
    make_answer(question, bob)
    until = timezone.now() + timedelta(days=3)
    sanctioning.suspend_member(mo, bob, until=until, reason="A rest.", ability="voting")
    reversing.undo_account(ada, bob, since=timezone.now() - timedelta(hours=1), reason="All of it.")
    browser = signed_in(mo)

    [suspension], [reversal] = rows(browser.get(f"{SUSPENSIONS}?q=bob")), rows(browser.get(f"{REVERSALS}?q=bob"))

    link = f'<a href="/admin/accounts/user/{bob.pk}/change/">bob</a>'
    assert (suspension[0], suspension[4], suspension[5]) == (link, "A rest.", "mo")
    assert (reversal[1], reversal[2], reversal[3], reversal[5]) == (link, "All of it.", "1 posts", "ada")


def test_spam_below_a_post_that_is_anonymous_now_names_nobody(ada, sleep, signed_in):
    author = make_member("zephyrine")
    question = make_question(author, category=sleep)
    reversing.mark_spam(ada, question, reason="Advertising.")
    undoing.undo_entry(ada, LogEntry.objects.get())
    editing.edit_post(author, question, title=question.title, body=question.body, is_anonymous=True)
    browser = signed_in(ada)

    [row] = rows(browser.get(REVERSALS))

    assert (row[0], row[1], row[2]) == ("spam", "—", "Advertising.")
    assert rows(browser.get(f"{REVERSALS}?q=zephyrine")) == []
