"""What the team did last, in a sentence each, for the side of the queue."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from forum.bylines import member_byline
from forum.models import LogEntry

_LINES = 5
_SYSTEM = "The software"
_DONE = {
    "post.hidden": "hid {post}",
    "post.shown": "showed {post} again",
    "post.deleted": "deleted {post}",
    "post.restored": "restored {post}",
    "post.approved": "approved {post}",
    "post.held": "let {post} wait",
    "post.kept": "kept {post}",
    "member.kept": "let a report on a member be",
    "question.closed": "closed {post}",
    "question.reopened": "reopened {post}",
    "question.moved": "moved {post}",
    "question.merged": "merged {post}",
    "post.locked": "locked {post}",
    "post.unlocked": "unlocked {post}",
    "post.notice_put": "put a notice on {post}",
    "post.notice_taken": "took a notice off {post}",
    "post.converted": "made something else of {post}",
    "post.edited_by_team": "edited {post}",
    "author.asked": "asked for a change of {post}",
    "author.cared_for": "sent a word of care about {post}",
    "author.asking_withdrawn": "took a request to an author back",
    "author.care_withdrawn": "took a word of care back",
    "edit.approved": "approved an edit of {post}",
    "edit.rejected": "rejected an edit of {post}",
    "flag.upheld": "upheld a report",
    "flag.declined": "declined a report",
    "flag.reopened": "opened a report again",
    "appeal.granted": "granted an appeal",
    "appeal.declined": "declined an appeal",
    "member.warned": "warned a member",
    "member.cared_for": "sent a word of care",
    "member.written_to": "wrote to a member",
    "member.noted": "noted something about a member",
    "member.suspended": "suspended a member",
    "member.suspension_lifted": "ended a suspension",
    "account.undone": "took everything by an account back",
    "votes.reversed": "took votes back that belong together",
}
_POSTS = {"question": "a question", "answer": "an answer", "comment": "a comment"}


@dataclass(frozen=True)
class Deed:
    """One act of the team, without a word on whom it concerned."""

    who: str
    what: str
    reason: str
    created_at: datetime


def get_trail(viewer: User) -> tuple[Deed, ...]:
    """Return the last acts; moderators see them, and helpers see the queue alone."""
    if not viewer.is_moderator:
        return ()
    entries = LogEntry.objects.select_related("actor", "post", "text").newest_first()[:_LINES]
    return tuple(_deed(entry, viewer) for entry in entries)


def _deed(entry: LogEntry, viewer: User) -> Deed:
    words = _DONE.get(entry.verb, entry.verb.replace(".", " ").replace("_", " "))
    return Deed(
        who=member_byline(entry.actor, viewer).name if entry.actor else _SYSTEM,
        what=words.format(post=_POSTS[entry.post.kind] if entry.post else "something"),
        reason=entry.text.reason if entry.post else "",
        created_at=entry.created_at,
    )
