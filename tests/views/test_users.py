"""People over HTTP."""

import pytest
from django.utils import timezone

from tests.factories import make_answer, make_comment, make_member, make_question

PARTS = ["", "questions/", "answers/", "activity/"]


def page(client, url):
    return client.get(url).content.decode()


def test_the_list_shows_members_with_their_points(client, bob):
    text = page(client, "/users/")

    assert '<a href="/user/bob/"><bdi>bob</bdi></a>' in text
    assert "<bdi>2.5k</bdi> points" in text


@pytest.mark.parametrize("url, sentence", [("/users/", "No one here yet"), ("/users/?q=zzz", "No one by that name")])
def test_an_empty_list_says_what_to_do(client, db, url, sentence):
    assert sentence in page(client, url)


@pytest.mark.parametrize("part", PARTS)
def test_a_member_has_pages(client, bob, question, part):
    make_answer(question, bob)
    make_question(bob, title="How do I sleep better?")

    response = client.get(f"/user/bob/{part}")

    assert response.status_code == 200
    assert "How do I sleep better?" in response.content.decode()


@pytest.mark.parametrize("part", [*PARTS, "points/"])
@pytest.mark.parametrize("name", ["NOOR%20HADDAD", "noorhaddad", "Noor.Haddad"])
def test_another_spelling_leads_to_the_member(client, db, name, part):
    make_member("Noor Haddad")

    response = client.get(f"/user/{name}/{part}?older=1")

    assert (response.status_code, response.url) == (301, f"/user/Noor%20Haddad/{part}?older=1")


def test_a_name_in_any_script_has_an_address(client, db):
    make_member("Зима")

    assert client.get("/user/%D0%97%D0%B8%D0%BC%D0%B0/").status_code == 200


@pytest.mark.parametrize("part", [*PARTS, "points/"])
def test_unknown_names_and_closed_accounts_get_a_sentence(client, db, part):
    make_member("gone", closed_at=timezone.now())

    for name in ("nobody", "gone"):
        response = client.get(f"/user/{name}/{part}")
        assert response.status_code == 404
        assert "There’s no one by this name here. They may have closed their account." in response.content.decode()


@pytest.mark.parametrize("url", ["/users/", *(f"/user/bob/{part}" for part in (*PARTS, "points/"))])
def test_nothing_here_is_posted_to(client, bob, url):
    assert client.post(url).status_code == 405


def test_the_curve_has_a_table_and_a_title(client, bob):
    text = page(client, "/user/bob/")

    assert '<title id="points-curve-t">Points from March 2024 to today, now 2,500</title>' in text
    assert (
        '<th scope="row">March 2024</th><td class="r"><bdi>+2,500</bdi></td><td class="r"><bdi>2,500</bdi></td>' in text
    )


def test_only_the_member_and_administrators_are_led_to_the_ledger(client, signed_in, ann, ada, bob):
    led = [
        ">Points history" in page(reader, "/user/bob/")
        for reader in (client, signed_in(ann), signed_in(bob), signed_in(ada))
    ]

    assert led == [False, False, True, True]


def test_the_ledger_is_shown_to_its_member_and_administrators(client, signed_in, ann, mo, ada, bob):
    readers = (client, signed_in(ann), signed_in(mo), signed_in(bob), signed_in(ada))

    assert [reader.get("/user/bob/points/").status_code for reader in readers] == [404, 404, 404, 200, 200]


def test_the_ledger_names_each_cause(signed_in, newt, question):
    make_answer(question, newt)

    text = page(signed_in(newt), "/user/newt/points/")

    assert "Your points history" in text
    assert "Posted an answer" in text
    assert "<b><bdi>+40</bdi></b>" in text


def test_anonymous_posts_are_on_no_page_of_their_author_but_for_their_own_eyes(client, signed_in, bob, ada, question):
    secret = make_question(bob, title="Something nobody may know of me", is_anonymous=True)
    make_answer(question, bob, is_anonymous=True)

    own = signed_in(bob)
    for reader in (client, own, signed_in(ada)):
        for part in [part for part in PARTS if part or reader is not own] + ["?as=others"]:
            text = page(reader, f"/user/bob/{part}")
            assert secret.title not in text
            assert question.title not in text
    for part in ("", "anonymous/"):
        text = page(own, f"/user/bob/{part}")
        assert "Only you can see these" in text
        assert secret.title in text
        assert question.title in text
    assert [reader.get("/user/bob/anonymous/").status_code for reader in (client, signed_in(ada))] == [404, 404]


@pytest.mark.parametrize(
    "reader, url, queries",
    [
        *[("guest", "/users/", 3), ("guest", "/user/bob/", 13), ("guest", "/user/bob/activity/", 5)],
        *[("member", "/users/", 5), ("member", "/user/bob/", 17), ("member", "/user/bob/activity/", 7)],
    ],
    indirect=["reader"],
)
def test_pages_cost_the_same_with_one_row_and_with_three(
    django_assert_num_queries, reader, bob, question, url, queries
):
    make_answer(question, bob)
    with django_assert_num_queries(queries):
        reader.get(url)

    make_comment(question, bob)
    make_answer(make_question(tags=["one"]), bob)
    with django_assert_num_queries(queries):
        reader.get(url)


def test_the_ledger_costs_the_same_with_one_row_and_with_three(django_assert_num_queries, signed_in, newt, question):
    reader = signed_in(newt)
    make_answer(question, newt)
    with django_assert_num_queries(7):
        reader.get("/user/newt/points/")

    make_answer(make_question(), newt)
    make_question(newt)
    with django_assert_num_queries(7):
        reader.get("/user/newt/points/")
