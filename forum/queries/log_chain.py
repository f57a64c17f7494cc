"""Whether the log of moderation is as it was written: walk its chain and name the first place that is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from forum.effects.log import MEMBER_FORGOTTEN, PARTS, WORDS_ERASED, digest_of, hash_of, seal_of
from forum.models import LogEntry, LogHead, LogText

_BATCH = 1_000


@dataclass(frozen=True)
class Flaw:
    """The first place where the log is not what was written."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Chain:
    """The log as it was found: how many entries hold together, the hash of the last, and what is wrong if anything."""

    count: int
    hash: str
    flaw: Flaw | None = None


def get_chain() -> Chain:
    """Walk the whole log, oldest first, in batches, up to where it ended when the walk began."""
    last = LogEntry.objects.aggregate(last=Max("number"))["last"] or 0  # before the head, which only goes on from here
    head = LogHead.objects.first() or LogHead(number=0, hash="")
    count, previous = 0, ""
    for entry in _walk(head.number):
        flaw = _flaw_of(entry, count + 1, previous)
        if flaw is not None:
            return Chain(count, previous, flaw)
        count, previous = entry.number, entry.hash
    return Chain(count, previous, _flaw_at_the_end(head, count, previous, last))


def _walk(end: int) -> Iterator[LogEntry]:
    """Give every entry up to number `end`, each with whether its words may be erased as `may_be_erased`."""
    after = 0
    while batch := list(
        LogEntry.objects.filter(number__gt=after, number__lte=end).select_related("text").order_by("number")[:_BATCH]
    ):
        _mark_erased(batch)
        yield from batch
        after = batch[-1].number


def _mark_erased(batch: list[LogEntry]) -> None:
    erased = [entry for entry in batch if _text_of(entry) is not None and entry.text.erased]
    if not erased:
        return
    things = [f"entry:{entry.number}" for entry in erased]
    people = {each for entry in erased for each in (entry.actor_id, entry.member_id) if each is not None}
    said = LogEntry.objects.filter(verb=WORDS_ERASED, thing__in=things)
    named = set(said.values_list("thing", flat=True))
    gone = set(LogEntry.objects.filter(verb=MEMBER_FORGOTTEN, member__in=people).values_list("member_id", flat=True))
    for entry in erased:
        is_said = f"entry:{entry.number}" in named or bool({entry.actor_id, entry.member_id} & gone)
        entry.may_be_erased = is_said  # type: ignore[attr-defined]


def _flaw_of(entry: LogEntry, number: int, previous: str) -> Flaw | None:
    if entry.number != number:
        return Flaw(number, "it is missing")
    if hash_of(entry) != entry.hash:
        return Flaw(number, "its row is not what was written: the hash differs")
    if entry.previous != previous:
        return Flaw(number, "it does not follow on the entry before it: another one was written there")
    text = _text_of(entry)
    if text is None:
        return Flaw(number, "its words are missing, and no entry says they were erased")
    return _flaw_of_words(entry, text)


def _flaw_of_words(entry: LogEntry, text: LogText) -> Flaw | None:
    if text.erased and not getattr(entry, "may_be_erased", False):
        return Flaw(entry.number, "its words are gone, and no entry says that they were erased")
    if any(getattr(text, part) for part in text.erased):
        return Flaw(entry.number, "its words were erased, and there are words again")
    seals = {
        part: text.erased.get(part) or seal_of(part, getattr(text, part), text.salts.get(part, "")) for part in PARTS
    }
    if digest_of(seals) != entry.digest:
        return Flaw(entry.number, "its words are not what was written: their digest differs")
    return None


def _flaw_at_the_end(head: LogHead, count: int, previous: str, last: int) -> Flaw | None:
    if count != head.number:
        return Flaw(count + 1, f"it is missing: the log should go on to entry {head.number}")
    if previous != head.hash:
        return Flaw(count, "it is not the entry that the log’s end names")
    if last > count:
        return Flaw(count + 1, "it comes after the log’s end")
    return None


def _text_of(entry: LogEntry) -> LogText | None:
    return getattr(entry, "text", None)
