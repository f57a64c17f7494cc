"""What a member reported, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from forum.bylines import member_byline
from forum.choices import FlagState
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Flag, Person, Post
from forum.queries import paging
from forum.queries.paging import Page, Place
from forum.queries.question_place import question_place

_STATES = {
    FlagState.OPEN: ("A moderator will look at it", "honey"),
    FlagState.UPHELD: ("A moderator has acted on it", "leaf"),
    FlagState.DECLINED: ("It stays as it is", "fill"),
    FlagState.SET_ASIDE: ("Dismissed", "fill"),
}


@dataclass(frozen=True)
class ReportRow:
    """One report as its reporter sees it: never who decided. Without a path, what it is about cannot be read now.

    `outcome` is why it was declined; what moderators said of an upheld one is between them and the author.
    """

    kind: str
    title: str
    path: str
    reason: str
    text: str
    state: str
    colour: str
    outcome: str
    created_at: datetime
    settled_at: datetime | None


def get_report_list(member: Person, *, place: Place) -> Page[ReportRow]:
    """Return one page of what `member` reported, the last first; three queries."""
    made = Flag.objects.filter(reporter=member.pk)
    page = paging.get_page(made, ("-pk",), QUESTIONS_A_PAGE, place, "/reports/")
    flags = made.select_related("reason", "member").in_bulk(page.rows)
    ids = [flag.post_id for flag in flags.values() if flag.post_id is not None]
    posts = Post.objects.visible_to(member).select_related("question").in_bulk(ids)
    return page.with_rows([_row(flags[pk], posts, member) for pk in page.rows if pk in flags])


def _row(flag: Flag, posts: dict[int, Post], viewer: Person) -> ReportRow:
    kind, title, path = _about(flag, posts, viewer)
    state, colour = _STATES[FlagState(flag.state)]
    return ReportRow(
        kind=kind,
        title=title,
        path=path,
        reason=flag.reason.label,
        text=flag.text,
        state=state,
        colour=colour,
        outcome=flag.outcome if flag.state == FlagState.DECLINED else "",
        created_at=flag.created_at,
        settled_at=flag.settled_at,
    )


def _about(flag: Flag, posts: dict[int, Post], viewer: Person) -> tuple[str, str, str]:
    if flag.member is not None:
        byline = member_byline(flag.member, viewer)
        return "Member", byline.name, byline.url
    post = posts.get(flag.post_id or 0)
    if post is None:
        return "Post", "A post that isn’t public", ""
    place = question_place(post, viewer)
    return str(post.get_kind_display()), place.title, post.get_absolute_url() if place.path else ""
