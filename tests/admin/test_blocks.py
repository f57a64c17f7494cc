"""Blocks in the administration: set, lifted and undone by administrators, each time in the log."""

import pytest
from django.utils import timezone

from forum.models import Block, LogEntry
from tests.admin.acting import act_on_several, undo_last
from tests.admin.filling import errors_of, said, save
from tests.support.records import everything

LIST, ADD = "/admin/forum/block/", "/admin/forum/block/add/"
GIVEN = {"kind": "network", "value": "203.0.113.9/24", "reason": "Advertising."}


def keep_out(browser, **given):
    return save(browser, ADD, **GIVEN | given)


def state():
    return [(block.value, block.lifted_at is None) for block in Block.objects.order_by("pk")]


def test_a_block_is_set_for_a_while_and_logged(ada, signed_in):
    answer = keep_out(signed_in(ada), days=30)

    block = Block.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert (block.kind, block.value, block.actor, block.reason) == ("network", "203.0.113.0/24", ada, "Advertising.")
    assert (block.until - timezone.now()).days == 29
    assert LogEntry.objects.values_list("verb", "actor", "thing").get() == ("block.set", ada.pk, f"block:{block.pk}")


def test_what_cannot_be_blocked_is_said_on_its_field_and_kept(ada, signed_in):
    browser = signed_in(ada)
    before = everything()

    page = keep_out(browser, value="10.0.0.0/8")

    assert page.status_code == 422
    assert errors_of(page) == {"value": ["Enter a network from /16 to /31; block a single one as an address."]}
    assert 'value="10.0.0.0/8"' in page.content.decode()
    assert everything() == before


def test_a_block_of_ones_own_address_is_refused(ada, signed_in):
    browser = signed_in(ada)
    browser.defaults["REMOTE_ADDR"] = "203.0.113.77"

    page = keep_out(browser)

    assert errors_of(page) == {"value": ["This would keep you out too."]}


def test_the_list_shows_what_holds(ada, signed_in):
    browser = signed_in(ada)
    keep_out(browser)

    page = browser.get(LIST).content.decode()

    assert "203.0.113.0/24" in page
    assert ">In force</span>" in page


def test_a_block_is_lifted_with_a_reason_and_undo_lets_it_hold_again(ada, signed_in):
    browser = signed_in(ada)
    keep_out(browser)
    browser.get(LIST)

    act_on_several(browser, LIST, "lift-block", Block.objects.all())
    lifted = state()
    undo_last(browser)

    assert (lifted, state()) == ([("203.0.113.0/24", False)], [("203.0.113.0/24", True)])
    verbs = LogEntry.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["block.set", "block.lifted", "block.set"]


def test_a_block_that_was_just_set_is_undone_from_its_message(ada, signed_in):
    browser = signed_in(ada)
    keep_out(browser)

    undo_last(browser)

    assert state() == [("203.0.113.0/24", False)]


def test_the_page_of_a_block_is_its_list_and_nothing_deletes_one(ada, signed_in):
    browser = signed_in(ada)
    keep_out(browser)
    block = Block.objects.get()

    page = browser.get(f"{LIST}{block.pk}/change/")
    deleted = browser.post(f"{LIST}{block.pk}/delete/", {"post": "yes"})

    assert (page.status_code, page["Location"], deleted.status_code) == (302, LIST, 404)
    assert Block.objects.count() == 1


@pytest.mark.parametrize("path", [LIST, ADD, f"{LIST}1/act/lift-block/"])
@pytest.mark.parametrize("who", ["ann", "mo"])
def test_moderators_see_no_addresses(who, path, request, signed_in):
    assert signed_in(request.getfixturevalue(who)).get(path).status_code == 403


def test_moderators_are_not_offered_the_list(mo, signed_in):
    assert LIST not in signed_in(mo).get("/admin/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_few_queries(rows, ada, signed_in, django_assert_num_queries):
    browser = signed_in(ada)
    for number in range(rows):
        Block.objects.create(
            kind="address", value=f"203.0.113.{number}", actor=ada, reason="Spam", until=timezone.now()
        )

    with django_assert_num_queries(5):
        browser.get(LIST)


def test_the_list_is_filtered_and_searched(ada, signed_in):
    browser = signed_in(ada)
    keep_out(browser)
    keep_out(browser, kind="domain", value="bad.example")
    browser.get(LIST)
    Block.objects.filter(kind="domain").update(until=timezone.now())

    holding = browser.get(f"{LIST}?holds=yes").context["cl"].result_list
    found = browser.get(f"{LIST}?q=BAD.example").context["cl"].result_list

    assert [block.value for block in holding] == ["203.0.113.0/24"]
    assert [block.value for block in found] == ["bad.example"]
    assert said(browser.get(LIST)) == []
