"""Keeping addresses, networks, e-mail addresses and domains out, and letting them in again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import blocking, undoing
from forum.effects import blocks
from forum.models import Block, Event, Guest, LogEntry
from tests.factories import make_member
from tests.support.records import everything

pytestmark = pytest.mark.django_db
HOME, OWN = "203.0.113.7", "198.51.100.1"


def until(days=7):
    return timezone.now() + timedelta(days=days)


def block(actor, value=HOME, kind="address", **options):
    told = {"until": until(), "reason": "Advertising.", "own_address": OWN, **options}
    return blocking.set_block(actor, kind=kind, value=value, **told)


@pytest.mark.parametrize(
    "kind, value, kept",
    [
        ("address", " 203.0.113.7 ", "203.0.113.7"),
        ("address", "203.0.113.7/32", "203.0.113.7"),
        ("address", "::ffff:203.0.113.7", "203.0.113.7"),
        ("address", "2001:DB8:1:2:3::4", "2001:db8:1:2::/64"),
        ("address", "2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("network", "203.0.113.9/24", "203.0.113.0/24"),
        ("network", "2001:db8::/32", "2001:db8::/32"),
        ("email", " Noor@Example.ORG ", "noor@example.org"),
        ("domain", "@Mail.Example.org.", "mail.example.org"),
    ],
)
def test_a_value_is_kept_one_way(ada, kind, value, kept):
    assert block(ada, value, kind).value == kept


@pytest.mark.parametrize(
    "kind, value, sentence",
    [
        ("address", "here", "Enter an address such as 203.0.113.7 or 2001:db8:1:2::."),
        ("address", "203.0.113.0/24", "Enter an address such as 203.0.113.7 or 2001:db8:1:2::."),
        ("network", "203.0.113.7", "Enter a network from /16 to /31; block a single one as an address."),
        ("network", "10.0.0.0/8", "Enter a network from /16 to /31; block a single one as an address."),
        ("network", "2001::/16", "Enter a network from /32 to /63; block a single one as an address."),
        ("network", "x/24", "Enter a network such as 203.0.113.0/24."),
        ("email", "nobody", "Enter an email address such as name@example.org."),
        ("domain", "org", "Enter a domain such as example.org."),
        ("domain", "no body.org", "Enter a domain such as example.org."),
        ("person", "bob", "Choose what to block."),
        ("address", OWN, "This would keep you out too."),
        ("network", "198.51.0.0/16", "This would keep you out too."),
        ("email", "mo@team.example", "Someone on the team has this address."),
        ("domain", "example", "Enter a domain such as example.org."),
        ("domain", "team.example", "Someone on the team has this address."),
    ],
)
def test_what_cannot_be_blocked_is_refused_with_a_sentence(ada, kind, value, sentence):
    make_member("mo", role="moderator", email="Mo@team.example")
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        block(ada, value, kind)

    assert refusal.value.message_dict == {"value": [sentence]}
    assert everything() == before


def test_the_servers_own_address_is_never_blocked(ada):
    with pytest.raises(
        ValidationError,
        match="This is the server’s own address, so everyone would be blocked",
    ):
        block(ada, "127.0.0.1")


@pytest.mark.parametrize("options, field", [({"until": until(-1)}, "until"), ({"reason": " "}, "reason")])
def test_a_block_ends_and_has_a_reason(ada, options, field):
    with pytest.raises(ValidationError) as refusal:
        block(ada, **options)

    assert list(refusal.value.message_dict) == [field]
    assert Block.objects.count() == 0


@pytest.mark.parametrize("who", ["ann", "mo"])
def test_only_administrators_block_and_lift(who, request, ada):
    person, kept = request.getfixturevalue(who), block(ada)
    before = everything()

    for someone in (person, Guest()):
        with pytest.raises(PermissionDenied, match="administrators"):
            block(someone, "203.0.113.8")
        with pytest.raises(PermissionDenied, match="administrators"):
            blocking.lift_block(someone, kept)
    assert everything() == before


def test_a_block_is_logged_without_its_value_in_any_column(ada):
    kept = block(ada)

    entry = LogEntry.objects.get()
    assert (entry.verb, entry.actor, entry.thing, entry.text.reason) == (
        "block.set",
        ada,
        f"block:{kept.pk}",
        "Advertising.",
    )
    assert entry.text.names == {"kind": "address", "value": HOME, "actor": "ada"}
    assert HOME not in str([*LogEntry.objects.values(), *Event.objects.values(), entry.text.before, entry.text.after])


def test_the_same_block_again_changes_nothing(ada):
    end = until()
    first = block(ada, until=end)
    before = everything()

    assert block(ada, f" {HOME} ", until=end) == first
    assert everything() == before


def test_another_block_of_the_same_replaces_it(ada):
    first = block(ada)

    second = block(ada, until=until(30))

    assert list(Block.objects.filter(lifted_at=None)) == [second]
    assert Block.objects.get(pk=first.pk).lifted_by == ada


def test_lifting_twice_is_lifting_once(ada):
    kept = block(ada)
    blocking.lift_block(ada, kept, reason="A mistake.")
    before = everything()

    lifted = blocking.lift_block(ada, kept)

    assert (lifted.lifted_by, Block.objects.holding().count()) == (ada, 0)
    assert everything() == before


def state():
    return list(Block.objects.order_by("pk").values("pk", "until", "lifted_at", "lifted_by"))


def newest():
    return LogEntry.objects.newest_first().first()


def test_undo_brings_back_the_block_that_was_replaced(ada):
    first = block(ada)
    before = state()
    second = block(ada, until=until(30))

    undone = undoing.undo_entry(ada, newest())
    assert state()[: len(before)] == before
    assert Block.objects.get(pk=second.pk).lifted_by == ada

    undoing.undo_entry(ada, undone)
    assert list(Block.objects.filter(lifted_at=None)) == [second]
    assert first != second


def test_undo_of_lifting_lets_it_hold_again(ada):
    kept = block(ada)
    before = state()
    blocking.lift_block(ada, kept)

    undoing.undo_entry(ada, newest())

    assert state() == before


def test_undo_of_lifting_is_refused_while_a_newer_block_of_the_same_holds(ada):
    blocking.lift_block(ada, block(ada))
    entry = newest()
    block(ada)
    before = everything()

    with pytest.raises(ValidationError, match="newer block of the same"):
        undoing.undo_entry(ada, entry)
    assert everything() == before


def test_moderators_do_not_undo_it(ada, mo):
    block(ada)

    with pytest.raises(PermissionDenied):
        undoing.undo_entry(mo, newest())
    assert Block.objects.holding().count() == 1


@pytest.mark.parametrize(
    "kind, value, address, is_kept_out",
    [
        ("address", HOME, HOME, True),
        ("address", HOME, "203.0.113.8", False),
        ("network", "203.0.113.0/24", "203.0.113.200", True),
        ("network", "203.0.0.0/16", "203.0.113.200", True),
        ("network", "203.0.112.0/24", "203.0.113.200", False),
        ("address", "2001:db8:1:2::9", "2001:db8:1:2::/64", True),
        ("network", "2001:db8::/32", "2001:db8:1:2::/64", True),
        ("network", "2001:db9::/32", "2001:db8:1:2::/64", False),
        ("address", HOME, "unknown", False),
    ],
)
def test_an_address_is_found_in_its_blocks_with_one_query(
    ada, kind, value, address, is_kept_out, django_assert_max_num_queries
):
    block(ada, value, kind)

    with django_assert_max_num_queries(1):
        assert Block.objects.holding().of_address(address).exists() is is_kept_out


@pytest.mark.parametrize(
    "kind, value, email, is_kept_out",
    [
        ("email", "noor@away.example", "Noor@away.example", True),
        ("email", "noor@away.example", "noor+2@away.example", True),
        ("email", "noor+2@away.example", "noor@away.example", False),
        ("email", "noor@away.example", "moor@away.example", False),
        ("domain", "away.example", "a@mail.away.example", True),
        ("domain", "mail.away.example", "a@away.example", False),
        ("domain", "away.example", "a@badaway.example", False),
    ],
)
def test_an_email_is_found_in_its_blocks(ada, kind, value, email, is_kept_out):
    block(ada, value, kind)

    assert Block.objects.holding().of_email(email).exists() is is_kept_out


def test_a_block_that_has_run_out_holds_nobody_and_may_be_set_anew(ada):
    kept = block(ada)
    Block.objects.update(until=until(-1))

    assert Block.objects.holding().count() == 0
    assert block(ada) != kept


@pytest.mark.parametrize("value", [OWN, "127.0.0.1", "unknown"])
def test_another_act_keeps_nobody_out_who_should_not_be(ada, value):
    assert blocks.keep_out("address", value, ada, until(), "Spam", own_address=OWN) is None
    assert Block.objects.count() == 0


def test_another_act_leaves_a_block_alone_that_holds(ada):
    kept = block(ada)

    assert blocks.keep_out("address", HOME, ada, until(7), "Spam") is None
    assert list(Block.objects.holding()) == [kept]
