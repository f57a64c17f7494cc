"""Open and close cases: what waits for a person's decision."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.choices import CaseKind, FlagState, Urgency
from forum.models import Appeal, Case, Flag, Person, Post, Suggestion

# What a decision about a post itself settles; edits and appeals are decided by themselves.
ABOUT_A_POST = (CaseKind.REPORT, CaseKind.APPROVAL, CaseKind.FIRST_POST, CaseKind.RESUBMITTED)


def open_case(
    kind: CaseKind,
    *,
    post: Post | None = None,
    member: User | None = None,
    suggestion: Suggestion | None = None,
    appeal: Appeal | None = None,
    urgency: int = Urgency.LOW,
    details: Sequence[str] = (),
) -> Case:
    """Return the open case of this kind about this, made when there is none; what is said again may only add to it.

    Lock what it is about first.
    """
    about = {"post": post, "member": member, "suggestion": suggestion, "appeal": appeal}
    case = Case.objects.open().filter(kind=kind, **about).first()
    if case is None:
        place = (post.question or post).category if post else None
        return Case.objects.create(kind=kind, **about, category=place, urgency=urgency, details=list(details))
    new = [sentence for sentence in details if sentence not in case.details]
    if new or urgency < case.urgency:
        case.details, case.urgency = [*case.details, *new], min(urgency, case.urgency)
        case.save(update_fields=["details", "urgency"])
    return case


def close(cases: QuerySet[Case], actor: Person | None, outcome: str) -> list[int]:
    """Close those of `cases` that are open, and return their ids; `outcome` is the verb that decided them."""
    ids = list(cases.filter(closed_at=None).order_by("pk").values_list("pk", flat=True))
    by = actor if isinstance(actor, User) else None
    Case.objects.filter(pk__in=ids).update(closed_at=timezone.now(), closed_by=by, outcome=outcome)
    return ids


def close_about(post: Post, actor: Person | None, outcome: str, kinds: Iterable[CaseKind] = ABOUT_A_POST) -> list[int]:
    """Close the open cases of these kinds about `post`, and return their ids."""
    return close(Case.objects.filter(post_id=post.pk, kind__in=list(kinds)), actor, outcome)


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


def require_open(case_id: int | None, actor: Person) -> None:
    """Raise `ValidationError` (code `decided`) when somebody else has decided the case; lock what it is about first."""
    case = Case.objects.filter(pk=case_id or 0).select_related("closed_by").first()
    if case is None or case.closed_at is None or case.closed_by_id == actor.pk:
        return
    who = case.closed_by.username if case.closed_by else "Somebody"
    raise ValidationError(f"{who} has decided this in the meantime. Nothing was changed.", code="decided")


def refresh_reports(about: Post | User) -> None:
    """Let the case of reports on a post or a member say what its open flags say, or close it when there are none."""
    post, member = (about, None) if isinstance(about, Post) else (None, about)
    flags = list(Flag.objects.filter(state=FlagState.OPEN, post=post, member=member).select_related("reason"))
    open_one = Case.objects.open().filter(kind=CaseKind.REPORT, post=post, member=member)
    if not flags:
        close(open_one.filter(details=[]), None, "withdrawn")  # one that a watched word opened needs no report
        return
    urgency = min(flag.reason.urgency for flag in flags)
    case = open_one.first() or open_case(CaseKind.REPORT, post=post, member=member)
    if case.urgency != urgency:
        Case.objects.filter(pk=case.pk).update(urgency=urgency)
