"""What a moderator can do with a case, the most likely right thing first."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from forum import permissions
from forum.choices import CaseKind
from forum.limits import Rules
from forum.models import Case, Person, Post


@dataclass(frozen=True)
class Offer:
    """One button: what it does, and with which text of the library (`hide+private`); `key` is its shortcut."""

    value: str
    label: str
    icon: str
    key: str = ""
    url: str = ""
    picks: str = ""

    @property
    def act(self) -> str:
        """What it does, without the text that goes with it."""
        return self.value.partition("+")[0]

    @property
    def is_quiet(self) -> bool:
        """Whether it never stands out, however likely it is."""
        return self.act in {"keep", "hide", "delete"}


@dataclass(frozen=True)
class Offers:
    """The buttons of a card: those in sight, the likeliest first, and those behind "More"."""

    main: tuple[Offer, ...] = ()
    more: tuple[Offer, ...] = ()
    all_url: str = ""
    takes_words: bool = False


@dataclass(frozen=True)
class Subject:
    """A case, and the key of the reason that weighs most in it; `is_care` when somebody may be in danger."""

    case: Case
    reason: str = ""
    is_care: bool = False
    post: Post | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "post", self.case.post)


_KEEP = Offer("keep", "Keep", "check", key="a")
_KEEP_SHORT = Offer("keep", "Keep", "check", key="a")
_FINE = Offer("keep", "Looks good", "check-c", key="a")
_APPROVE = Offer("approve", "Approve", "check-c", key="a")
_HIDE = Offer("hide", "Hide", "eye-off", key="h")
_HIDE_FOR_NOW = Offer("hide", "Hide for now", "eye-off", key="h")
_HIDE_PRIVATE = Offer("hide+private", "Hide and ask to remove", "eye-off", key="h")
_HIDE_UNKIND = Offer("hide+kinder", "Hide and ask for kinder words", "eye-off", key="h")
_HIDE_SPAM = Offer("hide+advertising", "Hide as advertising", "eye-off", key="h")
_HIDE_ELSEWHERE = Offer("hide+elsewhere", "Hide", "eye-off", key="h")
_DECLINE = Offer("hide", "Decline", "eye-off", key="h")
_EXPLAIN = Offer("ask+private", "Explain to author", "mail")
_ASK_MEDICINE = Offer("ask+medicine", "Ask author to edit", "edit")
_ASK_KINDER = Offer("ask+kinder", "Ask author to edit", "edit")
_ASK_DETAIL = Offer("ask+detail", "Ask for changes", "edit")
_CARE = Offer("care+worried", "Send a word of care", "buoy")
_SECOND = Offer("second", "Bring in a second moderator", "users")
_NOTICE = Offer("notice", "Add a caution notice", "info")
_CLOSE = Offer("close+off_topic", "Close as off topic", "lock")
_SPAM = Offer("spam", "Spam", "ban")
_SPAM_FIRST = Offer("spam", "Spam: undo everything", "ban")
_DELETE = Offer("delete", "Delete", "trash")
_SHOW = Offer("show", "Show again", "eye", key="a")
_REOPEN = Offer("reopen", "Reopen", "restore", key="a")
_LEAVE = Offer("keep", "Leave it as it is", "check", key="h")
_NO_CASE = Offers()

# The likeliest first, by the reason that weighs most; what an owner adds is treated as "other".
_ON_POSTS = {
    "danger": (_CARE, _SECOND, _HIDE_FOR_NOW, _KEEP_SHORT),
    "private_details": (_HIDE_PRIVATE, _EXPLAIN, _KEEP),
    "harmful_advice": (_NOTICE, _ASK_MEDICINE, _HIDE, _KEEP),
    "unkind": (_HIDE_UNKIND, _ASK_KINDER, _KEEP),
    "spam": (_HIDE_SPAM, _KEEP),
    "off_topic": (_HIDE_ELSEWHERE, _KEEP),
    "other": (_KEEP, _ASK_DETAIL, _HIDE),
}


def offers_for(subject: Subject, viewer: Person, rules: Rules) -> Offers:
    """Return the buttons of a case that `viewer` may use; none where it is somebody else's to decide."""
    case = subject.case
    if not permissions.can_look_after(viewer, case, rules):
        return _NO_CASE
    if case.appeal is not None:
        return _on_appeal(case, viewer, rules)
    if case.suggestion is not None:
        return _on_edit(case, viewer, rules)
    if subject.post is None:
        return Offers(main=(Offer("keep", "Nothing to do", "check", key="a"),))
    if not permissions.can_moderate(viewer, rules):
        return Offers(main=(_FINE if case.kind == CaseKind.FIRST_POST else _KEEP,))
    author = subject.post.author or subject.post.guest
    may_mark = author is not None and permissions.can_mark_spam(viewer, subject.post, author, rules)
    return _on_post(subject, may_mark=bool(may_mark))


def _on_post(subject: Subject, *, may_mark: bool) -> Offers:
    post, kind = subject.post, CaseKind(subject.case.kind)
    assert post is not None  # the caller has seen to it
    match kind:
        case CaseKind.APPROVAL:
            main: tuple[Offer, ...] = (_APPROVE, _DECLINE, _ASK_DETAIL)
        case CaseKind.FIRST_POST:
            main = (_FINE, _HIDE, _ASK_DETAIL)
        case CaseKind.RESUBMITTED:
            main = (_SHOW if not post.is_published else _REOPEN, _ASK_DETAIL, _LEAVE)
        case _:
            main = _on_report(subject, post)
    if may_mark and kind in {CaseKind.APPROVAL, CaseKind.FIRST_POST}:
        main = (*main[:2], _SPAM)
    elif may_mark and subject.reason == "spam":
        main = (_SPAM_FIRST, *main)
    hides = any(one.act == "hide" for one in main) or not post.is_published
    asks = any(one.act == "ask" for one in main)
    rarer = (_SECOND, None if asks else _ASK_DETAIL, None if hides else _HIDE, _DELETE, _SPAM if may_mark else None)
    said = {one.act for one in main}
    more = tuple(one for one in rarer if one is not None and one.act not in said)
    return Offers(main=main, more=more, all_url=_all_url(subject), takes_words=True)


def _all_url(subject: Subject) -> str:
    return f"/posts/{subject.case.post_id}/moderate/?{urlencode({'case': subject.case.pk, 'next': '/moderation/'})}"


def _on_report(subject: Subject, post: Post) -> tuple[Offer, ...]:
    if subject.is_care:
        return _ON_POSTS["danger"]
    if post.is_question and subject.reason == "duplicate":
        same = Offer("", "Close as asked before", "copy", url=_all_url(subject))
        return (same, _KEEP, _HIDE)
    if post.is_question and subject.reason == "off_topic":
        return (Offer("move", "Move to", "right", picks="topic"), _CLOSE, _KEEP)
    return _ON_POSTS.get(subject.reason, _ON_POSTS["other"])


def _on_appeal(case: Case, viewer: Person, rules: Rules) -> Offers:
    assert case.appeal is not None  # the caller has seen to it
    if not permissions.can_decide_appeal(viewer, case.appeal, rules):
        return _NO_CASE
    grant = Offer("grant", "Grant: undo it", "undo", key="a")
    return Offers(main=(grant, Offer("refuse", "Decline", "x", key="h")), takes_words=True)


def _on_edit(case: Case, viewer: Person, rules: Rules) -> Offers:
    assert case.suggestion is not None  # the caller has seen to it
    read = Offer("", "See the change", "eye", url=f"/suggestions/{case.suggestion_id}/")
    if case.post is None or not permissions.can_decide_edit(viewer, case.post, rules):
        return Offers(main=(read,))
    accept = Offer("accept", "Approve", "check-c", key="a")
    return Offers(main=(accept, Offer("reject", "Reject", "x", key="h"), read), takes_words=True)
