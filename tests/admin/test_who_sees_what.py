"""Who reaches which page of the administration."""

import pytest

from forum.actions import flagging
from tests.factories import make_answer

PAGES = [
    "/admin/",
    "/admin/forum/post/",
    "/admin/forum/post/{post}/change/",
    "/admin/forum/post/{post}/act/hide/",
    "/admin/forum/flag/",
    "/admin/forum/flag/{flag}/act/hide-flagged/",
    "/admin/accounts/user/",
    "/admin/accounts/user/{member}/change/",
    "/admin/accounts/user/{member}/act/suspend/",
]
ADMINISTRATORS = ["/admin/recount/", "/admin/accounts/user/{member}/act/role/"]


@pytest.fixture
def numbers(question, ann, bob):
    """The numbers of a reported answer, its report and its author."""
    answer = make_answer(question, bob)
    flag = flagging.flag_post(ann, answer, reason="unkind")
    return {"post": answer.pk, "flag": flag.pk, "member": bob.pk}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("mo", 200), ("ada", 200)])
def test_moderators_and_administrators_come_in(who, status, path, numbers, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(path.format(**numbers))

    assert page.status_code == status


@pytest.mark.parametrize("path", ADMINISTRATORS)
@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("mo", 403), ("ada", 200)])
def test_some_pages_are_for_administrators(who, status, path, numbers, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get(path.format(**numbers))

    assert page.status_code == status


@pytest.mark.parametrize("path", [*PAGES, *ADMINISTRATORS])
def test_a_guest_is_sent_to_sign_in(path, numbers, client):
    path = path.format(**numbers)

    answer = client.get(path, follow=True)

    assert answer.redirect_chain[-1] == (f"/accounts/login/?next={path}", 302)


def test_a_member_is_told_on_a_page_of_the_site(ann, signed_in):
    page = signed_in(ann).get("/admin/")

    assert "That didn’t work" in page.content.decode()


def test_the_role_of_others_is_not_changed_by_a_moderator(mo, bob, signed_in):
    answer = signed_in(mo).post(f"/admin/accounts/user/{bob.pk}/act/role/", {"role": "owner", "reason": "Because."})

    bob.refresh_from_db()
    assert (answer.status_code, bob.role) == (403, "member")


@pytest.mark.parametrize(("who", "shown"), [("mo", False), ("ada", True)])
def test_addresses_are_for_administrators(who, shown, bob, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    pages = [browser.get(path).content.decode() for path in ("/admin/accounts/user/", f"{_page_of(bob)}")]

    assert ["bob@example.org" in page for page in pages] == [shown, shown]


@pytest.mark.parametrize(("who", "found"), [("mo", False), ("ada", True)])
def test_addresses_are_searched_by_administrators(who, found, bob, request, signed_in):
    page = signed_in(request.getfixturevalue(who)).get("/admin/accounts/user/?q=bob@example.org")

    assert (_page_of(bob) in page.content.decode()) is found


def test_a_member_is_found_by_the_beginning_of_the_name(mo, bob, ann, signed_in):
    page = signed_in(mo).get("/admin/accounts/user/?q=BO").content.decode()

    assert (_page_of(bob) in page, _page_of(ann) in page) == (True, False)


@pytest.mark.parametrize("path", ["/admin/auth/group/", "/admin/taggit/tag/", "/admin/account/emailaddress/"])
def test_tables_of_libraries_are_not_here(path, ada, signed_in):
    assert signed_in(ada).get(path).status_code == 404


def test_the_menu_of_a_post_leads_moderators_to_its_acts(mo, question, signed_in):
    answer = make_answer(question)
    page = signed_in(mo).get(question.get_absolute_url()).content.decode()

    links = [f'href="/posts/{post.pk}/moderate/"' in page for post in (question, answer)]

    assert links == [True, True]


def _page_of(member):
    return f"/admin/accounts/user/{member.pk}/change/"
