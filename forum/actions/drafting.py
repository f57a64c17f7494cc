"""Keep what somebody typed and has not posted yet."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import DraftKind
from forum.effects import guests, posts
from forum.effects.writings import is_same_writing
from forum.limits import BODY_LENGTH
from forum.models import Draft, Guest, Person, Picture, Post

DRAFTS_MOST = 100
_LONGEST = 3 * BODY_LENGTH  # a body, a title and the rest, with room
TOO_LONG = "This is too long to save. Please shorten it a little."
FULL = "You have {} drafts, which is the most we keep. Discard one, then save this again."


@dataclass(frozen=True)
class Sitting:
    """One sitting at a form: its own number, and that of the draft it goes on from."""

    number: UUID | None = None
    continues: UUID | None = None

    def key(self, kind: DraftKind, about: Post | None) -> UUID:
        """Return the key of its draft; forms without a number have one draft for each place."""
        return self.number or uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {about.pk if about else 0}")


UNNUMBERED = Sitting()


@atomic_with_retry
def save_draft(
    person: Person,
    kind: DraftKind,
    about: Post | None,
    fields: Mapping[str, object],
    sitting: Sitting = UNNUMBERED,
) -> Draft | None:
    """Keep `fields` as the draft of this sitting; a guest is kept with it. None where the form was posted already.

    A sitting that goes on from an earlier draft takes its place, unless another text was typed over that one: then
    both stay. Raises `ValidationError` for more than any form holds, and for more drafts than we keep.
    """
    if sum(len(str(value)) for value in fields.values()) > _LONGEST:
        raise ValidationError(TOO_LONG)
    if sitting.number and posts.was_posted(sitting.number, fields):
        return None
    person, key = guests.keep(person), sitting.key(kind, about)
    draft = _own(person, kind, about, sitting, fields, is_locked=True)
    if draft is not None:
        draft.key, draft.fields = key, dict(fields)
        draft.save()
        return draft
    # The same form may be saved twice at once: get_or_create lets the second find what the first has made.
    draft, is_new = Draft.objects.get_or_create(
        author=person if isinstance(person, User) else None,
        guest=None if isinstance(person, User) else person,
        key=key,
        defaults={"kind": kind, "about_id": about.pk if about else None, "fields": dict(fields)},
    )
    if is_new and Draft.objects.of(person).count() > DRAFTS_MOST:
        raise ValidationError(FULL.format(DRAFTS_MOST))
    if not is_new:
        draft.fields = dict(fields)
        draft.save()
    return draft


@atomic_with_retry
def discard_draft(
    person: Person,
    kind: DraftKind,
    about: Post | None,
    sitting: Sitting = UNNUMBERED,
    *,
    posted: Mapping[str, object] | None = None,
) -> None:
    """Forget the draft of this sitting, if there is one.

    The one it went on from goes too, but for another text than was `posted`.
    """
    draft = _own(person, kind, about, sitting, posted) or _own(person, kind, about, UNNUMBERED, posted)
    if draft is not None:
        draft.delete()


@atomic_with_retry
def adopt_drafts(member: User, guest: Guest) -> int:
    """Hand the drafts of `guest` to `member`, who has just signed in, beside those they have; return how many."""
    going = Draft.objects.filter(guest=guest)
    taken = Draft.objects.filter(author=member, key__in=going.values("key")).values_list("key", flat=True)
    for key in list(taken):
        going.filter(key=key).update(key=uuid.uuid4())
    adopted = going.update(author=member, guest=None)
    # An upload that stands in no post yet is shown to its uploader alone, who is the member now.
    Picture.objects.filter(guest=guest, uses=None).update(uploader=member, guest=None)
    return adopted


def _own(
    person: Person,
    kind: DraftKind,
    about: Post | None,
    sitting: Sitting,
    fields: Mapping[str, object] | None,
    *,
    is_locked: bool = False,
) -> Draft | None:
    """Return the draft this sitting has, or the one it went on from while `fields` are the same writing."""
    drafts = Draft.objects.of(person).filter(kind=kind, about=about.pk if about else None)
    if is_locked:
        drafts = drafts.select_for_update(no_key=True)
    own = drafts.filter(key=sitting.key(kind, about)).first()
    if own is not None or sitting.continues is None:
        return own
    earlier = drafts.filter(key=sitting.continues).first()
    return earlier if earlier and (fields is None or is_same_writing(earlier.fields, fields)) else None
