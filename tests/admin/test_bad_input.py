"""What the administration refuses, and how."""

import pytest

from forum.models import Post
from tests.admin.acting import act
from tests.support.records import everything

HUGE = "9" * 30


@pytest.mark.parametrize(
    "path",
    [
        "/admin/forum/post/{post}/act/explode/",
        "/admin/forum/post/999999/act/hide/",
        f"/admin/forum/post/{HUGE}/act/hide/",
        "/admin/forum/post/abc/change/",
        "/admin/forum/post/999999/change/",
        f"/admin/forum/post/{HUGE}/change/",
        "/admin/forum/post/²/change/",
        "/admin/forum/flag/abc/change/",
        f"/admin/forum/flag/{HUGE}/change/",
        "/admin/accounts/user/abc/change/",
        f"/admin/accounts/user/{HUGE}/change/",
        "/admin/forum/post/{post}/history/",
        "/admin/nothing/",
        "/admin/autocomplete/",
    ],
)
def test_what_is_not_there_is_404(path, mo, question, signed_in):
    assert signed_in(mo).get(path.format(post=question.pk)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/admin/forum/post/add/", "/admin/forum/post/{post}/delete/", "/admin/accounts/user/add/"]
)
def test_nothing_is_added_or_erased_here(path, ada, question, signed_in):
    browser = signed_in(ada)
    before = everything()

    answers = [browser.get(path.format(post=question.pk)), browser.post(path.format(post=question.pk), {"post": "yes"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert everything() == before


def test_a_post_is_not_saved_by_a_form(ada, question, signed_in):
    answer = signed_in(ada).post(f"/admin/forum/post/{question.pk}/change/", {"title": "Mine now", "body": "x"})

    assert (answer.status_code, Post.objects.get(pk=question.pk).title) == (403, question.title)


@pytest.mark.parametrize("chosen", [["abc"], [HUGE], ["1", "-1"], ["1 or 1=1"], ["²"]])
@pytest.mark.parametrize("path", ["/admin/forum/post/", "/admin/forum/flag/", "/admin/accounts/user/"])
def test_what_no_row_is_called_cannot_be_chosen(chosen, path, mo, question, signed_in):
    name = {"post": "hide", "flag": "uphold", "user": "lift"}[path.split("/")[-2]]
    form = {"action": name, "_selected_action": chosen, "confirmed": "1", "reason": "Because"}

    assert signed_in(mo).post(path, form).status_code == 400


def test_an_unknown_act_on_several_does_nothing(mo, question, signed_in):
    browser = signed_in(mo)
    before = everything()

    answer = browser.post("/admin/forum/post/", {"action": "delete_selected", "_selected_action": [question.pk]})

    assert (answer.status_code, answer.url) == (302, "/admin/forum/post/")
    assert everything() == before


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example", "x"],
)
def test_an_act_leads_nowhere_else(elsewhere, mo, question, signed_in):
    path = f"/admin/forum/post/{question.pk}/"
    browser = signed_in(mo)

    asked = browser.get(f"{path}act/hide/", {"next": elsewhere}).context["next"]
    answer = act(browser, path, "hide", next=elsewhere)

    assert (asked, answer.url) == (f"{path}change/", f"{path}change/")


def test_an_act_leads_back_where_it_began(mo, question, signed_in):
    answer = act(signed_in(mo), f"/admin/forum/post/{question.pk}/", "hide", next="/admin/")

    assert answer.url == "/admin/"


@pytest.mark.parametrize(
    "query", ["?p=abc", "?p=99999999", "?p=-3", "?status=nonsense", "?q=%00", f"?q={HUGE}", "?o=9"]
)
def test_a_list_survives_nonsense(query, mo, question, signed_in):
    answer = signed_in(mo).get(f"/admin/forum/post/{query}")

    assert answer.status_code in {200, 302, 400}


@pytest.mark.parametrize("path", ["/admin/forum/post/{post}/act/hide/", "/moderation/undo/"])
def test_a_form_without_its_token_is_refused(path, mo, question, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(mo)

    answer = client.post(path.format(post=question.pk), {"reason": "Because"})

    assert (answer.status_code, Post.objects.get(pk=question.pk).status) == (403, "published")
