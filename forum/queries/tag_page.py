"""One tag: its own words, for the list of questions that carry it."""

import unicodedata

from django.http import Http404

from forum.models import Guest, Person, Tag, TagSynonym

NO_SUCH_TAG = "No questions have this tag. The tags page lists those in use."


def get_tag_or_404(name: str, viewer: Person | None = None) -> Tag:
    """Return the tag at `/tag/NAME/`, however its letters are written, also by another name of it.

    Raises `Http404` when there is none that `viewer` (a guest, where nobody is named) may know of.
    """
    wanted = unicodedata.normalize("NFC", name.replace("\x00", ""))
    written = {wanted, "-".join(wanted.lower().split())}
    known = Tag.objects.visible_to(viewer or Guest())
    tags = sorted(known.filter(slug__in=written), key=lambda tag: tag.slug != wanted)
    if tags:
        return tags[0]
    synonym = TagSynonym.objects.approved().filter(name__in=written, tag__in=known).select_related("tag").first()
    if synonym is None:
        raise Http404(NO_SUCH_TAG)
    return synonym.tag
