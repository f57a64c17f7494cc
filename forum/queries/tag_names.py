"""Other names of tags: those of one, those that wait for somebody to decide, and what an act on a tag would change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404

from accounts.models import User
from forum import permissions
from forum.bylines import ANONYMOUS_AVATAR, Byline, member_byline
from forum.choices import SynonymState
from forum.limits import QUESTIONS_A_PAGE, Rules
from forum.models import Person, Tag, TaggedPost, TagSynonym
from forum.plaintext import tag_name
from forum.queries.paging import Page, Place, get_page

NO_SUCH_NAME = "This name wasn’t suggested, or has been decided."
_SITE = "The team"
_OWN_MOST = 10


@dataclass(frozen=True)
class NameRow:
    """Another name of a tag, as a line; `says` is result.

    Where a tag is called so itself, approving merges it: `merges` is how many questions carry that one, else -1.
    """

    id: int
    name: str
    tag_name: str
    tag_path: str
    question_count: int
    byline: Byline
    created_at: datetime
    says: str
    reason: str
    merges: int = -1


@dataclass(frozen=True)
class TagNames:
    """The names of one tag: those that hold, those that wait, and what became of those the viewer asked for."""

    tag_id: int
    tag_name: str
    tag_path: str
    holding: tuple[NameRow, ...]
    waiting: tuple[NameRow, ...]
    mine: tuple[NameRow, ...]
    refusal: str
    may_decide: bool


@dataclass(frozen=True)
class ManageTag:
    """A tag before an act on it; with a `target`, what merging would do: `shared` questions carry both."""

    id: int
    name: str
    path: str
    base: str
    question_count: int
    is_reserved: bool
    target: str = ""
    target_count: int = 0
    shared: int = 0
    target_refusal: str = ""


def get_tag_names(tag: Tag, *, viewer: Person, rules: Rules) -> TagNames:
    """Return the other names of `tag`; one query."""
    may_decide = bool(permissions.can_decide_synonyms(viewer, rules))
    rows = list(tag.synonyms.select_related("tag", "asked_by").order_by("name", "-pk"))
    return TagNames(
        tag_id=tag.pk,
        tag_name=tag.name,
        tag_path=tag.get_absolute_url(),
        holding=tuple(_row(one, viewer) for one in rows if one.state == SynonymState.APPROVED),
        waiting=tuple(_row(one, viewer) for one in rows if one.state == SynonymState.ASKED),
        mine=tuple(
            _row(one, viewer)
            for one in rows
            if viewer.is_authenticated and one.asked_by_id == viewer.pk and one.state == SynonymState.DECLINED
        )[:_OWN_MOST],
        refusal=permissions.can_ask_for_synonym(viewer, tag, rules).reason,
        may_decide=may_decide,
    )


def get_waiting_names(*, viewer: Person, place: Place) -> Page[NameRow]:
    """Return a page of the names that wait for somebody to decide, oldest first; three queries."""
    waiting = TagSynonym.objects.filter(state=SynonymState.ASKED, tag__in=Tag.objects.visible_to(viewer))
    page = get_page(waiting, ("pk",), QUESTIONS_A_PAGE, place, "/tags/synonyms/")
    found = TagSynonym.objects.select_related("tag", "asked_by").in_bulk(page.rows)
    names = [synonym.name for synonym in found.values()]
    tags = dict(Tag.objects.standing().filter(name__in=names).values_list("name", "question_count"))
    rows = [_row(found[key], viewer) for key in page.rows if key in found]
    return page.with_rows([replace(row, merges=tags.get(row.name, -1)) for row in rows])


def get_name_or_404(synonym_id: int) -> TagSynonym:
    """Return the other name of this number, with its tag."""
    found = TagSynonym.objects.select_related("tag").filter(pk=synonym_id).first()
    if found is None:
        raise Http404(NO_SUCH_NAME)
    return found


def get_manage_page(tag: Tag, *, target: str = "") -> ManageTag:
    """Return `tag` before an act; with the name of a `target`, how many questions carry both, for two queries more."""
    found = find_tag(target)
    refusal = ""
    if target and found is None:
        refusal = f"There’s no tag “{tag_name(target)}” to merge into."
    elif found is not None and found.pk == tag.pk:
        refusal = "That’s this tag itself. Choose the tag to keep."
    chosen = None if refusal else found
    return ManageTag(
        id=tag.pk,
        name=tag.name,
        path=tag.get_absolute_url(),
        base=f"/tags/{tag.pk}/",
        question_count=tag.question_count,
        is_reserved=tag.is_reserved,
        target=chosen.name if chosen else "",
        target_count=chosen.question_count if chosen else 0,
        shared=_shared(tag, chosen) if chosen else 0,
        target_refusal=refusal,
    )


def find_tag(name: str) -> Tag | None:
    """Return the tag that can be used and is called so, whatever follows a comma; None when there is none."""
    wanted = tag_name(name.partition(",")[0])
    return Tag.objects.standing().filter(name=wanted).first() if wanted else None


def get_unknown(names: Sequence[str]) -> list[str]:
    """Return those of `names` that are neither tags nor other names of tags; one query."""
    others = TagSynonym.objects.approved().filter(name__in=names, tag__removed_at=None)
    tags = Tag.objects.standing().filter(name__in=names)
    known = {name for (name,) in tags.order_by().values_list("name").union(others.order_by().values_list("name"))}
    return [name for name in names if name not in known]


def _shared(tag: Tag, target: Tag) -> int:
    count: int = TaggedPost.objects.filter(tag=tag, content_object__tagged__tag=target).count()
    return count


def _row(synonym: TagSynonym, viewer: Person) -> NameRow:
    return NameRow(
        id=synonym.pk,
        name=synonym.name,
        tag_name=synonym.tag.name,
        tag_path=synonym.tag.get_absolute_url(),
        question_count=synonym.tag.question_count,
        byline=_byline(synonym.asked_by, viewer),
        created_at=synonym.created_at,
        says=synonym.get_state_display(),
        reason=synonym.reason,
    )


def _byline(member: User | None, viewer: Person) -> Byline:
    return member_byline(member, viewer) if member else Byline(_SITE, ANONYMOUS_AVATAR)
