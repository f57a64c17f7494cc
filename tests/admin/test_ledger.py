"""The ledger, the log and the revisions: read, never changed, and they lead to no anonymous author."""

import pytest

from forum.actions import answering, editing, moderating, tagging, voting
from forum.admin.words import post_link
from forum.models import Category, HelpLine, Page, ReputationChange
from tests.factories import make_answer, make_category, make_member, make_note, make_question

TABLES = ("reputationchange", "event", "revision", "logentry")
LEDGER, LOG, REVISIONS, ACTS = (f"/admin/forum/{name}/" for name in TABLES)
BOOKS = [LEDGER, LOG, REVISIONS, ACTS]


@pytest.fixture
def veiled(sleep):
    """An anonymous question with a hidden author, and an answer that was accepted, both well liked."""
    author = make_member("zephyrine", points=5_000)
    question = make_question(author, title="May I ask without a name?", category=sleep, is_anonymous=True)
    answer = make_answer(question, make_member("helper one"))
    answering.accept_answer(author, answer)
    voting.cast_vote(make_member("voter one"), question, 1)
    return question


def rows(page):
    """Return the cells of a list, row by row, as text without markup."""
    panel = page.context["cl"].model_admin
    columns = [name for name in panel.list_display if name != "action_checkbox"]
    return [[str(cell(panel, name, row)) for name in columns] for row in page.context["cl"].result_list]


def cell(panel, name, row):
    return getattr(panel, name)(row) if hasattr(panel, name) else getattr(row, name)


@pytest.mark.parametrize("path", BOOKS)
@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("ada", 200)])
def test_who_opens_the_books(who, status, path, request, signed_in):
    assert signed_in(request.getfixturevalue(who)).get(path).status_code == status


def test_the_ledger_is_for_administrators_and_the_log_for_moderators(mo, signed_in):
    assert [signed_in(mo).get(path).status_code for path in BOOKS] == [403, 200, 200, 200]


@pytest.mark.parametrize("path", BOOKS)
def test_a_line_has_no_page_and_no_form(path, ada, question, signed_in):
    browser = signed_in(ada)

    answers = [browser.get(f"{path}1/change/"), browser.get(f"{path}add/"), browser.post(f"{path}1/delete/")]

    assert [answer.status_code for answer in answers] == [404, 404, 403]


def test_the_ledger_leads_to_what_paid_openly(ada, question, signed_in):
    page = signed_in(ada).get(f"{LEDGER}?reason__exact=asked").content.decode()

    assert f'<a href="/admin/forum/post/{question.pk}/change/">How do I sleep better?</a>' in page


def test_the_ledger_has_no_line_of_an_anonymous_author_and_none_for_votes_cast(ada, veiled, signed_in):
    page = signed_in(ada).get(LEDGER)

    paid = {(line.member.username, line.reason) for line in page.context["cl"].result_list}
    assert {line for line in paid if line[1] != "opening_balance"} == {
        ("helper one", "answer_accepted"),
        ("helper one", "answered"),
    }
    assert (f"/post/{veiled.pk}/" in page.content.decode(), veiled.title in page.content.decode()) == (False, False)


def test_a_line_from_when_a_name_was_shown_leaves_the_ledger_with_the_name(ada, ann, question, signed_in):
    browser = signed_in(ada)
    before = rows(browser.get(f"{LEDGER}?reason__exact=asked"))

    editing.edit_post(ann, question, title=question.title, body=question.body, is_anonymous=True)

    assert [len(before), rows(browser.get(f"{LEDGER}?reason__exact=asked"))] == [1, []]


def test_an_anonymous_asker_who_chose_their_own_answer_has_the_line_of_any_helper(ada, ann, bob, signed_in):
    for author in (ann, bob):
        question = make_question(ann, is_anonymous=True)
        answering.accept_answer(ann, make_answer(question, author, body=f"By {author}."))

    found = rows(signed_in(ada).get(f"{LEDGER}?reason__exact=answer_accepted"))

    assert [(row[1], row[2]) for row in found] == [("+300", "answer_accepted")] * 2
    assert [name in row[0] for name, row in zip(("bob", "ann"), found, strict=True)] == [True, True]


def test_a_line_tells_the_day_and_no_time(ada, question, signed_in):
    change = ReputationChange.objects.filter(reason="asked").get()

    page = signed_in(ada).get(LEDGER).content.decode()

    assert (f"{change.created_at:%-d %B %Y}" in page, f"{change.created_at:%H:%M}" in page) == (True, False)


def test_the_ledger_is_found_by_the_whole_name(ada, bob, question, signed_in):
    browser = signed_in(ada)

    members = [
        {change.member.username for change in browser.get(f"{LEDGER}?q={name}").context["cl"].result_list}
        for name in ("ANN", "an", "bob")
    ]

    assert members == [{"ann"}, set(), {"bob"}]


@pytest.mark.parametrize("lookup", ["post", "post__author", "member", "actor", "editor", "guest", "post__is_anonymous"])
@pytest.mark.parametrize("path", BOOKS)
def test_no_address_filters_a_book(lookup, path, ada, veiled, signed_in):
    assert signed_in(ada).get(f"{path}?{lookup}={veiled.pk}").status_code == 400


def test_the_log_says_who_of_the_team_did_what_and_why(ada, mo, question, signed_in):
    moderating.hide_post(mo, question, reason="Names somebody")
    tagging.save_category(ada, Category(name="Work"))

    found = rows(signed_in(mo).get(ACTS))

    assert [(row[1], row[2]) for row in found] == [
        ("ada saved the topic “Work”", ""),
        (f"mo hid a question by ann {post_link(question)}", "Names somebody"),
    ]


def test_the_log_never_says_who_wrote_anonymously(mo, veiled, signed_in):
    page = signed_in(mo).get(LOG)

    shown = {(row[0], row[1]) for row in rows(page) if veiled.title in row[2]}
    assert "zephyrine" not in page.content.decode()
    assert shown == {("Question asked", "Anonymous")}


def test_the_log_names_the_post_of_an_act_and_no_vote(mo, ann, bob, question, signed_in):
    voting.cast_vote(bob, question, 1)

    found = rows(signed_in(mo).get(f"{LOG}?q={question.pk}"))

    assert [(row[0], row[1]) for row in found] == [("Question asked", "ann")]


@pytest.mark.parametrize(("name", "count"), [("mo", 1), ("ann", 0), ("nobody", 0)])
def test_the_log_is_searched_by_what_the_team_did(name, count, mo, question, signed_in):
    moderating.hide_post(mo, question, reason="Names somebody")

    page = signed_in(mo).get(f"{ACTS}?q={name}")

    assert page.context["cl"].result_count == count


def test_a_revision_by_the_author_has_the_byline_of_the_post(mo, veiled, bob, signed_in):
    editing.edit_post(veiled.author, veiled, body="Other words.", base_version=1)
    page = signed_in(mo).get(f"{REVISIONS}?q={veiled.pk}")

    assert [(row[1], row[2]) for row in rows(page)] == [("2", "Anonymous"), ("1", "Anonymous")]
    assert "zephyrine" not in page.content.decode()


@pytest.mark.parametrize("word", ["ann", "zephyrine", "x" * 300, "9" * 30])
def test_revisions_are_found_by_no_name(word, mo, question, veiled, signed_in):
    page = signed_in(mo).get(f"{REVISIONS}?q={word}")

    assert (page.status_code, page.context["cl"].result_count) == (200, 0)


LISTS = [*BOOKS, *(f"/admin/forum/{name}/" for name in ("category", "tag", "helpline", "page", "contentnote"))]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_few_queries(path, number, ada, signed_in, django_assert_num_queries):
    for index in range(number):
        make_question(
            make_member(), category=make_category(f"Place {index}"), tags=[f"tag-{index}"], is_anonymous=index == 1
        )
        make_note(f"Note {index}")
        Page.objects.create(slug=f"page-{index}", title="A page")
        HelpLine.objects.create(country="SE", country_name="Sweden", name=f"Line {index}", phone="112")
    browser = signed_in(ada)

    with django_assert_num_queries(5):
        page = browser.get(path)

    assert page.status_code == 200
