"""What a reader sees of a post and may do with it, as finished values, for its page and for the answer to an act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from forum import permissions
from forum.bylines import Byline, byline, editor_byline
from forum.choices import Direction, MeasureKind, PostStatus
from forum.limits import Rules
from forum.models import Bookmark, Measure, Person, Post, Removal, Vote
from forum.queries.appeals import appeal_paths
from forum.queries.lookups import get_post_or_404
from forum.queries.member_blocks import blocked_authors
from forum.queries.question_rows import note_names

_MINE = {Direction.UP: "up", Direction.DOWN: "down"}
_NOTICES = {
    PostStatus.WAITING: "Only you and moderators can see this until a moderator has read it.",
    PostStatus.HIDDEN: "A moderator has hidden this. Only its author and moderators can see it.",
    PostStatus.DELETED: "A moderator has deleted this. Only its author and moderators can see it.",
    PostStatus.WITHDRAWN: "Its author deleted this. Only its author and moderators can see it.",
}
_BEST_ELSEWHERE = "Best answer to a question that was merged into this one"


@dataclass(frozen=True)
class VoteControl:
    """A post's score and the two buttons beside it; `mine` is "up", "down" or empty."""

    post_id: int
    score: int
    mine: str
    refusal: str
    has_down: bool
    is_comment: bool


@dataclass(frozen=True)
class BookmarkControl:
    """The button that saves a post."""

    post_id: int
    is_saved: bool


@dataclass(frozen=True)
class CommentCard:
    """One comment as its reader sees it."""

    id: int
    anchor: str
    byline: Byline
    html: SafeString
    created_at: datetime
    edited_at: datetime | None
    is_being_checked: bool
    is_blocked: bool
    notice: str
    reason: str
    caution: str
    votes: VoteControl
    may_edit: bool
    may_withdraw: bool
    may_return: bool
    may_resubmit: bool
    appeal_path: str
    may_flag: bool
    may_moderate: bool
    is_new: bool = False
    may_reply: bool = False
    answers_id: int | None = None  # the comment that it answers
    answers_name: str = ""  # of whoever wrote that, where it stands on the same page


@dataclass(frozen=True)
class Comments:
    """The comments of one post that a page shows, and where the rest is."""

    cards: tuple[CommentCard, ...] = ()
    more_label: str = ""
    more_path: str = ""


@dataclass(frozen=True)
class PostCard:
    """A question or an answer as its reader sees it."""

    id: int
    kind: str
    anchor: str
    path: str
    title: str
    byline: Byline
    editor: Byline | None
    html: SafeString
    notes: tuple[str, ...]
    created_at: datetime
    edited_at: datetime | None
    is_being_checked: bool
    is_blocked: bool
    notice: str
    reason: str
    caution: str
    best_label: str
    votes: VoteControl
    bookmark: BookmarkControl
    may_accept: bool
    may_comment: bool
    may_edit: bool
    may_suggest: bool
    may_retag: bool
    may_vote_to_close: bool
    may_withdraw: bool
    stays_because: str
    may_return: bool
    may_resubmit: bool
    appeal_path: str
    may_flag: bool
    may_moderate: bool
    comment_path: str
    comments: Comments = field(default_factory=Comments)
    is_new: bool = False

    @property
    def is_question(self) -> bool:
        """Whether this card asks."""
        return self.kind == "question"

    @property
    def is_best(self) -> bool:
        """Whether the person who asked chose this answer."""
        return bool(self.best_label)


@dataclass(frozen=True)
class Reading:
    """Who reads, under which rules, and what was loaded for them about all posts of a page at once."""

    viewer: Person
    rules: Rules
    votes: Mapping[int, int]
    saved: frozenset[int]
    notes: Mapping[int, tuple[str, ...]]
    reasons: Mapping[int, str]
    cautions: Mapping[int, str]
    appeals: Mapping[int, str]
    blocked: frozenset[int] = frozenset()
    since: datetime | None = None


def load_reading(
    posts: Sequence[Post], *, viewer: Person, rules: Rules, has_blocked: bool = False, since: datetime | None = None
) -> Reading:
    """Load what cards of `posts` need beside the rows: at most one query for each kind of thing.

    `has_blocked` says that the viewer has blocked anybody at all, `since` when they were here last.
    """
    ids = [post.pk for post in posts]
    main = [post.pk for post in posts if not post.is_comment]
    removed = [post.pk for post in posts if not post.is_published]
    noticed = [post.pk for post in posts if post.has_notice]
    decided = [post.pk for post in posts if permissions.is_author(viewer, post) and _is_decided(post)]
    return Reading(
        viewer=viewer,
        rules=rules,
        votes=_votes(ids, viewer),
        saved=_saved(main, viewer),
        notes=note_names(main),
        reasons=_reasons(removed) if removed else {},
        cautions=read_cautions(noticed) if noticed else {},
        appeals=appeal_paths(decided) if decided else {},
        blocked=blocked_authors(posts, viewer) if has_blocked else frozenset(),
        since=since,
    )


def get_vote_control(post_id: int, *, viewer: Person, rules: Rules) -> VoteControl:
    """Return the vote control of a post that `viewer` may read, as its page shows it."""
    post = get_post_or_404(post_id, viewer=viewer)
    return _vote_control(post, viewer, rules, _votes([post.pk], viewer))


def get_bookmark_control(post_id: int, *, viewer: Person) -> BookmarkControl:
    """Return the bookmark button of a post, as its page shows it."""
    return BookmarkControl(post_id, post_id in _saved([post_id], viewer))


def post_card(post: Post, question: Post, reading: Reading, comments: Comments | None = None) -> PostCard:
    """Return the card of a question or an answer of `question`; asks no query."""
    viewer, rules = reading.viewer, reading.rules
    if post.is_answer:
        post.question = post.parent = question
    is_mine = permissions.is_author(viewer, post)
    is_withdrawn = post.status == PostStatus.WITHDRAWN
    return PostCard(
        id=post.pk,
        kind=post.kind,
        anchor=post.anchor,
        path=post.get_absolute_url(),
        title=post.title,
        byline=byline(post, viewer),
        editor=editor_byline(post, viewer),
        html=stored_html(post),
        notes=reading.notes.get(post.pk, ()),
        created_at=post.created_at,
        edited_at=post.edited_at,
        is_being_checked=post.is_being_checked,
        is_blocked=_is_blocked(post, reading),
        notice=_notice(post),
        reason=reading.reasons.get(post.pk, ""),
        caution=reading.cautions.get(post.pk, ""),
        best_label=_best_label(post, question, viewer) if post.is_answer else "",
        votes=_vote_control(post, viewer, rules, reading.votes),
        bookmark=BookmarkControl(post.pk, post.pk in reading.saved),
        may_accept=post.is_answer and bool(permissions.can_accept(viewer, post, rules)),
        may_comment=bool(permissions.can_comment(viewer, post, rules)),
        may_edit=bool(permissions.can_edit(viewer, post, rules)),
        may_suggest=not permissions.can_edit(viewer, post, rules)
        and bool(permissions.can_suggest(viewer, post, rules)),
        may_retag=post.is_question and bool(permissions.can_retag(viewer, post, rules)),
        may_vote_to_close=post.is_question and _votes_to_close(viewer, post, rules),
        may_withdraw=not is_withdrawn and bool(permissions.can_withdraw(viewer, post, rules)),
        stays_because="" if is_withdrawn or not is_mine else permissions.can_withdraw(viewer, post, rules).reason,
        may_return=is_withdrawn and is_mine,
        may_resubmit=bool(permissions.can_resubmit(viewer, post, rules)),
        appeal_path=reading.appeals.get(post.pk, ""),
        may_flag=not is_mine,
        may_moderate=bool(permissions.can_moderate(viewer, rules)),
        comment_path=f"{question.get_absolute_url()}?comment={post.pk}#comments-{post.pk}",
        comments=comments or Comments(),
        is_new=_is_new(post, reading),
    )


def comment_card(comment: Post, parent: Post, reading: Reading) -> CommentCard:
    """Return the card of a comment below `parent`; asks no query."""
    viewer, rules = reading.viewer, reading.rules
    comment.parent, comment.question = parent, parent.question or parent
    is_mine = permissions.is_author(viewer, comment)
    is_withdrawn = comment.status == PostStatus.WITHDRAWN
    return CommentCard(
        id=comment.pk,
        anchor=comment.anchor,
        byline=byline(comment, viewer),
        html=stored_html(comment),
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        is_being_checked=comment.is_being_checked,
        is_blocked=_is_blocked(comment, reading),
        notice=_notice(comment),
        reason=reading.reasons.get(comment.pk, ""),
        caution=reading.cautions.get(comment.pk, ""),
        votes=_vote_control(comment, viewer, rules, reading.votes),
        may_edit=bool(permissions.can_edit(viewer, comment, rules)),
        may_withdraw=not is_withdrawn and bool(permissions.can_withdraw(viewer, comment, rules)),
        may_return=is_withdrawn and is_mine,
        may_resubmit=bool(permissions.can_resubmit(viewer, comment, rules)),
        appeal_path=reading.appeals.get(comment.pk, ""),
        may_flag=not is_mine,
        may_moderate=bool(permissions.can_moderate(viewer, rules)),
        is_new=_is_new(comment, reading),
        may_reply=bool(permissions.can_comment(viewer, parent, rules)),
        answers_id=comment.reply_to_id,
    )


def name_replies(cards: Sequence[CommentCard]) -> tuple[CommentCard, ...]:
    """Say in each card whom it answers, where the comment it answers is among them."""
    names = {card.id: card.byline.name for card in cards}
    return tuple(replace(card, answers_name=names.get(card.answers_id or 0, "")) for card in cards)


def _is_new(post: Post, reading: Reading) -> bool:
    """Say whether somebody else wrote it since the viewer was here last; nothing is new to who was never here."""
    if reading.since is None or permissions.is_author(reading.viewer, post):
        return False
    return post.created_at > reading.since


def _vote_control(post: Post, viewer: Person, rules: Rules, votes: Mapping[int, int]) -> VoteControl:
    # What no sign-in and no points would change makes the buttons dead; the rest is said when they are used.
    refusal = permissions.can_vote(viewer, post, Direction.UP, rules).reason
    is_own = permissions.is_author(viewer, post)
    is_final = is_own or not all(one.is_published for one in (post, post.question, post.parent) if one is not None)
    if is_final and refusal and not viewer.is_authenticated:
        refusal = "You can’t vote on your own post." if is_own else "This post can’t be voted on."
    direction = votes.get(post.pk)
    return VoteControl(
        post_id=post.pk,
        score=post.score,
        mine=_MINE[Direction(direction)] if direction is not None else "",
        refusal=refusal if is_final else "",
        # Where somebody may be in danger no down-vote is offered; one's own can still be taken back.
        has_down=rules.has_downvotes and not post.is_comment and (not post.needs_care or direction == Direction.DOWN),
        is_comment=post.is_comment,
    )


def _votes_to_close(viewer: Person, question: Post, rules: Rules) -> bool:
    """Say whether votes are how `viewer` closes the question: who may close it alone needs none."""
    may_close_alone = permissions.can_close(viewer, question, rules)
    return not may_close_alone and bool(permissions.can_vote_to_close(viewer, question, rules))


def _is_decided(post: Post) -> bool:
    """Say whether a moderator may have done something to the post that its author can question."""
    return not post.is_published or post.is_closed or post.has_notice or post.is_locked


def _is_blocked(post: Post, reading: Reading) -> bool:
    """Say whether a name stands on the post that the reader has blocked; what is anonymous is nobody's."""
    return post.author_id in reading.blocked and not post.is_anonymous


def _notice(post: Post) -> str:
    return _NOTICES.get(PostStatus(post.status), "")


def _best_label(answer: Post, question: Post, viewer: Person) -> str:
    if question.accepted_answer_id != answer.pk:
        return _BEST_ELSEWHERE if getattr(answer, "is_chosen", False) else ""
    asker = byline(question, viewer)
    if asker.is_you:
        return "Best answer, marked by you"
    name = "the person who asked" if asker.is_anonymous else asker.name
    return f"Best answer, marked by {name}"


def stored_html(post: Post) -> SafeString:
    """Return the text of `post` as it was rendered when it was saved, fit for a page."""
    return mark_safe(post.body_html)  # made by forum/markup/ when the post was saved


def _votes(ids: Iterable[int], viewer: Person) -> dict[int, int]:
    if not viewer.is_authenticated:
        return {}
    return dict(Vote.objects.filter(voter=viewer.pk, post__in=ids).values_list("post_id", "direction"))


def _saved(ids: Iterable[int], viewer: Person) -> frozenset[int]:
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset(Bookmark.objects.filter(member=viewer.pk, post__in=ids).values_list("post_id", flat=True))


def _reasons(ids: Iterable[int]) -> dict[int, str]:
    """Return why a post is out of sight, in the words of who took it out; the latest removal speaks."""
    rows = Removal.objects.open().filter(post__in=ids).exclude(reason="").order_by("pk")
    return dict(rows.values_list("post_id", "reason"))


def read_cautions(ids: Iterable[int]) -> dict[int, str]:
    """Return what moderators tell readers of these posts above their text."""
    return dict(Measure.objects.open().filter(post__in=ids, kind=MeasureKind.NOTICE).values_list("post_id", "text"))
