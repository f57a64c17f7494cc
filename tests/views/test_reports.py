"""Reporting members, reading what became of one's reports, and how a reported post reads meanwhile."""

import pytest

from forum.actions import flagging, moderating
from forum.models import Flag
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.pages import piece

FOLDED = "Reported and waiting for a moderator"


def fold(post):
    for _ in range(3):
        flagging.flag_post(make_member(), post, reason="unkind")


def test_a_member_is_reported(signed_in, ann, newt):
    client = signed_in(newt)
    page = piece(client.get("/user/ann/flag/"))
    assert ("<h1>Report this member</h1>" in page, page.count('type="radio"')) == (True, 4)

    answer = client.post("/user/ann/flag/", {"reason": "unkind", "text": "In three threads."})

    assert (answer.status_code, answer.url) == (302, "/user/ann/")
    assert Flag.objects.values_list("member", "post", "reason", "text").get() == (
        ann.pk,
        None,
        "unkind",
        "In three threads.",
    )
    assert "You’ve already reported this. A moderator will look at it." in piece(client.get("/user/ann/flag/"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_reports_a_member(signed_in, client, ann, newt, method):
    answers = [
        getattr(client, method)("/user/ann/flag/", {"reason": "spam"}),
        getattr(signed_in(ann), method)("/user/ann/flag/", {"reason": "spam"}),
        getattr(signed_in(newt), method)("/user/nobody/flag/", {"reason": "spam"}),
    ]

    assert [answer.status_code for answer in answers] == [200 if method == "get" else 302, 403, 404]
    assert method == "get" or answers[0].url.startswith("/accounts/login/?next=")
    assert Flag.objects.count() == 0


def test_what_a_member_cannot_be_reported_for_comes_back(signed_in, ann, newt):
    answer = signed_in(newt).post("/user/ann/flag/", {"reason": "duplicate"})

    assert (answer.status_code, "Choose a reason" in piece(answer)) == (422, True)


def test_who_worries_about_somebody_sees_who_can_help_right_now(signed_in, newt, question):
    page = signed_in(newt).post(f"/posts/{question.pk}/flag/", {"reason": "danger"}, follow=True)

    assert page.redirect_chain == [("/help/crisis/", 302)]
    assert "Thank you for looking out for someone." in piece(page)


def test_reports_say_what_became_of_them_and_not_by_whom(signed_in, ann, mo, newt, question):
    answer = make_answer(question, ann)
    flagging.flag_post(newt, question, reason="unkind", text="The last line.")
    flagging.flag_post(newt, answer, reason="spam")
    flagging.flag_member(newt, ann, reason="unkind")
    flagging.keep_post(mo, question, reason="It is kind enough.")
    moderating.hide_post(mo, answer, reason="Between us.")

    page = signed_in(newt).get("/reports/")

    rows = [(row.kind, row.title, row.path, row.state, row.outcome) for row in page.context["page"].rows]
    assert rows == [
        ("Member", "ann", "/user/ann/", "A moderator will look at it", ""),
        ("Post", "A post that isn’t public", "", "A moderator has acted on it", ""),
        ("Question", question.title, question.get_absolute_url(), "It stays as it is", "It is kind enough."),
    ]
    assert (">mo<" in piece(page), "Between us" in piece(page), "The last line." in piece(page)) == (False, False, True)


def test_everybody_reads_their_own_reports_alone(signed_in, client, bob, newt, question):
    flagging.flag_post(newt, question, reason="unkind")

    assert "Nothing reported" in piece(signed_in(bob).get("/reports/"))
    assert client.get("/reports/").status_code == 302
    assert signed_in(bob).post("/reports/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(signed_in, newt, number, django_assert_num_queries):
    for _ in range(number):
        flagging.flag_post(newt, make_question(), reason="spam")
    client = signed_in(newt)

    with django_assert_num_queries(6):
        client.get("/reports/")


def test_the_list_goes_on_beyond_one_page(signed_in, newt, question):
    Flag.objects.bulk_create(Flag(post=question, reporter=newt, reason_id="spam", state="declined") for _ in range(21))
    client = signed_in(newt)

    first = client.get("/reports/").context["page"]
    second = client.get(first.older_url).context["page"]

    assert (len(first.rows), len(second.rows)) == (20, 1)


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_what_is_being_checked_is_folded_and_opens_with_a_tap(reader, bob, question):
    answer = make_answer(question, bob, body="You are all fools.")
    comment = make_comment(question, bob, body="Fools, I say.")
    assert FOLDED not in piece(reader.get(question.get_absolute_url()))
    fold(answer)
    fold(comment)

    page = piece(reader.get(question.get_absolute_url()))

    assert page.count(FOLDED) == 2
    assert page.count('<details class="note mt2"><summary>') == 2


def test_its_author_reads_it_open(signed_in, ann, question):
    fold(question)

    page = piece(signed_in(ann).get(question.get_absolute_url()))

    assert '<details class="note mt2" open><summary>' in page


@pytest.mark.parametrize("path", ["/", "/questions/", "/search/?q=four", "/bookmarks/"])
def test_lists_show_nothing_of_what_is_being_checked(signed_in, bob, path, question):
    client = signed_in(bob)
    client.post(f"/posts/{question.pk}/bookmark/", {"choice": "save"})
    assert ("I wake at" in piece(client.get(path))) is True

    fold(question)

    assert "I wake at" not in piece(client.get(path))
