"""How the administration's lists show posts, people and times, without ever showing who wrote anonymously."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from forum import bylines, plaintext
from forum.choices import FlagState, PostStatus, Urgency
from forum.models import Flag, Guest, LogEntry, Post, Suggestion
from forum.queries.log_words import sentence_of
from forum.templatetags.forum_tags import time_ago

NOBODY = "—"
_ONLOOKER = Guest()  # whose eyes no byline treats as its author's
_TITLE_LENGTH = 90
_STATUS = {
    PostStatus.PUBLISHED: "leaf",
    PostStatus.WAITING: "honey",
    PostStatus.HIDDEN: "clay",
    PostStatus.DELETED: "clay",
    PostStatus.WITHDRAWN: "fill",
    PostStatus.MERGED: "fill",
}
_URGENCY_COLOURS = {Urgency.URGENT: "clay", Urgency.HIGH: "clay", Urgency.MEDIUM: "honey", Urgency.LOW: "fill"}
_FLAG_STATE = {
    FlagState.OPEN: "honey",
    FlagState.UPHELD: "clay",
    FlagState.DECLINED: "fill",
    FlagState.SET_ASIDE: "fill",
}


def title_of(post: Post) -> str:
    """Return a question's title, or the beginning of an answer or comment."""
    return plaintext.cut_words(post.title or post.excerpt or str(post), _TITLE_LENGTH)


def author_of(post: Post) -> str:
    """Return the name that every reader sees on `post`."""
    shown = bylines.byline(post, _ONLOOKER)
    return f"{shown.name} ({shown.label})" if shown.label else shown.name


def suggester_of(suggestion: Suggestion) -> str:
    """Return who suggested an edit; load `member`."""
    return bylines.suggester_byline(suggestion, _ONLOOKER).name


def decider_of(suggestion: Suggestion) -> str:
    """Return who decided about a suggested edit; load `decided_by` and the post's `author`."""
    return bylines.decider_byline(suggestion, _ONLOOKER).name


def name_of(member: User | None) -> str:
    """Return how a member is shown where they act under their name."""
    return bylines.member_byline(member, _ONLOOKER).name if member else NOBODY


def post_link(post: Post) -> SafeString:
    """Return the post's title as a link to its page here."""
    return format_html('<a href="/admin/forum/post/{}/change/">{}</a>', post.pk, title_of(post))


def member_link(member: User | None) -> SafeString | str:
    """Return the member's name as a link to their page here."""
    if member is None:
        return NOBODY
    return format_html('<a href="/admin/accounts/user/{}/change/">{}</a>', member.pk, name_of(member))


def ago(moment: datetime | None) -> SafeString | str:
    """Return how long ago, with the exact time on hover."""
    return time_ago(moment) or NOBODY


def pill(text: str, colour: str) -> SafeString:
    """Return a small coloured label; its words say what its colour says."""
    return format_html('<span class="pill p-{}">{}</span>', colour, text)


def status_pill(post: Post) -> SafeString:
    """Return who can see the post."""
    return pill(post.get_status_display(), _STATUS[PostStatus(post.status)])


def reason_pill(flag: Flag) -> SafeString:
    """Return what is wrong, the urgent in the warmer colours."""
    return pill(flag.reason.label, urgency_of(flag)[1])


def urgency_of(flag: Flag) -> tuple[str, str]:
    """Return how urgent the flag is, in a word and its colour."""
    urgency = Urgency(flag.reason.urgency)
    return str(urgency.label), _URGENCY_COLOURS[urgency]


def urgency_pill(urgency: int) -> SafeString:
    """Return how soon somebody should look, the urgent in the warmer colours."""
    return pill(str(Urgency(urgency).label), _URGENCY_COLOURS[Urgency(urgency)])


def act_of(entry: LogEntry) -> SafeString:
    """Return what an entry of the log says was done, with a link to what it is about; load `log_words.NEEDED`."""
    said = sentence_of(entry, _ONLOOKER)
    link = format_html('<a href="{}">{}</a>', said.about_path, said.about) if said.about_path else said.about
    return format_html("{} {}{}", said.did, link, f" ({said.detail})" if said.detail else "")


def fold_of(notes: Sequence[str], flags: Iterable[Flag]) -> str:
    """Return why a text is shown folded: its content notes, else what is urgent about it; empty shows it at once."""
    if notes:
        return f"Content note: {', '.join(notes).lower()}"
    hard = next((flag for flag in flags if flag.state == FlagState.OPEN and flag.reason.is_hard), None)
    return f"Reported: {hard.reason.label.lower()}" if hard else ""


def flag_state_pill(flag: Flag) -> SafeString:
    """Return what became of the flag."""
    return pill(flag.get_state_display(), _FLAG_STATE[FlagState(flag.state)])
