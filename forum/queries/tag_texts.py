"""The words about a tag: its form, its earlier texts beside what each changed, and the page that brings one back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from accounts.models import User
from forum import permissions
from forum.bylines import ANONYMOUS_AVATAR, Byline, member_byline
from forum.effects.suggestions import Words
from forum.limits import REVISIONS_A_PAGE, Rules
from forum.models import Person, Tag, TagRevision
from forum.queries import paging
from forum.queries.edit_page import Conflict
from forum.queries.paging import Page, Place
from forum.queries.text_changes import TextChanges, changes_between

SIDE = "side"
NO_SUCH_TAG = "This tag no longer exists. The tags page lists those in use."
NO_SUCH_TEXT = "This tag has no such version."
_SITE = "The team"


@dataclass(frozen=True)
class TagRevisionRow:
    """One text about a tag: who, when, why, and how it differs from the one before; the first stands whole."""

    number: int
    byline: Byline
    created_at: datetime
    reason: str
    changes: TextChanges | None
    first: Words | None
    is_current: bool
    may_come_back: bool


@dataclass(frozen=True)
class TagHistory:
    """One page of the texts about a tag, newest first."""

    tag_id: int
    name: str
    path: str
    edit_url: str
    count: int
    is_side: bool
    inline_url: str
    side_url: str
    may_describe: bool
    page: Page[TagRevisionRow]


@dataclass(frozen=True)
class TagRollBack:
    """An earlier text about a tag, and what bringing it back would change."""

    number: int
    byline: Byline
    created_at: datetime
    changes: TextChanges


def get_tag_by_id_or_404(tag_id: int, viewer: Person) -> Tag:
    """Return the tag of this number that can be used and that `viewer` may know of; any other is 404."""
    tag: Tag | None = Tag.objects.visible_to(viewer).filter(pk=tag_id).first()
    if tag is None:
        raise Http404(NO_SUCH_TAG)
    return tag


def get_tag_fields(tag: Tag) -> dict[str, Any]:
    """Return the values of `tag` by the names of its form's fields."""
    return {"excerpt": tag.excerpt, "guide": tag.guide, "base_version": tag.revision_count}


def get_tag_conflict(
    tag_id: int, excerpt: str, guide: str, *, base_version: int | None, viewer: Person
) -> Conflict | None:
    """Return what stands between an editor's words and those of the tag now, or None when nobody was quicker."""
    tag = get_tag_by_id_or_404(tag_id, viewer)
    if base_version is None or base_version == tag.revision_count:
        return None
    stands = Words(tag.excerpt, tag.guide)
    base = TagRevision.objects.filter(tag=tag, number=base_version).first()
    return Conflict(
        version=tag.revision_count,
        stands=stands,
        since=changes_between(Words(base.excerpt, base.guide), stands) if base else None,
        mine=changes_between(stands, Words(excerpt, guide)),
    )


def get_tag_history(tag: Tag, *, viewer: Person, rules: Rules, view: str, place: Place) -> TagHistory:
    """Return one page of the texts about `tag`; three queries, however long the page."""
    path = f"/tags/{tag.pk}/history/"
    inline_url, side_url = path, paging.with_query(path, view=SIDE)
    is_side = view == SIDE
    texts = TagRevision.objects.filter(tag=tag)
    page = paging.get_page(texts, ("-pk",), REVISIONS_A_PAGE, place, side_url if is_side else inline_url)
    shown = list(texts.filter(pk__in=page.rows).select_related("editor").order_by("-number"))
    former = texts.filter(number__lt=shown[-1].number).order_by("-number").first() if shown else None
    before = [*shown[1:], former]
    may_describe = bool(permissions.can_describe_tag(viewer, tag, rules))
    rows = [
        _row(revision, earlier, viewer, is_current=revision.number == tag.revision_count, may_describe=may_describe)
        for revision, earlier in zip(shown, before, strict=False)
    ]
    return TagHistory(
        tag_id=tag.pk,
        name=tag.name,
        path=tag.get_absolute_url(),
        edit_url=f"/tags/{tag.pk}/edit/",
        count=tag.revision_count,
        is_side=is_side,
        inline_url=inline_url,
        side_url=side_url,
        may_describe=may_describe,
        page=page.with_rows(rows),
    )


def get_tag_roll_back(tag: Tag, number: int, *, viewer: Person) -> TagRollBack:
    """Return what bringing text `number` about `tag` back would change; 404 when there is none."""
    revision = TagRevision.objects.select_related("editor").filter(tag=tag, number=number).first()
    if revision is None:
        raise Http404(NO_SUCH_TEXT)
    return TagRollBack(
        number=number,
        byline=_byline(revision.editor, viewer),
        created_at=revision.created_at,
        changes=changes_between(Words(tag.excerpt, tag.guide), _words(revision)),
    )


def _row(
    revision: TagRevision, before: TagRevision | None, viewer: Person, *, is_current: bool, may_describe: bool
) -> TagRevisionRow:
    return TagRevisionRow(
        number=revision.number,
        byline=_byline(revision.editor, viewer),
        created_at=revision.created_at,
        reason=revision.reason,
        changes=changes_between(_words(before), _words(revision)) if before else None,
        first=None if before else _words(revision),
        is_current=is_current,
        may_come_back=may_describe and not is_current,
    )


def _words(revision: TagRevision) -> Words:
    return Words(revision.excerpt, revision.guide)


def _byline(member: User | None, viewer: Person) -> Byline:
    return member_byline(member, viewer) if member else Byline(_SITE, ANONYMOUS_AVATAR)
