"""What tops the first page of the administration: what waits for a decision, most urgent first, and a few numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from forum.admin import words
from forum.bylines import Byline, byline
from forum.choices import PostKind, PostStatus
from forum.models import Flag, Person, Post
from forum.models.posts import PostQuerySet
from forum.queries.jobs import Background, get_background
from forum.queries.mail_figures import MailFigures, get_mail_figures

CASES_MOST = 20
# What the author of a post reads when it is hidden with one tap: a report's own words, where they say enough.
_TOLD = {
    "danger": "We are worried about you. Please look at the page with help near you.",
    "other": "A moderator will look at it first",
}
_FLAGS_READ = 200
_COUNTED_MOST = 1_000


@dataclass(frozen=True)
class Case:
    """One post that somebody reported or that waits for approval, as the first page shows it."""

    post_id: int
    flag_id: int | None
    reason: str
    urgency: str
    colour: str
    is_urgent: bool
    fold: str
    told: str
    reports: int
    report_text: str
    kind: str
    title: str
    body_html: str
    byline: Byline
    created_at: datetime
    place: str


@dataclass(frozen=True)
class Overview:
    """The first page; how the background work and the mails are stands there for administrators, whose they are."""

    flagged: list[Case]
    waiting: list[Case]
    numbers: list[tuple[str, str, str]]
    work: Background | None
    mails: MailFigures | None


def overview(viewer: Person) -> Overview:
    """Return what waits for a decision and the numbers of today; the cost doesn't grow with the site."""
    flags = list(Flag.objects.open().exclude(post=None).most_urgent_first()[:_FLAGS_READ])
    reports = Counter(_post_id(flag) for flag in flags)
    first: dict[int, Flag] = {}
    for flag in flags:
        first.setdefault(_post_id(flag), flag)
    urgent = dict(list(first.items())[:CASES_MOST])
    waiting = _waiting().values_list("pk", flat=True)[:CASES_MOST]
    posts = _posts([*urgent, *waiting])
    is_administrator = getattr(viewer, "is_administrator", False)
    return Overview(
        flagged=[_case(posts[pk], viewer, flag, reports[pk]) for pk, flag in urgent.items()],
        waiting=[_case(posts[pk], viewer, None, 0) for pk in waiting],
        numbers=_numbers(len(flags)),
        work=get_background() if is_administrator else None,
        mails=get_mail_figures() if is_administrator else None,
    )


def _post_id(flag: Flag) -> int:
    assert flag.post_id is not None  # the first page shows reports on posts; those on members stand in their list
    return flag.post_id


def _waiting() -> PostQuerySet:
    # Every kind is named so that the index, which begins with the kind, is used.
    return Post.objects.filter(kind__in=PostKind.values, status=PostStatus.WAITING).order_by("pk")


def _posts(ids: Sequence[int]) -> dict[int, Post]:
    posts = Post.objects.filter(pk__in=ids).select_related("author", "question").prefetch_related("notes")
    return {post.pk: post for post in posts}


def _case(post: Post, viewer: Person, flag: Flag | None, reports: int) -> Case:
    urgency, colour = words.urgency_of(flag) if flag else ("Waiting", "honey")
    question = post.question or post
    return Case(
        post_id=post.pk,
        flag_id=flag.pk if flag else None,
        reason=flag.reason.label if flag else "Waiting for approval",
        urgency=urgency,
        colour=colour,
        is_urgent=flag is not None and flag.reason.is_care,
        fold=words.fold_of([note.name for note in post.notes.all()], [flag] if flag else []),
        told=_TOLD.get(flag.reason_id, flag.reason.label) if flag else "",
        reports=reports,
        report_text=flag.text if flag else "",
        kind=post.get_kind_display(),
        title=words.title_of(question),
        body_html=post.body_html,
        byline=byline(post, viewer),
        created_at=post.created_at,
        place=post.get_absolute_url(),
    )


def _numbers(open_flags: int) -> list[tuple[str, str, str]]:
    now = timezone.localtime()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Post.objects.filter(kind=PostKind.QUESTION, status=PostStatus.PUBLISHED, created_at__gte=today)
    joined = User.objects.filter(date_joined__gte=now - timedelta(days=7))
    return [
        ("Questions today", _about(asked[:_COUNTED_MOST].count(), _COUNTED_MOST), "/questions/"),
        ("Open reports", _about(open_flags, _FLAGS_READ), "/admin/forum/flag/"),
        (
            "Waiting posts",
            _about(_waiting()[:_COUNTED_MOST].count(), _COUNTED_MOST),
            "/admin/forum/post/?status=waiting",
        ),
        ("New members, 7 days", _about(joined[:_COUNTED_MOST].count(), _COUNTED_MOST), "/admin/accounts/user/"),
    ]


def _about(number: int, most: int) -> str:
    return f"{most:,} or more" if number >= most else f"{number:,}"
