"""Render texts anew after the markup module has changed."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction

from forum import markup
from forum.effects import mention_links, pages, tag_texts
from forum.models import Page, Post, Tag

_BATCH = 200


def render_anew(*, everything: bool = False) -> Iterator[int]:
    """Render each text of an older markup version, in small transactions; yield how many were done each time.

    A text that can no longer be rendered keeps its HTML, which an older version made safe.
    """
    last = 0
    while True:
        with transaction.atomic():
            stale = Post.objects.filter(pk__gt=last).order_by("pk").select_for_update(no_key=True)
            if not everything:
                stale = stale.exclude(markup_version=markup.MARKUP_VERSION)
            batch = list(stale[:_BATCH])
            mention_links.render(batch)
        if not batch:
            break
        last = batch[-1].pk
        yield len(batch)
    with transaction.atomic():
        for page in Page.objects.order_by("pk"):
            if everything or page.markup_version != markup.MARKUP_VERSION:
                pages.render(page)
                page.save()
                yield 1
    with transaction.atomic():
        for tag in Tag.objects.exclude(guide="").order_by("pk").select_for_update(no_key=True):
            if everything or tag.markup_version != markup.MARKUP_VERSION:
                _render_guide(tag)
                yield 1


def _render_guide(tag: Tag) -> None:
    try:
        tag_texts.render(tag)
    except ValidationError:
        return
    tag.save(update_fields=["guide_html", "markup_version"])
