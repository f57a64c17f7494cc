"""One tag: its own words, for the list of questions that carry it."""

import unicodedata

from django.http import Http404

from forum.models import Tag, TagSynonym

NO_SUCH_TAG = "No question carries this tag. The tags page has those in use."


def get_tag_or_404(name: str) -> Tag:
    """Return the tag at `/tag/NAME/`, however its letters are written, also by another name of it.

    Raises `Http404` when there is none.
    """
    wanted = unicodedata.normalize("NFC", name.replace("\x00", ""))
    written = {wanted, "-".join(wanted.lower().split())}
    tags = sorted(Tag.objects.standing().filter(slug__in=written), key=lambda tag: tag.slug != wanted)
    if tags:
        return tags[0]
    synonym = TagSynonym.objects.approved().filter(name__in=written, tag__removed_at=None).select_related("tag").first()
    if synonym is None:
        raise Http404(NO_SUCH_TAG)
    return synonym.tag
