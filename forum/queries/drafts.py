"""The drafts of one person."""

from dataclasses import dataclass
from datetime import datetime

from forum import markup
from forum.choices import DraftKind
from forum.models import Draft, Person
from forum.plaintext import cut_words
from forum.queries.question_place import question_place

DRAFTS_SHOWN = 200  # a member's and those of the guest they were; no more are kept
_PREVIEW_LENGTH = 160
_PARSED = 500  # characters of a draft: the rest cannot reach its first words, and costs time
_TITLES = {
    DraftKind.QUESTION: "A question",
    DraftKind.ANSWER: "An answer",
    DraftKind.COMMENT: "A comment",
    DraftKind.EDIT: "An edit",
}


@dataclass(frozen=True)
class DraftRow:
    """One draft as a line of the list."""

    id: int
    kind: str
    title: str
    text: str
    url: str
    saved_at: datetime


def get_drafts(person: Person) -> list[DraftRow]:
    """Return the drafts of `person`, the last touched first; one query."""
    drafts = Draft.objects.of(person).select_related("about", "about__question").newest_first()[:DRAFTS_SHOWN]
    return [_row(draft, person) for draft in drafts]


def get_draft(person: Person, kind: str, about_id: int | None = None) -> Draft | None:
    """Return what `person` typed into this form last, if it was kept."""
    return Draft.objects.of(person).filter(kind=kind, about_id=about_id).newest_first().first()


def get_own_draft(person: Person, draft_id: int) -> Draft | None:
    """Return the draft with this id if it is `person`'s own."""
    return Draft.objects.of(person).select_related("about").filter(pk=draft_id).first()


def _row(draft: Draft, person: Person) -> DraftRow:
    about = question_place(draft.about, person).title if draft.about else ""
    return DraftRow(
        id=draft.pk,
        kind=_TITLES[DraftKind(draft.kind)],
        title=str(draft.fields.get("title") or "") or about or "No title yet",
        text=_first_words(str(draft.fields.get("body") or "")),
        url=f"/drafts/{draft.pk}/",
        saved_at=draft.updated_at,
    )


def _first_words(text: str) -> str:
    text = cut_words(text, _PARSED)
    try:
        return markup.excerpt(text, _PREVIEW_LENGTH)
    except markup.TextRefused:  # a draft may be anything; its own words are good enough here
        return cut_words(text, _PREVIEW_LENGTH)
