"""Everything a moderator can do with one post, and what there is to know of it first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from accounts.models import User
from forum import permissions
from forum.bylines import Byline, byline, member_byline
from forum.choices import AWAITING, MeasureKind, PostStatus, RemovalKind
from forum.dates import day_and_time
from forum.effects import undoing
from forum.limits import FOREVER, Rules
from forum.models import Flag, Guest, LogEntry, Measure, Merge, Person, Post, Removal
from forum.queries.log_words import NEEDED, sentence_of
from forum.queries.lookups import get_post_or_404
from forum.queries.post_cards import stored_html
from forum.queries.question_page import get_post_place
from forum.queries.question_place import question_place
from forum.queries.question_rows import note_names
from forum.queries.reasons import replies
from forum.queries.similar import SimilarQuestion, get_duplicates

ACTS_SHOWN = 30
_TEAM = "The team"
_REMOVED = {
    RemovalKind.WAITING: "Waiting for approval",
    RemovalKind.CHANGED: "Waiting for approval after a change",
    RemovalKind.HIDDEN: "Hidden",
    RemovalKind.DELETED: "Deleted by a moderator",
    RemovalKind.UNDONE: "Removed with everything by its author",
    RemovalKind.WITHDRAWN: "Deleted by its author",
    RemovalKind.MERGED: "Merged into another question",
}


@dataclass(frozen=True)
class State:
    """One thing that holds on a post: what, by whom, why, since when."""

    label: str
    who: str = ""
    reason: str = ""
    since: datetime | None = None
    path: str = ""


@dataclass(frozen=True)
class Report:
    """One open report; nobody reads here who sent it."""

    label: str
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class DoneAct:
    """One line of the log about the post."""

    number: int
    who: str
    words: str
    reason: str
    done_at: datetime
    is_undone: bool
    may_undo: bool


@dataclass(frozen=True)
class ReplyLink:
    """A text of the library, and the address of this page with that text in its field."""

    title: str
    path: str


@dataclass(frozen=True)
class ModeratePage:
    """A post as its moderators see it; each `may_` says whether that act fits its state and the viewer."""

    post_id: int
    kind: str
    title: str
    question_title: str
    place: str
    byline: Byline
    html: SafeString
    folds_for: str
    created_at: datetime
    states: tuple[State, ...]
    reports: tuple[Report, ...]
    acts: tuple[DoneAct, ...]
    replies: tuple[ReplyLink, ...]
    is_approvable: bool
    is_hidden: bool
    is_deleted: bool
    is_open: bool
    is_closed: bool
    is_locked: bool
    is_protected: bool
    is_slow: bool
    is_pinned: bool
    has_notice: bool
    is_merged: bool
    converts_to: str
    category_id: int | None
    may_mark_spam: bool
    refusal: str
    duplicates: tuple[SimilarQuestion, ...]

    @property
    def is_question(self) -> bool:
        """Whether the post asks."""
        return self.kind == "question"


def get_moderate_page(post_id: int, *, viewer: Person, rules: Rules) -> ModeratePage:
    """Return the page of one post for a moderator; 404 where there is none, and the same queries for any post."""
    post = get_post_or_404(post_id, viewer=viewer)
    removed = list(Removal.objects.open().filter(post=post).select_related("actor").order_by("pk"))
    kinds = {removal.kind for removal in removed}
    flags = list(Flag.objects.open().filter(post=post).select_related("reason").order_by("pk"))
    measures = list(Measure.objects.open().filter(post=post).select_related("actor").order_by("pk"))
    merged = Merge.objects.filter(source=post, lifted_at=None).select_related("target").first()
    hard = [str(flag.reason.label) for flag in flags if flag.reason.is_hard]
    return ModeratePage(
        post_id=post.pk,
        kind=post.kind,
        title=post.title,
        question_title=question_place(post, viewer).title,
        place="" if merged else get_post_place(post, viewer=viewer),
        byline=byline(post, viewer),
        html=stored_html(post),
        folds_for=", ".join(dict.fromkeys([*note_names([post.pk]).get(post.pk, ()), *hard])),
        created_at=post.created_at,
        states=_states(post, removed, measures, merged, viewer),
        reports=tuple(Report(str(flag.reason.label), flag.text, flag.created_at) for flag in flags),
        acts=_acts(post, viewer, rules),
        replies=tuple(ReplyLink(one.title, f"/posts/{post.pk}/moderate/?reply={one.key}#words") for one in replies()),
        is_approvable=bool(kinds & set(AWAITING)),
        is_hidden=RemovalKind.HIDDEN in kinds,
        is_deleted=RemovalKind.DELETED in kinds,
        is_open=post.status == PostStatus.PUBLISHED,
        is_closed=post.is_closed,
        is_locked=post.is_locked,
        is_protected=post.is_protected,
        is_slow=bool(post.slow_minutes),
        is_pinned=post.is_pinned,
        has_notice=post.has_notice,
        is_merged=merged is not None,
        converts_to={"answer": "comment", "comment": "answer"}.get(post.kind, ""),
        category_id=post.category_id,
        duplicates=tuple(get_duplicates(post, viewer=viewer)) if post.is_question and not post.is_closed else (),
        may_mark_spam=bool(permissions.can_mark_spam(viewer, post, post.author or post.guest or Guest(), rules)),
        refusal=permissions.can_moderate_post(viewer, post, rules).reason,
    )


def _states(
    post: Post, removed: list[Removal], measures: list[Measure], merged: Merge | None, viewer: Person
) -> tuple[State, ...]:
    found = [
        State(
            label=_REMOVED[RemovalKind(removal.kind)],
            who=_name(removal.actor, viewer) if removal.kind in {RemovalKind.HIDDEN, RemovalKind.DELETED} else "",
            reason=removal.reason,
            since=removal.created_at,
            path=merged.target.get_absolute_url() if merged and removal.kind == RemovalKind.MERGED else "",
        )
        for removal in removed
    ]
    if post.is_closed:
        found += [
            State(str(one.reason.label), _name(one.closed_by, viewer, "Members, by votes"), one.note, one.created_at)
            for one in post.closures.filter(lifted_at=None).select_related("reason", "closed_by")
        ]
    for measure in measures:
        if measure.kind != MeasureKind.LOCK or post.is_locked:
            found.append(State(_measured(measure), _name(measure.actor, viewer), measure.reason, measure.created_at))
    if post.is_being_checked:
        found.append(State("Folded while its reports are open"))
    return tuple(found)


def _measured(measure: Measure) -> str:
    if measure.kind == MeasureKind.SLOW_MODE:
        return f"Slow mode: one post per person every {measure.minutes} minutes"
    if measure.kind == MeasureKind.NOTICE:
        return f"Notice: {measure.text}"
    if measure.until is not None and measure.until < FOREVER:
        return f"{measure.get_kind_display()} until {day_and_time(measure.until)}"
    return str(measure.get_kind_display())


def _acts(post: Post, viewer: Person, rules: Rules) -> tuple[DoneAct, ...]:
    rows = list(LogEntry.objects.filter(post=post).select_related(*NEEDED).newest_first()[:ACTS_SHOWN])
    undone = set(LogEntry.objects.filter(undoes__in=[row.pk for row in rows]).values_list("undoes_id", flat=True))
    return tuple(
        DoneAct(
            number=row.number,
            who=_name(row.actor, viewer, "Members, by votes" if "votes" in row.text.after else _TEAM),
            words=_words(row, viewer),
            reason=row.text.reason,
            done_at=row.created_at,
            is_undone=row.pk in undone,
            may_undo=row.pk not in undone
            and undoing.is_undoable(row)
            and bool(permissions.can_undo(viewer, row, rules)),
        )
        for row in rows
    )


def _words(entry: LogEntry, viewer: Person) -> str:
    said = sentence_of(entry, viewer)
    return f"{said.did} ({said.detail})" if said.detail else said.did


def _name(actor: User | None, viewer: Person, nobody: str = _TEAM) -> str:
    return member_byline(actor, viewer).name if actor is not None else nobody
