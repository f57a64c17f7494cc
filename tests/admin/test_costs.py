"""What the pages of the administration cost: the same with one row and with three."""

import pytest

from forum.actions import flagging, moderating
from tests.factories import make_answer, make_member

COSTS = {"/admin/": 10, "/admin/forum/post/": 5, "/admin/forum/flag/": 6, "/admin/accounts/user/": 5}


def reported_and_waiting(mo, number):
    for _ in range(number):
        answer = make_answer()
        flagging.flag_post(make_member(), answer, reason="unkind")
        moderating.hold_post(mo, make_answer(), reason="Let us look")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", COSTS)
def test_a_page_costs_the_same_few_queries(path, rows, mo, signed_in, django_assert_num_queries):
    reported_and_waiting(mo, rows)
    browser = signed_in(mo)

    with django_assert_num_queries(COSTS[path]):
        page = browser.get(path)

    assert page.status_code == 200


@pytest.mark.parametrize("flags", [1, 3])
def test_the_page_of_a_post_costs_the_same(flags, mo, question, signed_in, django_assert_num_queries):
    for _ in range(flags):
        flagging.flag_post(make_member(), question, reason="unkind")
    browser = signed_in(mo)

    with django_assert_num_queries(11):
        page = browser.get(f"/admin/forum/post/{question.pk}/change/")

    assert page.status_code == 200


def test_a_list_counts_no_whole_table(mo, question, signed_in, django_assert_num_queries):
    browser = signed_in(mo)

    with django_assert_num_queries(COSTS["/admin/forum/post/"]) as captured:
        browser.get("/admin/forum/post/")

    counting = [query["sql"] for query in captured.captured_queries if "COUNT(" in query["sql"]]
    assert ["LIMIT 550" in sql for sql in counting] == [True]
