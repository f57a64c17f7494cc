"""What every act of moderation on a post ends with: its case decided, its author told, the log written."""

from typing import Any

from accounts.models import User
from forum.choices import CaseKind, MessageKind
from forum.effects import cases, conversations, flags, log, spam
from forum.effects.log import Facts
from forum.models import Case, Flag, LogEntry, Person, Post


def conclude(
    verb: str,
    *,
    actor: Person,
    post: Post,
    reason: str = "",
    reply: str = "",
    case_id: int | None = None,
    upheld: bool | None = None,
    is_spam: bool | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
) -> LogEntry:
    """Finish an act on `post` and return its entry in the log; call it last, with the thread locked.

    The case that was acted on is decided. With `upheld` the post itself was decided: every case about it is, and its
    open reports are upheld or declined; None settles only the reports of the case that was acted on, as upheld.
    `reply` goes to the author; `is_spam` teaches what the post was. What was decided stands in the entry's `before`, so
    that it can be taken back.
    """
    decided = _decide(verb, actor, post, reason, case_id=case_id, upheld=upheld)
    message = conversations.tell(post.author, reply, kind=MessageKind.NOTICE, actor=actor, post=post)
    if message is not None:
        decided["message"] = message.pk
    if is_spam is not None:
        spam.learn(post, is_spam=is_spam)
        decided["is_spam"] = is_spam
    facts = {**(before or {}), **({"decided": decided} if decided else {})}
    return log.append(verb, actor=actor, post=post, reason=reason, before=facts, after=after)


def take_back(entry: LogEntry) -> None:
    """Open again what an act decided, and withdraw what its author was told."""
    decided = entry.text.before.get("decided", {})
    flags.reopen(decided.get("flags", []))
    cases.reopen(decided.get("cases", []))
    if "message" in decided:
        conversations.take_back(decided["message"])
    if "is_spam" in decided and entry.post is not None:
        spam.unlearn(entry.post, is_spam=decided["is_spam"])
    _follow_up(entry.post)


def decide_again(entry: LogEntry, actor: User) -> None:
    """Decide once more what `entry` had decided, after its undo was undone."""
    decided = entry.text.before.get("decided", {})
    flags.settle(
        Flag.objects.filter(pk__in=decided.get("flags", [])),
        actor,
        upheld=decided.get("upheld", True),
        outcome=entry.text.reason,
    )
    cases.close(Case.objects.filter(pk__in=decided.get("cases", [])), actor, entry.verb)
    if "message" in decided:
        conversations.give_back(decided["message"])
    if "is_spam" in decided and entry.post is not None:
        spam.learn(entry.post, is_spam=decided["is_spam"])
    _follow_up(entry.post)


def _decide(
    verb: str, actor: Person, post: Post, reason: str, *, case_id: int | None, upheld: bool | None
) -> dict[str, Any]:
    assert isinstance(actor, User)  # permissions refuse guests before this
    case = Case.objects.filter(pk=case_id or 0, post_id=post.pk).first()
    open_flags = Flag.objects.open().filter(post_id=post.pk)
    settled: list[int] = []
    closed: list[int] = []
    if upheld is not None or (case is not None and case.kind == CaseKind.REPORT):
        settled = flags.settle(open_flags, actor, upheld=upheld is not False, outcome=reason)
    if upheld is not None:
        closed = cases.close_about(post, actor, verb)
    elif case is not None:
        closed = cases.close(Case.objects.filter(pk=case.pk), actor, verb)
    if settled:
        flags.recount_fold(post)
    decided = {"flags": settled, "cases": closed, "upheld": upheld is not False}
    return decided if settled or closed else {}


def _follow_up(post: Post | None) -> None:
    if post is not None:
        flags.follow_up(post)
