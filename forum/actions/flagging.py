"""Report posts and members, let them be, and decide single reports."""

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import CaseKind, FlagState
from forum.effects import acts, care, cases, conversations, events, flags, log, posts
from forum.models import Case, Flag, FlagReason, LogEntry, Person, Post

WHY = "Say in a sentence why it can stay. The person who reported it will see this."
_CHOOSE = "Choose a reason"
_WORRIED = "A guest reported that someone may be in danger."


@atomic_with_retry
def flag_post(reporter: Person, post: Post, *, reason: str, text: str = "") -> Flag:
    """Leave one open flag of `reporter` on `post`; a second one changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a reason that is not offered.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_flag(reporter, post, rules.current()))
    flag, is_new = _raise(_member(reporter), post, reason, text)
    if is_new:
        events.record("post.flagged", actor=reporter, post=post, data={"reason": reason})
    return flag


@atomic_with_retry
def report_danger(reporter: Person, post: Post, *, text: str = "") -> Case:
    """Let `reporter`, who may have no account, say that somebody may be in danger; again it joins the open case.

    It weighs nothing: the post stays as it is, and every moderator is told at once. Raises `PermissionDenied`.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_report_danger(reporter, post, rules.current()))
    words = " ".join(text.split())
    case = care.call(post, [f"{_WORRIED} They wrote: “{words}”" if words else _WORRIED])
    events.record("post.danger_reported", actor=reporter, post=post)
    return case


@atomic_with_retry
def flag_member(reporter: Person, member: User, *, reason: str, text: str = "") -> Flag:
    """Leave one open flag of `reporter` on `member`; a second one changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a reason that is not offered.
    """
    member = conversations.lock([member.pk])[member.pk]
    permissions.require(permissions.can_flag_member(reporter, member, rules.current()))
    flag, is_new = _raise(_member(reporter), member, reason, text)
    if is_new:
        events.record("member.flagged", actor=reporter, member=member, data={"reason": reason})
    return flag


@atomic_with_retry
def keep_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Let `post` be as it is: its open reports are declined with `reason`, and its cases closed.

    Raises `PermissionDenied`, or `ValidationError` when somebody else has decided the case, or without a reason for
    those who reported it.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_settle(actor, post, cases.about(post, actor), rules.current()))
    cases.require_open(case_id, actor)
    if not cases.are_open(post):
        return post
    _require_reason(reason, Flag.objects.open().filter(post_id=post.pk).exists())
    is_first = Case.objects.open().filter(post_id=post.pk, kind=CaseKind.FIRST_POST).exists()
    taught = False if is_first else None  # a first post that may stay teaches what is no spam
    acts.conclude(
        "post.kept",
        actor=actor,
        post=post,
        reason=reason,
        reply=reply,
        case_id=case_id,
        upheld=False,
        is_spam=taught,
    )
    return post


@atomic_with_retry
def keep_member(actor: Person, member: User, *, reason: str = "", reply: str = "", case_id: int | None = None) -> User:
    """Let `member` be: open reports on them are declined with `reason`, and the case closed; as `keep_post`."""
    concerned = Flag.objects.open().filter(member=member).values_list("reporter_id", flat=True)
    member = conversations.lock([member.pk, *concerned])[member.pk]
    permissions.require(permissions.can_moderate_member(actor, member, rules.current()))
    cases.require_open(case_id, actor)
    if not cases.are_open(member):
        return member
    _require_reason(reason, Flag.objects.open().filter(member=member).exists())
    acts.conclude_on_member(
        "member.kept", actor=actor, member=member, reason=reason, reply=reply, case_id=case_id, upheld=False
    )
    return member


@atomic_with_retry
def settle_flag(actor: Person, flag: Flag, *, upheld: bool, outcome: str = "") -> Flag:
    """Decide one open flag; one that was decided keeps its decision.

    Raises `PermissionDenied`, or `ValidationError` when it is declined without a reason.
    """
    flag = _locked(flag)
    _require_others(actor, flag)
    if flag.state != FlagState.OPEN:
        return flag
    _require_reason(outcome, not upheld)
    before = acts.settle_one(flag, _member(actor), upheld=upheld, outcome=outcome)
    flag.refresh_from_db()
    _append(f"flag.{flag.state}", actor, flag, reason=outcome, before=before)
    return flag


@atomic_with_retry
def reopen_flag(actor: Person, flag: Flag) -> Flag:
    """Take a decision on a flag back, so that it is open again; an open one stays as it is."""
    flag = _locked(flag)
    _require_others(actor, flag)
    state, before = flag.state, {"flag": flags.facts(flag)}
    flags.reopen([flag.pk])
    flag.refresh_from_db()
    if flag.state != state:
        flags.follow_up(flags.about(flag))
        if "message" in before["flag"]:
            conversations.take_back(before["flag"]["message"])
        _append("flag.reopened", actor, flag, before=before)
    return flag


def _raise(reporter: User, about: Post | User, reason: str, text: str) -> tuple[Flag, bool]:
    subject = {"post_id": about.pk} if isinstance(about, Post) else {"member_id": about.pk}
    earlier = Flag.objects.open().filter(reporter=reporter, **subject).first()
    if earlier is not None:
        return earlier, False
    offered = FlagReason.objects.filter(pk=reason, is_active=True)
    offered = offered.filter(for_posts=True) if isinstance(about, Post) else offered.filter(for_members=True)
    if not offered.exists():
        raise ValidationError({"reason": _CHOOSE})
    weight = flags.weight_of(reporter)
    flag = Flag.objects.create(reporter=reporter, reason_id=reason, text=text, weight=weight, **subject)
    flags.follow_up(about)
    return flag, True


def _require_others(actor: Person, flag: Flag) -> None:
    about, now = flags.about(flag), rules.current()
    if isinstance(about, Post):
        permissions.require(permissions.can_moderate_post(actor, about, now))
    else:
        permissions.require(permissions.can_moderate_member(actor, about, now))


def _append(verb: str, actor: Person, flag: Flag, **words: object) -> LogEntry:
    thing = f"flag:{flag.pk}"
    return log.append(verb, actor=actor, post=flag.post, member=flag.member, thing=thing, **words)  # type: ignore[arg-type]


def _require_reason(reason: str, is_needed: bool) -> None:  # noqa: FBT001 - reads well where it is called
    if is_needed and not reason.strip():
        raise ValidationError({"reason": WHY})


def _locked(flag: Flag) -> Flag:
    if flag.post_id is not None:
        posts.lock_thread(flag.post_id)
    conversations.lock([flag.member_id, flag.reporter_id])
    return Flag.objects.select_for_update(of=("self",), no_key=True).select_related("post", "member").get(pk=flag.pk)


def _member(actor: Person) -> User:
    assert isinstance(actor, User)  # permissions refuse guests before this is asked
    return actor
