"""Every saved text of a post, each beside what it changed, and the page that brings one back."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from forum import permissions
from forum.bylines import Byline, reviser_byline
from forum.effects.suggestions import Words, saved_words, words_of
from forum.limits import REVISIONS_A_PAGE, Rules
from forum.models import Person, Post, Revision, Suggestion
from forum.permissions import Decision
from forum.queries import paging
from forum.queries.paging import Page, Place
from forum.queries.question_rows import note_names
from forum.queries.text_changes import TextChanges, changes_between

SIDE = "side"
NO_SUCH_TEXT = "This post has no such version."


@dataclass(frozen=True)
class RevisionRow:
    """One saved text: who, when, why, and how it differs from the text before it that the viewer may read.

    Without `changes` it is the first text, or `refusal` says why its words are not shown.
    """

    number: int
    byline: Byline
    created_at: datetime
    reason: str
    changes: TextChanges | None
    compared_with: int
    first: Words | None
    refusal: str
    is_hidden: bool
    is_current: bool
    suggestion_id: int
    may_come_back: bool
    may_be_hidden: bool


@dataclass(frozen=True)
class RevisionList:
    """One page of a post's history, newest first; `version` is what the viewer has seen when they act."""

    post_id: int
    kind: str
    version: int
    count: int
    notes: tuple[str, ...]
    is_side: bool
    is_own: bool
    inline_url: str
    side_url: str
    page: Page[RevisionRow]


@dataclass(frozen=True)
class RollBackPage:
    """An earlier text of a post, and what bringing it back would change."""

    post_id: int
    kind: str
    number: int
    version: int
    byline: Byline
    created_at: datetime
    changes: TextChanges
    is_own: bool
    notes: tuple[str, ...]


def get_revision_list(post: Post, *, viewer: Person, rules: Rules, view: str, place: Place) -> RevisionList:
    """Return one page of the texts of `post`, which `viewer` may read; five queries, however long the page."""
    path = f"/posts/{post.pk}/revisions/"
    inline_url, side_url = path, paging.with_query(path, view=SIDE)
    is_side = view == SIDE
    texts = Revision.objects.filter(post=post)
    page = paging.get_page(texts, ("-pk",), REVISIONS_A_PAGE, place, side_url if is_side else inline_url)
    shown = list(texts.filter(pk__in=page.rows).select_related("editor").order_by("-number"))
    former = _newest_before(shown[-1], viewer) if shown else None
    suggested = dict(Suggestion.objects.filter(revision__in=page.rows).values_list("revision_id", "pk"))
    rows = [
        _row(
            revision,
            _readable([*shown[at + 1 :], *([former] if former else [])], viewer, rules),
            post=post,
            viewer=viewer,
            rules=rules,
            suggestion_id=suggested.get(revision.pk, 0),
        )
        for at, revision in enumerate(shown)
    ]
    return RevisionList(
        post_id=post.pk,
        kind=post.get_kind_display().lower(),
        version=post.text_version,
        count=post.revision_count,
        notes=note_names([post.pk]).get(post.pk, ()),
        is_side=is_side,
        is_own=permissions.is_author(viewer, post),
        inline_url=inline_url,
        side_url=side_url,
        page=page.with_rows(rows),
    )


def get_roll_back_page(post: Post, number: int, *, viewer: Person, rules: Rules) -> RollBackPage:
    """Return what bringing text `number` of `post` back would change; 404 unless `viewer` may read that text."""
    revision = Revision.objects.select_related("editor").filter(post=post, number=number).first()
    if revision is None or not permissions.can_read_revision(viewer, revision, rules):
        raise Http404(NO_SUCH_TEXT)
    revision.post = post
    is_suggested = Suggestion.objects.filter(revision=revision).exists()
    return RollBackPage(
        post_id=post.pk,
        kind=post.get_kind_display().lower(),
        number=number,
        version=post.text_version,
        byline=reviser_byline(revision, viewer, is_suggested=is_suggested),
        created_at=revision.created_at,
        changes=changes_between(words_of(post), saved_words(revision)),
        is_own=permissions.is_author(viewer, post),
        notes=note_names([post.pk]).get(post.pk, ()),
    )


def _newest_before(revision: Revision, viewer: Person) -> Revision | None:
    """Return the newest text before `revision` that the viewer may read."""
    before = Revision.objects.filter(post=revision.post_id, number__lt=revision.number)
    if not viewer.is_administrator:
        before = before.filter(hidden_at=None)
    return before.order_by("-number").first()


def _readable(revisions: list[Revision], viewer: Person, rules: Rules) -> Revision | None:
    return next((one for one in revisions if permissions.can_read_revision(viewer, one, rules)), None)


def _row(
    revision: Revision, before: Revision | None, *, post: Post, viewer: Person, rules: Rules, suggestion_id: int
) -> RevisionRow:
    revision.post = post
    may_read: Decision = permissions.can_read_revision(viewer, revision, rules)
    is_current = revision.number == post.revision_count
    differs = bool(may_read) and before is not None
    may_come_back = not is_current and revision.hidden_at is None
    return RevisionRow(
        number=revision.number,
        byline=reviser_byline(revision, viewer, is_suggested=bool(suggestion_id)),
        created_at=revision.created_at,
        reason=revision.reason if may_read else "",
        changes=changes_between(saved_words(before), saved_words(revision)) if differs and before else None,
        compared_with=before.number if before else 0,
        first=saved_words(revision) if may_read and before is None else None,
        refusal=may_read.reason,
        is_hidden=revision.hidden_at is not None,
        is_current=is_current,
        suggestion_id=suggestion_id,
        may_come_back=may_come_back and bool(permissions.can_roll_back(viewer, post, rules)),
        may_be_hidden=not is_current and bool(permissions.can_hide_revision(viewer, rules)),
    )
