"""The page of an appeal, and the way to it from a post, an account or an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from accounts.models import User
from forum import permissions
from forum.choices import AppealState
from forum.limits import Rules
from forum.models import Appeal, LogEntry, Person, Post
from forum.queries.question_place import question_place

_NOT_HERE = "There’s no decision to appeal here."
_DONE = {
    "post.hidden": "A moderator hid what you wrote.",
    "post.deleted": "A moderator deleted what you wrote.",
    "post.held": "A moderator hid what you wrote for a while.",
    "post.locked": "A moderator locked what you wrote.",
    "post.notice_put": "A moderator added a notice to what you wrote.",
    "post.converted": "A moderator moved what you wrote.",
    "post.edited_by_team": "A moderator edited what you wrote.",
    "post.rolled_back": "A moderator rolled your post back to an earlier version.",
    "question.closed": "Your question was closed.",
    "question.moved": "A moderator moved your question to another topic.",
    "question.retagged": "A moderator changed the topic or the tags of your question.",
    "question.merged": "A moderator merged your question into another one.",
    "question.protected": "A moderator limited answers to established members.",
    "question.slowed": "A moderator put your question in slow mode.",
    "member.warned": "A moderator warned you.",
    "member.suspended": "A moderator suspended you.",
    "account.undone": "A moderator undid what your account did.",
}


@dataclass(frozen=True)
class AppealPage:
    """An act that may be looked at again, and the appeal against it if there is one. It never says who acted."""

    number: int
    what: str
    done_at: datetime
    reason: str
    title: str
    path: str
    was_taken_back: bool
    text: str
    asked_at: datetime | None
    state: str
    outcome: str
    decided_at: datetime | None

    @property
    def may_appeal(self) -> bool:
        """Whether nobody has asked yet, and there is something to ask about."""
        return self.asked_at is None and not self.was_taken_back

    @property
    def is_open(self) -> bool:
        """Whether a moderator has yet to decide."""
        return self.state == AppealState.OPEN


def get_entry_or_404(number: int, *, viewer: Person, rules: Rules) -> LogEntry:
    """Return the act of that number, if it was done to `viewer` and may be looked at again."""
    entry = LogEntry.objects.select_related("text", "post__question").filter(number=number).first()
    if entry is None or not permissions.can_appeal(viewer, entry, rules):
        raise Http404(_NOT_HERE)
    return entry


def get_appeal_page(entry: LogEntry, *, viewer: Person) -> AppealPage:
    """Return what the page says of an act that was done to `viewer`, and of their appeal."""
    appeal = Appeal.objects.filter(entry=entry).first()
    place = question_place(entry.post, viewer) if entry.post is not None else None
    return AppealPage(
        number=entry.number,
        what=_DONE[entry.verb],
        done_at=entry.created_at,
        reason=entry.text.reason,
        title=place.title if place else "",
        path=entry.post.get_absolute_url() if entry.post is not None and place and place.path else "",
        was_taken_back=entry.undone_by.exists(),
        text=appeal.text if appeal else "",
        asked_at=appeal.created_at if appeal else None,
        state=appeal.state if appeal else "",
        outcome=appeal.outcome if appeal else "",
        decided_at=appeal.decided_at if appeal else None,
    )


def appeal_paths(own_ids: Iterable[int]) -> dict[int, str]:
    """Return where the author of these posts asks for the latest act on each to be looked at again; one query."""
    done = LogEntry.objects.filter(verb__in=permissions.APPEALABLE, undone_by=None, post__in=list(own_ids))
    return {post_id: f"/appeal/{number}/" for post_id, number in done.order_by("number").values_list("post", "number")}


def appeal_path(about: LogEntry | Post | User, viewer: Person, rules: Rules) -> str:
    """Return where `viewer` asks for an act to be looked at again: this one, or the latest on a post or an account.

    Empty where nothing was done to them, or where it was taken back.
    """
    if isinstance(about, LogEntry):
        entry = about
    else:
        done = LogEntry.objects.filter(verb__in=permissions.APPEALABLE, undone_by=None)
        mine = done.filter(post=about) if isinstance(about, Post) else done.filter(member=about, post=None)
        latest = mine.select_related("post").newest_first().first()
        if latest is None:
            return ""
        entry = latest
    return f"/appeal/{entry.number}/" if permissions.can_appeal(viewer, entry, rules) else ""
