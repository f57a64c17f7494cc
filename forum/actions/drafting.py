"""Keep what somebody typed and has not posted yet."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import DraftKind
from forum.effects import guests
from forum.limits import BODY_LENGTH
from forum.models import Draft, Guest, Person, Picture, Post
from forum.models.drafts import DraftQuerySet

DRAFTS_MOST = 100  # as many as their page shows; the oldest make room
_LONGEST = 3 * BODY_LENGTH  # a body, a title and the rest, with room


@atomic_with_retry
def save_draft(person: Person, kind: DraftKind, about: Post | None, fields: Mapping[str, object]) -> Draft:
    """Keep `fields` as the one draft of `person` for this form; a guest is kept with it.

    Raises `ValidationError` for more than any form holds.
    """
    if sum(len(str(value)) for value in fields.values()) > _LONGEST:
        raise ValidationError("This is too long to keep. Please shorten it a little.")
    person = guests.keep(person)
    # Two tabs may save a first draft together: get_or_create lets the second find what the first has made.
    draft, is_new = Draft.objects.select_for_update(no_key=True).get_or_create(
        author=person if isinstance(person, User) else None,
        guest=None if isinstance(person, User) else person,
        kind=kind,
        about_id=about.pk if about else None,
        defaults={"fields": dict(fields)},
    )
    if not is_new:
        draft.fields = dict(fields)
        draft.save()
    elif too_many := list(Draft.objects.of(person).newest_first().values_list("pk", flat=True)[DRAFTS_MOST:]):
        Draft.objects.filter(pk__in=too_many).delete()
    return draft


@atomic_with_retry
def discard_draft(person: Person, kind: DraftKind, about: Post | None) -> None:
    """Forget the draft of `person` for this form, if there is one."""
    _of(person, kind, about).delete()


@atomic_with_retry
def adopt_drafts(member: User, guest: Guest) -> int:
    """Hand the drafts of `guest` to `member`, who has just signed in; return how many.

    Where the member had a draft of the same form, the newer one stays.
    """
    adopted = 0
    for draft in Draft.objects.filter(guest=guest).order_by("pk"):
        rival = Draft.objects.filter(author=member, kind=draft.kind, about=draft.about_id).first()
        if rival is not None and rival.updated_at > draft.updated_at:
            draft.delete()
            continue
        if rival is not None:
            rival.delete()
        draft.author, draft.guest = member, None
        draft.save()
        adopted += 1
    # An upload that stands in no post yet is shown to its uploader alone, who is the member now.
    Picture.objects.filter(guest=guest, uses=None).update(uploader=member, guest=None)
    return adopted


def _of(person: Person, kind: DraftKind, about: Post | None) -> DraftQuerySet:
    return Draft.objects.of(person).filter(kind=kind, about=about.pk if about else None)
