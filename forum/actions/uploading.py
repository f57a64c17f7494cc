"""Keep an uploaded picture, written anew."""

import secrets
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, pictures, rules
from forum.effects import events, guests
from forum.limits import PICTURE_KEPT_PIXELS, PICTURE_PIXELS, PICTURE_WIDTH
from forum.models import Person, Picture


def upload_picture(person: Person, upload: IO[bytes]) -> Picture:
    """Decode, shrink and keep a picture under a name nobody can guess, without what the camera wrote into it.

    Raises `PermissionDenied`, or `ValidationError` with a sentence for what is not a picture.
    """
    permissions.require(permissions.can_upload(person, rules.current()))
    try:
        picture = pictures.reencode(
            upload, max_width=PICTURE_WIDTH, max_pixels=PICTURE_PIXELS, kept_pixels=PICTURE_KEPT_PIXELS
        )
    except pictures.PictureRefused as refusal:
        raise ValidationError({"picture": str(refusal)}) from refusal
    # The markup module reads the size from the name, so that a page doesn't jump while pictures load.
    stem = f"{secrets.token_urlsafe(16)}-{picture.width}x{picture.height}"
    name = default_storage.save(f"{pictures.FOLDER}{stem}.{picture.extension}", ContentFile(picture.content))
    try:
        return _keep(person, picture, name)
    except BaseException:  # also when the transaction fails at its very end
        default_storage.delete(name)  # without its row, nobody would ever find the file to delete it
        raise


@atomic_with_retry
def _keep(person: Person, picture: pictures.Picture, name: str) -> Picture:
    """Keep what has been decoded and written: both take time, in which nobody else could write to SQLite."""
    person = guests.keep(person)
    kept = Picture.objects.create(
        name=name,
        uploader=person if isinstance(person, User) else None,
        guest=None if isinstance(person, User) else person,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.content),
    )
    events.record("picture.uploaded", actor=person, data={"picture": kept.pk})
    return kept
