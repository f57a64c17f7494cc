"""What every act of moderation ends with: its case decided, who is concerned told, the log written."""

from accounts.models import User
from forum.choices import CaseKind, MessageKind, NotificationKind
from forum.effects import cases, conversations, flags, log, recipients, spam
from forum.effects.log import Facts
from forum.models import Case, Flag, LogEntry, Message, Person, Post


def conclude(
    verb: str,
    *,
    actor: Person,
    post: Post,
    reason: str = "",
    reply: str = "",
    reply_kind: MessageKind = MessageKind.NOTICE,
    case_id: int | None = None,
    upheld: bool | None = None,
    is_spam: bool | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
) -> LogEntry:
    """Finish an act on `post` and return its entry in the log; call it last, with the thread locked.

    The case that was acted on is decided. With `upheld` the post itself was decided: every case about it is, and its
    open reports are upheld or declined; None settles only the reports of the case that was acted on, as upheld. Whoever
    reported hears what became of it. `reply` goes to the author; `is_spam` teaches what the post was. What was decided
    stands in the entry's `before`, so that it can be taken back.
    """
    decided = _decide(verb, actor, post, reason, case_id=case_id, upheld=upheld)
    told_as = None if verb in recipients.TOLD_BY_KIND else NotificationKind.MESSAGE
    _tell(decided, post.author, reply, actor=actor, post=post, kind=reply_kind, told_as=told_as)
    if is_spam is not None:
        spam.learn(post, is_spam=is_spam)
        decided["is_spam"] = is_spam
    return log.append(verb, actor=actor, post=post, reason=reason, before=_with(before, decided), after=after)


def conclude_on_member(
    verb: str,
    *,
    actor: Person,
    member: User,
    reason: str = "",
    reply: str = "",
    case_id: int | None = None,
    upheld: bool | None = None,
    thing: str = "",
    before: Facts | None = None,
    after: Facts | None = None,
) -> LogEntry:
    """Finish an act on `member` as `conclude` does one on a post; call it last, with the member locked."""
    decided = _decide(verb, actor, member, reason, case_id=case_id, upheld=upheld)
    _tell(decided, member, reply, actor=actor, post=None, kind=MessageKind.NOTICE)
    facts = _with(before, decided)
    return log.append(verb, actor=actor, member=member, thing=thing, reason=reason, before=facts, after=after)


def settle_one(flag: Flag, actor: User, *, upheld: bool, outcome: str) -> Facts:
    """Decide one open flag, tell its reporter, and return what the log keeps; lock both sides first.

    The case of reports is decided with the last of them.
    """
    verb = "flag.upheld" if upheld else "flag.declined"
    settled = flags.settle([flag], actor, upheld=upheld, outcome=outcome)
    subject = {"post": flag.post, "member": flag.member}
    closed: list[int] = []
    if not Flag.objects.open().filter(**subject).exists():
        # What words or a guest called for is decided by itself, not with the last report beside it.
        beside = Case.objects.filter(kind=CaseKind.REPORT, is_care=False, **subject)
        closed = cases.close(beside, actor, verb)
    flags.follow_up(flags.about(flag))
    decided = {"flags": settled, "cases": closed, "upheld": upheld, "messages": flags.tell(settled)}
    return {"decided": decided}


def follow(entry: LogEntry, actor: User) -> None:
    """Let what an act decided follow its undo: taken back with the act, decided again when that is undone."""
    first, is_done_again, undone = log.first_of(entry), False, entry
    while undone.undoes is not None:
        undone, is_done_again = undone.undoes, not is_done_again
    decided = first.text.before.get("decided", {})
    told = _messages(decided)
    conversations.lock(told_by(first))
    if is_done_again:
        _decide_again(first, decided, actor)
    else:
        _take_back(first, decided)
    for message_id in told:
        (conversations.give_back if is_done_again else conversations.take_back)(message_id)
    if "is_spam" in decided and entry.post is not None:
        (spam.learn if is_done_again else spam.unlearn)(entry.post, is_spam=decided["is_spam"])
    for about in (entry.post, entry.member):
        if about is not None:
            flags.follow_up(about)
    if entry.post is not None:
        cases.follow_status(entry.post, actor, "")


def told_by(first: LogEntry) -> list[int]:
    """Return the members whom an act told of itself."""
    told = _messages(first.text.before.get("decided", {}))
    return list(Message.objects.filter(pk__in=told).values_list("conversation__member_id", flat=True))


def _take_back(first: LogEntry, decided: Facts) -> None:
    flags.reopen(decided.get("flags", []))
    cases.reopen(decided.get("cases", []))


def _decide_again(first: LogEntry, decided: Facts, actor: User) -> None:
    again = Flag.objects.filter(pk__in=decided.get("flags", []))
    flags.settle(again, actor, upheld=decided.get("upheld", True), outcome=first.text.reason)
    cases.close(Case.objects.filter(pk__in=decided.get("cases", [])), actor, first.verb)


def _decide(
    verb: str, actor: Person, about: Post | User, reason: str, *, case_id: int | None, upheld: bool | None
) -> Facts:
    assert isinstance(actor, User)  # permissions refuse guests before this
    subject = {"post": about, "member": None} if isinstance(about, Post) else {"post": None, "member": about}
    case = Case.objects.filter(pk=case_id or 0, **subject).first()
    settled: list[int] = []
    closed: list[int] = []
    if upheld is not None or (case is not None and case.kind == CaseKind.REPORT):
        open_flags = Flag.objects.open().filter(**subject)
        settled = flags.settle(open_flags, actor, upheld=upheld is not False, outcome=reason)
    if upheld is not None:
        closed = cases.close_about(about, actor, verb)
    elif case is not None:
        closed = cases.close(Case.objects.filter(pk=case.pk), actor, verb)
    if isinstance(about, Post):
        closed += cases.follow_status(about, actor, verb)
        if settled:
            flags.recount_fold(about)
    decided = {"flags": settled, "cases": closed, "upheld": upheld is not False}
    return decided if settled or closed else {}


def _tell(
    decided: Facts,
    author: User | None,
    reply: str,
    *,
    actor: Person,
    post: Post | None,
    kind: MessageKind,
    told_as: NotificationKind | None = NotificationKind.MESSAGE,
) -> None:
    """Tell who wrote it and who reported it, all locked before the first is told; note the messages in `decided`."""
    settled = decided.get("flags", [])
    if settled or reply.strip():
        conversations.lock([author.pk if author else None, *flags.reporters(settled)])
    message = conversations.tell(author, reply, kind=kind, actor=actor, post=post, told_as=told_as)
    if message is not None:
        decided["message"] = message.pk
    if settled:
        decided["messages"] = flags.tell(settled)


def _messages(decided: Facts) -> list[int]:
    own = [decided["message"]] if "message" in decided else []
    return own + sorted(decided.get("messages", {}).values())


def _with(before: Facts | None, decided: Facts) -> Facts:
    return {**(before or {}), **({"decided": decided} if decided else {})}
