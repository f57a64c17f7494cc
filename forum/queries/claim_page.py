"""What a guest wrote: where their private link leads, and what a member can take over."""

from dataclasses import dataclass
from datetime import datetime

from forum.models import Draft, Guest, Post
from forum.plaintext import cut_words

POSTS_SHOWN = 50
_TITLE_LENGTH = 100
_NAMES_SHOWN = 5
_ID_DIGITS = 18


@dataclass(frozen=True)
class ClaimRow:
    """One post of the guest. `answer_count` is of a question; `state` is empty while others can see it."""

    kind: str
    title: str
    url: str
    created_at: datetime
    answer_count: int
    state: str


@dataclass(frozen=True)
class ClaimPage:
    """Everything of the guest that can be taken over; `more` counts the posts not listed.

    `names` are those the posts show; `email` is where the guest hears of answers, if anywhere.
    """

    rows: list[ClaimRow]
    more: int
    drafts: int
    names: tuple[str, ...] = ()
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not self.rows and not self.drafts


def get_guest(guest_id: int) -> Guest | None:
    """Return the guest, unless a member has taken over what they wrote."""
    return Guest.objects.filter(pk=guest_id, claimed_by=None).first()


def get_newest_place(guest: Guest, post_id: str) -> str:
    """Return where a private link leads: the post it names, if the guest may read it, else their newest one."""
    readable = Post.objects.visible_to(guest)
    post = None
    if post_id.isascii() and post_id.isdecimal() and len(post_id) <= _ID_DIGITS:
        post = readable.filter(pk=int(post_id)).first()
    post = post or readable.filter(guest=guest).newest_first().first()
    return post.get_absolute_url() if post else "/drafts/"


def get_claim_page(guest: Guest | None) -> ClaimPage:
    """Return the posts and drafts of `guest`, newest first; four queries."""
    if guest is None or guest.pk is None or guest.claimed_by_id is not None:
        return ClaimPage([], 0, 0)
    posts = Post.objects.filter(guest=guest)
    rows = [_row(post) for post in posts.select_related("question").newest_first()[:POSTS_SHOWN]]
    more = max(posts.count() - POSTS_SHOWN, 0)
    names = posts.exclude(guest_name="").order_by("guest_name").values_list("guest_name", flat=True).distinct()
    return ClaimPage(rows, more, Draft.objects.filter(guest=guest).count(), tuple(names[:_NAMES_SHOWN]), guest.email)


def _row(post: Post) -> ClaimRow:
    title = post.title or cut_words(post.excerpt or post.body, _TITLE_LENGTH)
    state = "" if post.is_published else str(post.get_status_display())
    return ClaimRow(post.get_kind_display(), title, post.get_absolute_url(), post.created_at, post.answer_count, state)
