"""Whom a member has blocked: said on a member's page, the list, and what is folded on a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.limits import PEOPLE_A_PAGE
from forum.models import MemberBlock, Person, Post, Preferences
from forum.queries.members import NO_SUCH_MEMBER
from forum.queries.paging import Page, Place, get_page


@dataclass(frozen=True)
class BlockRow:
    """Somebody whom a member has blocked."""

    member_id: int
    byline: Byline


@dataclass(frozen=True)
class BlockList:
    """A page of those whom a member has blocked, the last first, and whether mentions reach them."""

    page: Page[BlockRow]
    takes_mentions: bool


def is_blocked(member: User, viewer: Person) -> bool | None:
    """Say whether `viewer` has blocked `member`; None for guests and about oneself. One query for others."""
    if not viewer.is_authenticated or viewer.pk == member.pk:
        return None
    return MemberBlock.objects.filter(member=viewer.pk, blocked=member).exists()


def get_block_list(viewer: User, place: Place) -> BlockList:
    """Return a page of those whom `viewer` has blocked."""
    blocks = MemberBlock.objects.filter(member=viewer)
    page = get_page(blocks, ("-pk",), PEOPLE_A_PAGE, place, "/settings/blocks/")
    found = blocks.select_related("blocked").in_bulk(list(page.rows)) if page.rows else {}
    rows = [
        BlockRow(block.blocked_id, member_byline(block.blocked, viewer))
        for block in (found[key] for key in page.rows if key in found)
    ]
    chosen = Preferences.objects.filter(member=viewer).first() or Preferences()
    return BlockList(page.with_rows(rows), chosen.takes_mentions)


def get_blockable_or_404(member_id: int, *, viewer: Person) -> User:
    """Return the member of this number; of those who have closed their account only whom `viewer` has blocked."""
    member: User | None = User.objects.filter(pk=member_id).first()
    if member is None or (member.closed_at is not None and not is_blocked(member, viewer)):
        raise Http404(NO_SUCH_MEMBER)
    return member


def blocked_authors(posts: Iterable[Post], viewer: Person) -> frozenset[int]:
    """Return those of the authors, by the names on `posts`, whom `viewer` has blocked; one query."""
    authors = {post.author_id for post in posts if post.author_id is not None and not post.is_anonymous}
    blocks = MemberBlock.objects.filter(member=viewer.pk, blocked__in=authors)
    return frozenset(blocks.values_list("blocked_id", flat=True))
