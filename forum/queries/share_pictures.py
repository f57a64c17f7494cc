"""Which picture a link to a question is shown with."""

from dataclasses import dataclass

from django.http import Http404

from forum.choices import Audience
from forum.limits import Site
from forum.models import Guest, Question
from forum.share_pictures import kept_picture, version_of


@dataclass(frozen=True)
class SharePicture:
    """A drawn picture and the word that changes with it."""

    content: bytes
    version: str


def picture_path(question_id: int, title: str, site: Site) -> str:
    """Return the address of a question's picture; it changes with the picture."""
    return f"/og/{question_id}.png?v={version_of(title, site.name)}"


def get_share_picture(question_id: int, *, site: Site) -> SharePicture:
    """Return the picture of a question that everybody may read; 404 where a guest gets no page.

    One that is not for search engines is shown as the site, without its title.
    """
    row = Question.objects.listed_to(Guest()).filter(pk=question_id).values_list("title", "audience").first()
    if row is None:
        raise Http404("There is no such question here.")
    title, audience = row
    if audience != Audience.EVERYONE:
        return get_site_picture(site)
    return SharePicture(kept_picture(str(question_id), title, site.name), version_of(title, site.name))


def get_site_picture(site: Site) -> SharePicture:
    """Return the picture of every page that has none of its own."""
    return SharePicture(kept_picture("site", "", site.name), version_of("", site.name))
