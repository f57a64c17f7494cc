"""Open and close cases: what waits for a person's decision."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forum import permissions
from forum.choices import AWAITING, CaseKind, FlagState, PostKind, PostStatus, Urgency
from forum.effects import events
from forum.models import Appeal, Case, Flag, Person, Post, Removal, Suggestion

# What a decision about a post itself settles; edits and appeals are decided by themselves.
ABOUT_A_POST = (CaseKind.REPORT, CaseKind.APPROVAL, CaseKind.FIRST_POST, CaseKind.RESUBMITTED)
_WITHDRAWN = "withdrawn"
_IS_URGENT = Q(reason__is_care=True) | Q(reason__urgency=Urgency.URGENT)


def open_case(
    kind: CaseKind,
    *,
    post: Post | None = None,
    member: User | None = None,
    suggestion: Suggestion | None = None,
    appeal: Appeal | None = None,
    urgency: int = Urgency.LOW,
    details: Sequence[str] = (),
    is_care: bool = False,
) -> Case:
    """Return the open case of this kind about this, made when there is none; what is said again may only add to it.

    Lock what it is about first. The moderators are told at once of one that is, or becomes, urgent.
    """
    about = {"post": post, "member": member, "suggestion": suggestion, "appeal": appeal}
    case = Case.objects.open().filter(kind=kind, **about).first()
    if case is None:
        place = (post.question or post).category if post else None
        case = Case.objects.create(
            kind=kind, **about, category=place, urgency=urgency, details=list(details), is_care=is_care
        )
        _follow_urgency(case, was_urgent=False)
        return case
    new = [sentence for sentence in details if sentence not in case.details]
    if new or urgency < case.urgency or is_care > case.is_care:
        was_urgent = case.urgency == Urgency.URGENT
        case.details, case.urgency = [*case.details, *new], min(urgency, case.urgency)
        case.is_care = case.is_care or is_care
        case.save(update_fields=["details", "urgency", "is_care"])
        _follow_urgency(case, was_urgent=was_urgent)
    return case


def close(cases: QuerySet[Case], actor: Person | None, outcome: str) -> list[int]:
    """Close those of `cases` that are open, and return their ids; `outcome` is the verb that decided them."""
    ids = list(cases.filter(closed_at=None).order_by("pk").values_list("pk", flat=True))
    by = actor if isinstance(actor, User) else None
    Case.objects.filter(pk__in=ids).update(closed_at=timezone.now(), closed_by=by, outcome=outcome)
    _recount_care(Case.objects.filter(pk__in=ids, urgency=Urgency.URGENT))
    return ids


def close_about(about: Post | User, actor: Person | None, outcome: str) -> list[int]:
    """Close the open cases about a post or a member that a decision about it settles, and return their ids.

    A post that waits still after that has to be looked at still.
    """
    return close(_settled_with(about), actor, outcome)


def follow_status(post: Post, actor: Person | None, outcome: str) -> list[int]:
    """Let a post that waits have its case, and close those that nobody needs to look at any more; return their ids.

    `post` must know its status and whether it is closed.
    """
    if post.status == PostStatus.WAITING:
        open_case(CaseKind.APPROVAL, post=post)
    idle = Case.objects.open().filter(post_id=post.pk)
    kinds = [] if Removal.objects.open().filter(post_id=post.pk, kind__in=AWAITING).exists() else [CaseKind.APPROVAL]
    if post.status != PostStatus.HIDDEN and not post.is_closed:
        kinds.append(CaseKind.RESUBMITTED)
    return close(idle.filter(kind__in=kinds), actor, outcome or _WITHDRAWN)


def follow_withdrawal(post: Post) -> None:
    """Close what need not be looked at while its author has withdrawn `post`, and open it again when it returns.

    What may be about somebody in danger stays open.
    """
    about = Case.objects.filter(post_id=post.pk, kind__in=ABOUT_A_POST)
    if post.status == PostStatus.WITHDRAWN:
        close(about.exclude(urgency=Urgency.URGENT), None, _WITHDRAWN)
        return
    reopen(about.filter(outcome=_WITHDRAWN).values_list("pk", flat=True))
    refresh_reports(post)
    follow_status(post, None, "")


def move(question: Post) -> None:
    """Let the cases of a thread stand in its question's topic, so that the helpers of that topic see them."""
    about = Case.objects.filter(Q(post=question.pk) | Q(post__question=question.pk))
    about.exclude(category=question.category_id).update(category=question.category_id)


def reopen(ids: Iterable[int]) -> None:
    """Open decided cases again, unless the same question has been raised anew meanwhile."""
    for case in Case.objects.filter(pk__in=list(ids)).exclude(closed_at=None).order_by("pk"):
        about = {name: getattr(case, name) for name in ("post_id", "member_id", "suggestion_id", "appeal_id")}
        if not Case.objects.open().filter(kind=case.kind, **about).exists():
            case.closed_at, case.closed_by, case.outcome = None, None, ""
            case.save(update_fields=["closed_at", "closed_by", "outcome"])
            _recount_care(Case.objects.filter(pk=case.pk, urgency=Urgency.URGENT))


def needing_care() -> set[int]:
    """Return the posts about which an urgent case is open."""
    return set(_urgent().values_list("post", flat=True))


def require_open(case_id: int | None, actor: Person) -> None:
    """Raise `ValidationError` (code `decided`) when somebody else has decided the case; lock what it is about first.

    Whatever decides it, nobody decides what is about themselves: that raises `PermissionDenied`.
    """
    case = Case.objects.filter(pk=case_id or 0).select_related("closed_by", "post").first()
    if case is None:
        return
    permissions.require(permissions.can_decide_case(actor, case))
    if case.closed_at is not None and case.closed_by_id != actor.pk:
        raise decided_meanwhile(case)


def decided_meanwhile(case: Case) -> ValidationError:
    """Return what is said to somebody who comes too late for a case."""
    who = case.closed_by.username if case.closed_by else "Someone"
    return ValidationError(f"{who} has already decided this. Nothing was changed.", code="decided")


def are_open(about: Post | User) -> bool:
    """Say whether anything about a post or a member waits to be settled."""
    return _settled_with(about).filter(closed_at=None).exists()


def about(post: Post, actor: Person) -> list[Case]:
    """Return the cases about `post` that `actor` sees, open and decided: what a helper's permission is asked with."""
    if not isinstance(actor, User):
        return []
    return list(Case.objects.visible_to(actor).filter(post_id=post.pk, kind__in=ABOUT_A_POST))


def refresh_reports(about: Post | User) -> None:
    """Let the case of reports on a post or a member say what its open flags say, or close it when there are none."""
    post, member = (about, None) if isinstance(about, Post) else (None, about)
    flags = list(Flag.objects.filter(state=FlagState.OPEN, post=post, member=member).select_related("reason"))
    if post is not None and post.status == PostStatus.WITHDRAWN:
        flags = [flag for flag in flags if _urgency_of(flag) == Urgency.URGENT]
    open_one = Case.objects.open().filter(kind=CaseKind.REPORT, post=post, member=member)
    if not flags:
        close(open_one.filter(details=[]), None, _WITHDRAWN)  # one that a watched word opened needs no report
        return
    urgency = min(_urgency_of(flag) for flag in flags)
    oldest = min(flag.created_at for flag in flags)
    case = (
        open_one.first() or _waits_again(post, member, oldest) or open_case(CaseKind.REPORT, post=post, member=member)
    )
    urgency = Urgency.URGENT if case.is_care else urgency
    if case.urgency != urgency:
        was_urgent, case.urgency = case.urgency == Urgency.URGENT, urgency
        Case.objects.filter(pk=case.pk).update(urgency=urgency)
        _follow_urgency(case, was_urgent=was_urgent)


def _waits_again(post: Post | None, member: User | None, oldest: datetime) -> Case | None:
    """Return the case that was closed only because its reports were set aside, open again now that these are back."""
    closed = Case.objects.filter(kind=CaseKind.REPORT, post=post, member=member, outcome=_WITHDRAWN)
    case = closed.filter(closed_at__gt=oldest, closed_by=None).order_by("-pk").first()
    if case is not None:
        reopen([case.pk])
    return case


def missing() -> list[tuple[str, Post | User]]:
    """Return each post or member whose cases are not what reports and waiting ask for, and a sentence that says so."""
    found: list[tuple[str, Post | User]] = []
    is_looked_at = Q(post=None) | ~Q(post__status=PostStatus.WITHDRAWN) | _IS_URGENT
    reported = Flag.objects.open().filter(is_looked_at)
    raised = Case.objects.open().filter(kind=CaseKind.REPORT)
    for model, name in ((Post, "post"), (User, "member")):
        of_flags = set(reported.exclude(**{name: None}).values_list(name, flat=True))
        wanted = set(raised.exclude(**{name: None}).values_list(name, flat=True))
        idle = set(raised.exclude(**{name: None}).filter(details=[]).values_list(name, flat=True)) - of_flags
        sentences = dict.fromkeys(of_flags - wanted, "has open reports and no case")
        sentences |= dict.fromkeys(idle, "has a case of reports and no open report")
        found += [
            (f"{name.capitalize()} {each.pk}: it {sentences[each.pk]}.", each)
            for each in model._default_manager.filter(pk__in=sentences).order_by("pk")  # noqa: SLF001 - as generic code does
        ]
    waiting = set(Post.objects.filter(kind__in=PostKind.values, status=PostStatus.WAITING).values_list("pk", flat=True))
    held = set(Removal.objects.open().filter(kind__in=AWAITING).values_list("post", flat=True))
    cased = set(Case.objects.open().filter(kind=CaseKind.APPROVAL).values_list("post", flat=True))
    for post in Post.objects.filter(pk__in=(waiting - cased) | (cased - held)).order_by("pk"):
        said = "waits and has no case" if post.pk in waiting else "has a case of approval and does not wait"
        found.append((f"Post {post.pk}: it {said}.", post))
    return found


def repair(about: Post | User) -> None:
    """Open and close cases as reports on a post or a member, and its waiting, ask for."""
    refresh_reports(about)
    if isinstance(about, Post):
        follow_status(about, None, "")


def _urgent() -> QuerySet[Case]:
    return Case.objects.open().filter(urgency=Urgency.URGENT).exclude(post=None)


def _follow_urgency(case: Case, *, was_urgent: bool) -> None:
    """Let the post say whether a case about it is urgent, and tell every moderator of one that has become so."""
    is_urgent = case.urgency == Urgency.URGENT
    if is_urgent == was_urgent:
        return
    if case.post is not None:
        _recount_care(Case.objects.filter(pk=case.pk))
        case.post.needs_care = _urgent().filter(post=case.post).exists()
    if is_urgent:
        # Without an actor: who wrote it, and who reported it, stands in no notification.
        events.record("case.urgent", actor=None, post=case.post, data={"case": case.pk})


def _recount_care(changed: QuerySet[Case]) -> None:
    """Set what the posts of these cases say; lock them first."""
    ids = {pk for pk in changed.values_list("post", flat=True) if pk is not None}
    urgent = set(_urgent().filter(post__in=ids).values_list("post", flat=True)) if ids else set()
    for needs_care, posts in ((True, urgent), (False, ids - urgent)):
        if posts:
            Post.objects.filter(pk__in=posts).exclude(needs_care=needs_care).update(needs_care=needs_care)


def _settled_with(about: Post | User) -> QuerySet[Case]:
    if isinstance(about, User):
        return Case.objects.filter(kind=CaseKind.REPORT, member=about)
    kinds = [kind for kind in ABOUT_A_POST if kind != CaseKind.APPROVAL or about.status != PostStatus.WAITING]
    return Case.objects.filter(post_id=about.pk, kind__in=kinds)


def _urgency_of(flag: Flag) -> int:
    return Urgency.URGENT if flag.reason.is_care else flag.reason.urgency
