"""What the log and the revisions may say here: everything but who wrote anonymously and who voted how."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from forum import permissions
from forum.admin import words
from forum.limits import Rules
from forum.models import Event, Post, Revision

# Team actions, done in public office: these alone name who did them, whoever wrote the post. Whatever else is in
# the log may have been done by an author (accepting an answer is: the question may be anonymous) or is a vote.
TEAM_VERBS = frozenset(
    [
        *("post.approved", "post.held", "post.hidden", "post.shown", "post.deleted", "post.restored"),
        *("question.closed", "question.reopened", "flag.upheld", "flag.declined", "flag.reopened"),
        *("member.suspended", "member.suspension_lifted", "member.role_changed", "member.corrected"),
        *("post.locked", "post.unlocked", "post.notice_put", "post.notice_taken", "post.converted"),
        *("question.protected", "question.unprotected", "question.slowed", "question.unslowed"),
        *("question.pinned", "question.unpinned", "question.moved", "question.merged", "question.unmerged"),
        *("post.edited_by_team", "post.rolled_back", "question.retagged", "revision.hidden", "revision.shown"),
        # Where the author of the post decided, the log has no actor.
        *("edit.approved", "edit.rejected", "edit.reopened"),
        *("member.written_to", "member.cared_for", "member.warned", "member.message_withdrawn"),
        *("member.message_returned", "member.noted", "member.note_lifted", "member.note_returned"),
        *("configuration.saved", "configuration.deleted", "category.saved", "tag.edited"),
    ]
)
# Acts that say themselves, on the post, who did them: the post's own byline.
AUTHORS_VERBS = frozenset({"question.asked", "answer.posted", "comment.added"})
# What only tells somebody something: who it tells would say who wrote the post that it happened to.
_TELLING_VERBS = ("member.mentioned", "question.filed", "message.sent", "points.reached", "post.milestone")
# Nobody's business: who voted, who saved what, and which posts without an account turned out to be whose.
PRIVATE = (
    Q(verb__startswith="vote.") | Q(verb__endswith="bookmarked") | Q(verb="guest.claimed") | Q(verb__in=_TELLING_VERBS)
)
# Of a text only its number is told; the rest says how to take the act back.
_TEXT_VERBS = frozenset(
    {"post.edited_by_team", "post.rolled_back", "question.retagged", "edit.approved", "edit.rejected", "edit.reopened"}
)
_TOLD_OF_TEXTS = ("revision", "suggestion")
_LINES_MOST = 100


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    what: str
    who: str
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class Version:
    """One saved text of a post; `refusal` says why its words are not shown."""

    number: int
    who: str
    reason: str
    title: str
    body: str
    refusal: str
    created_at: datetime


def log_of(post: Post) -> list[Line]:
    """Return what happened to `post`, newest first; votes and bookmarks are nobody's business."""
    events = Event.objects.filter(post=post).exclude(PRIVATE).select_related("actor", "post__author").newest_first()
    return [line_of(event) for event in events[:_LINES_MOST]]


def line_of(event: Event) -> Line:
    """Return one event as the log shows it."""
    what = event.verb.replace(".", " ").replace("_", " ").capitalize()
    reason = event.reason if event.verb in TEAM_VERBS else ""
    return Line(what=what, who=who_did(event), reason=reason, created_at=event.created_at)


def who_did(event: Event) -> str:
    """Return who did it, when that may be known; load `actor` and `post__author`."""
    if event.verb in TEAM_VERBS:
        return words.name_of(event.actor)
    if event.verb in AUTHORS_VERBS and event.post is not None:
        return words.author_of(event.post)
    return words.NOBODY


def details_of(event: Event) -> str:
    """Return what else the log says of an act of the team."""
    if event.verb not in TEAM_VERBS:
        return ""
    told = _TOLD_OF_TEXTS if event.verb in _TEXT_VERBS else event.data
    pairs = {name: value for name, value in event.data.items() if name in told and value not in (None, "")}
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in pairs.items())


def revisions_of(post: Post, viewer: User) -> list[Version]:
    """Return every saved text of `post`, newest first; a hidden one without its words, but to administrators."""
    rows = Revision.objects.filter(post=post).select_related("editor", "post__author").order_by("-number")
    return [_version(row, viewer) for row in rows[:_LINES_MOST]]


def editor_of(revision: Revision) -> str:
    """Return who saved this text, unless that could name an anonymous author; load `editor` and `post__author`."""
    post: Any = revision.post
    if revision.editor_id == post.author_id and revision.guest_id == post.guest_id:
        return words.author_of(post)
    return words.NOBODY if post.is_anonymous or revision.editor is None else words.name_of(revision.editor)


def _version(row: Revision, viewer: User) -> Version:
    refusal = permissions.can_read_revision(viewer, row, Rules()).reason
    title, body, reason = ("", "", "") if refusal else (row.title, row.body, row.reason)
    return Version(row.number, editor_of(row), reason, title, body, refusal, row.created_at)
