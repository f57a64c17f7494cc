"""`manage.py verify_log`: what somebody with SQL did to the log, and where it is found."""

import io

import pytest
from django.core.management import call_command

from forum.effects import log
from forum.models import LogEntry, LogHead, LogText
from tests.support.guards import no_guards, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(mo, ann, question):
    """A log of five entries."""
    for number in range(1, 6):
        log.append("post.hidden", actor=mo, post=question, reason=f"Reason {number}", before={"flags": [number, 1]})


def verify():
    """Return how the command ended, and what it said."""
    output = io.StringIO()
    try:
        call_command("verify_log", stdout=output)
    except SystemExit as end:
        return end.code, output.getvalue()
    return 0, output.getvalue()


def tamper(*statements):
    """Do with SQL what the site never does."""
    with no_guards():
        run(statements)


def renumber(old, new):
    """Return statements that give an entry and its words another number."""
    return [
        f"UPDATE forum_logentry SET number = {new} WHERE number = {old}",
        f"UPDATE forum_logtext SET entry_id = {new} WHERE entry_id = {old}",
    ]


def remove(number):
    """Return statements that delete an entry with its words."""
    return [
        f"DELETE FROM forum_logtext WHERE entry_id = {number}",
        f"DELETE FROM forum_logentry WHERE number = {number}",
    ]


def copy_of(number, new):
    """Return statements that write an entry after the model of another one."""
    columns = "verb, actor_id, post_id, member_id, thing, undoes_id, created_at, digest, previous, hash"
    words = "salts, reason, before, after, names, erased, erased_at"
    return [
        (
            f"INSERT INTO forum_logentry (number, {columns}) SELECT {new}, {columns} FROM forum_logentry"
            f" WHERE number = {number}"
        ),
        (
            f"INSERT INTO forum_logtext (entry_id, {words}) SELECT {new}, {words} FROM forum_logtext"
            f" WHERE entry_id = {number}"
        ),
    ]


def test_an_empty_log_is_whole():
    assert verify() == (0, "The log is intact: 0 entries.\n")


def test_a_whole_log_names_its_last_hash(five):
    last = LogEntry.objects.get(number=5)

    assert verify() == (0, f"The log is intact: 5 entries. The last hash is {last.hash}.\n")


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'post.shown'",
        "actor_id = NULL",
        "post_id = NULL",
        "member_id = actor_id",
        "thing = 'flag:1'",
        "undoes_id = 1",
        "created_at = '2026-01-01 00:00:00+00:00'",
        "digest = hash",
        "previous = hash",
        "hash = digest",
    ],
)
def test_an_altered_row_is_named(five, change):
    tamper(f"UPDATE forum_logentry SET {change} WHERE number = 3")

    assert verify() == (1, "Entry 3: its row is not what was written: the hash differs.\n")


def test_a_moment_later_is_named(five):
    entry = LogEntry.objects.get(number=3)
    later = entry.created_at.replace(microsecond=(entry.created_at.microsecond + 1) % 1_000_000)

    tamper(f"UPDATE forum_logentry SET created_at = '{later:%Y-%m-%d %H:%M:%S.%f}' WHERE number = 3")

    assert verify() == (1, "Entry 3: its row is not what was written: the hash differs.\n")


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'Another reason'",
        "reason = ''",
        """before = '{"flags": [1, 3]}'""",
        """after = '{"more": 1}'""",
        """names = '{"actor": "somebody"}'""",
        "salts = '{}'",
    ],
)
def test_altered_words_are_named(five, change):
    tamper(f"UPDATE forum_logtext SET {change} WHERE entry_id = 3")

    assert verify() == (1, "Entry 3: its words are not what was written: their digest differs.\n")


def test_a_deleted_entry_is_named(five):
    tamper(*remove(3))

    assert verify() == (1, "Entry 3: it is missing.\n")


def test_the_deleted_first_entry_is_named(five):
    tamper(*remove(1))

    assert verify() == (1, "Entry 1: it is missing.\n")


def test_deleted_last_entries_are_named(five):
    tamper(*remove(5), *remove(4))

    assert verify() == (1, "Entry 4: it is missing: the log should go on to entry 5.\n")


def test_deleted_last_entries_with_the_end_set_back_but_for_its_hash_are_named(five):
    tamper(*remove(5), "UPDATE forum_loghead SET number = 4")

    assert verify() == (1, "Entry 4: it is not the entry that the log’s end names.\n")


def test_a_deleted_entry_whose_number_another_took_is_named(five):
    tamper(*remove(3), *renumber(4, 3), *renumber(5, 4), "UPDATE forum_loghead SET number = 4")

    assert verify() == (1, "Entry 3: its row is not what was written: the hash differs.\n")


def test_two_entries_in_each_others_place_are_named(five):
    tamper(*renumber(2, 99), *renumber(4, 2), *renumber(99, 4))

    assert verify() == (1, "Entry 2: its row is not what was written: the hash differs.\n")


def test_an_entry_altered_together_with_its_hash_is_found_by_the_next(five):
    entry = LogEntry.objects.get(number=3)
    entry.verb = "post.shown"

    tamper(f"UPDATE forum_logentry SET verb = 'post.shown', hash = '{log.hash_of(entry)}' WHERE number = 3")

    found = "it does not follow on the entry before it: another one was written there"
    assert verify() == (1, f"Entry 4: {found}.\n")


def test_missing_words_are_named(five):
    tamper("DELETE FROM forum_logtext WHERE entry_id = 2")

    assert verify() == (1, "Entry 2: its words are missing, and no entry says they were erased.\n")


def test_words_somebody_only_says_were_erased_are_named(five):
    text = LogText.objects.get(pk=2)
    log.erase(text, ["reason"])

    assert verify() == (1, "Entry 2: its words are gone, and no entry says that they were erased.\n")


def test_a_copy_behind_the_end_is_named(five):
    tamper(*copy_of(3, 6))

    assert verify() == (1, "Entry 6: it comes after the log’s end.\n")


def test_an_inserted_entry_is_named(five):
    tamper(*renumber(5, 99), *copy_of(4, 5), *renumber(99, 6), "UPDATE forum_loghead SET number = 6")

    assert verify() == (1, "Entry 5: its row is not what was written: the hash differs.\n")


def test_a_lost_end_is_named(five):
    LogHead.objects.all().delete()

    assert verify() == (1, "Entry 1: it comes after the log’s end.\n")


def test_the_first_of_two_flaws_is_named(five):
    tamper(
        "UPDATE forum_logtext SET reason = 'x' WHERE entry_id = 4",
        "UPDATE forum_logentry SET verb = 'x' WHERE number = 2",
    )

    assert verify() == (1, "Entry 2: its row is not what was written: the hash differs.\n")


def test_a_long_log_is_walked_in_batches(five, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("forum.queries.log_chain._BATCH", 2)

    with django_assert_num_queries(6):
        assert verify()[0] == 0
