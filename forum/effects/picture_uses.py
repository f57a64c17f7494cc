"""Note where uploaded pictures stand, so that each is shown to those alone who may read a text that holds it."""

from forum import pictures
from forum.models import Page, Picture, PictureUse, Post, Tag


def note(place: Post | Tag | Page, *texts: str) -> None:
    """Note each uploaded picture named in `texts` as one that stands in `place`; no query for texts without any."""
    names = pictures.names_in(*texts)
    if not names:
        return
    found = Picture.objects.filter(name__in=names).values_list("pk", flat=True)
    rows = [PictureUse(picture_id=pk, **_where(place)) for pk in found]
    PictureUse.objects.bulk_create(rows, ignore_conflicts=True)


def _where(place: Post | Tag | Page) -> dict[str, int]:
    if isinstance(place, Tag):
        return {"tag_id": place.pk}
    return {"page_id": place.pk} if isinstance(place, Page) else {"post_id": place.pk}
