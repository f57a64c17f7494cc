"""The chain of the log: what it keeps, in which form, and that nothing can be taken from it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from forum.effects import log
from forum.effects.log import PARTS, digest_of, hash_of, seal_of
from forum.models import LogEntry, LogHead, LogText
from forum.queries.log_chain import get_chain
from tests.effects.test_races import at_once

pytestmark = pytest.mark.django_db


def digest_in_the_database(number):
    """Return the digest of an entry's words as the database gives them back."""
    text = LogText.objects.get(pk=number)
    return digest_of({part: seal_of(part, getattr(text, part), text.salts[part]) for part in PARTS})


def test_an_entry_says_who_did_what_to_what_and_follows_on_the_one_before(mo, ann, question):
    first = log.append("post.hidden", actor=mo, post=question)
    second = log.append("member.warned", actor=mo, member=ann, thing="message:4", undoes=first)

    kept = list(LogEntry.objects.order_by("number").values())
    assert kept == [
        {
            "number": each.number,
            "verb": verb,
            "actor_id": mo.pk,
            "post_id": post,
            "member_id": member,
            "thing": thing,
            "undoes_id": undoes,
            "created_at": each.created_at,
            "digest": digest_in_the_database(each.number),
            "previous": previous,
            "hash": hash_of(each),
        }
        for each, verb, post, member, thing, undoes, previous in (
            (first, "post.hidden", question.pk, None, "", None, ""),
            (second, "member.warned", None, ann.pk, "message:4", 1, first.hash),
        )
    ]
    assert LogHead.objects.values().get() == {"id": 1, "number": 2, "hash": second.hash}


def test_names_are_kept_as_they_are_now(mo, ann):
    log.append("member.warned", actor=mo, member=ann, names={"helper": "someone"})

    assert LogText.objects.get().names == {"actor": "mo", "member": "ann", "helper": "someone"}


def test_who_has_closed_their_account_is_not_named(mo, ann):
    ann.closed_at = datetime(2026, 1, 1, tzinfo=UTC)

    log.append("member.warned", actor=mo, member=ann)

    assert LogText.objects.get().names == {"actor": "mo"}


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"b": 1, "a": [1, 2, {"d": None, "c": True}]},
        {1: "one", 10: "ten", 2: "two"},
        {"pair": (1, 2)},
        {"large": 2**62, "small": -(2**62)},
        {"word": "שינה 🙂 “quoted” \\ / \t\n  é é"},
        {"": "", "null": None},
        {"long": "x" * 20_000},
    ],
)
def test_words_come_back_as_they_were_sealed(mo, words):
    entry = log.append("site.looked_at", actor=mo, reason="Ünï \n 🙂 ", before=words, after=words, names=words)

    assert digest_in_the_database(1) == entry.digest
    assert get_chain().flaw is None


@pytest.mark.parametrize("number", [0.5, 1e20, float("nan"), float("inf"), -0.0])
def test_fractions_are_refused(mo, number):
    with pytest.raises(ValueError, match="no fractions"), transaction.atomic():
        log.append("site.looked_at", actor=mo, before={"number": number})

    assert LogEntry.objects.count() == 0


def test_each_microsecond_has_a_hash_of_its_own(mo):
    entry = log.append("site.looked_at", actor=mo)
    moments = [datetime(2038, 7, 19, 3, 14, 7, tzinfo=UTC) + timedelta(microseconds=step) for step in range(3_000)]

    hashes = set()
    for entry.created_at in moments:
        hashes.add(hash_of(entry))

    assert len(hashes) == 3_000


def test_the_moment_comes_back_to_the_microsecond(mo, monkeypatch):
    moment = datetime(2026, 10, 25, 2, 30, 0, 999_999, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    entry = log.append("site.looked_at", actor=mo)

    assert LogEntry.objects.get().created_at == moment
    assert hash_of(LogEntry.objects.get()) == entry.hash


def test_two_equal_acts_have_different_digests(mo):
    first, second = (log.append("site.looked_at", actor=mo, reason="The same") for _ in range(2))

    assert first.digest != second.digest


@pytest.mark.parametrize("change", [{"verb": "x"}, {"number": 9}, {"hash": ""}])
def test_the_database_lets_nobody_change_an_entry(mo, change):
    log.append("site.looked_at", actor=mo)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LogEntry.objects.update(**change)

    assert get_chain().flaw is None


def test_the_database_lets_nobody_delete_entries_or_their_words(mo):
    log.append("site.looked_at", actor=mo)

    for table in (LogText, LogEntry):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            table.objects.all()._raw_delete("default")

    assert (LogEntry.objects.count(), LogText.objects.count()) == (1, 1)


def test_the_database_lets_nobody_change_words_but_by_erasing(mo):
    log.append("site.looked_at", actor=mo, reason="As it was")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LogText.objects.update(reason="Another")

    assert LogText.objects.get().reason == "As it was"


def test_erased_words_leave_a_seal_without_its_salt(mo):
    entry = log.append("site.looked_at", actor=mo, reason="Private", before={"name": "Ann"})
    seal = seal_of("reason", "Private", LogText.objects.get().salts["reason"])

    assert log.erase(LogText.objects.get(), ["reason", "before"])

    text = LogText.objects.get()
    assert (text.reason, text.before, text.names) == ("", {}, {"actor": "mo"})
    assert (sorted(text.salts), sorted(text.erased), text.erased["reason"]) == (
        ["after", "names"],
        ["before", "reason"],
        seal,
    )
    assert text.erased_at is not None
    assert LogEntry.objects.get().digest == entry.digest


def test_erased_twice_is_erased_once(mo):
    log.append("site.looked_at", actor=mo, reason="Private")
    log.erase(LogText.objects.get(), PARTS)
    before = LogText.objects.values().get()

    assert log.erase(LogText.objects.get(), PARTS) is False
    assert LogText.objects.values().get() == before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_who_append_at_once_make_one_chain(mo, ada):
    at_once(*[lambda number=number: append_ten(mo if number % 2 else ada) for number in range(8)])

    chain = get_chain()
    assert (chain.count, chain.flaw) == (80, None)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap(mo):
    def append_and_give_up():
        with transaction.atomic():
            log.append("site.looked_at", actor=mo)
            transaction.set_rollback(True)

    at_once(*[append_and_give_up, lambda: append_ten(mo)] * 4)

    chain = get_chain()
    assert (chain.count, chain.flaw) == (40, None)


def append_ten(actor):
    """Append ten entries, each in a transaction of its own."""
    for _ in range(10):
        with transaction.atomic():
            log.append("site.looked_at", actor=actor)
