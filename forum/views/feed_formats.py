"""RSS 2.0 and Atom: how a feed is written, by Django's generators."""

from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from forum.limits import Site
from forum.queries.feed_items import FeedItem
from forum.queries.feeds import FeedHead

_GENERATOR = "Mindwellnessforum"
_MINUTES = 60  # how long a reader may wait before looking again


class Rss(Rss201rev2Feed):
    """RSS 2.0 that says what made it."""

    def add_root_elements(self, handler: Any) -> None:
        """Add the generator, and where the format is explained."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", _GENERATOR)
        handler.addQuickElement("docs", "https://www.rssboard.org/rss-specification")


class Atom(Atom1Feed):
    """Atom that says what made it, and holds whole texts instead of summaries."""

    def add_root_elements(self, handler: Any) -> None:
        """Add the generator."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", _GENERATOR)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write the text as content."""
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})


FORMATS: dict[str, type[Rss] | type[Atom]] = {"rss": Rss, "atom": Atom}


def write_feed(form: str, head: FeedHead, items: tuple[FeedItem, ...], site: Site) -> tuple[str, str]:
    """Return a feed as text, and its type of content."""
    own = f"{settings.SITE_URL}{head.address}.{form}{head.query}"
    feed = FORMATS[form](
        title=f"{head.title} · {site.name}",
        link=settings.SITE_URL + head.path,
        description=head.description or site.tagline,
        subtitle=head.description or site.tagline,
        language=settings.LANGUAGE_CODE,
        feed_url=own,
        feed_guid=own,
        ttl=_MINUTES,
    )
    for item in items:
        feed.add_item(
            title=item.title,
            link=item.url,
            description=item.html,
            author_name=item.author,
            author_link=item.author_url or None,
            pubdate=item.created_at,
            updateddate=item.updated_at,
            unique_id=item.permalink,
            unique_id_is_permalink=True,
            categories=item.categories,
        )
    return feed.writeString("utf-8"), feed.content_type
