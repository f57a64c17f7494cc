"""Render a help page's text."""

from forum import markup
from forum.models import Page


def render(page: Page) -> None:
    """Set the page's HTML from its text; the caller saves it."""
    page.body_html = markup.render(page.body)
    page.markup_version = markup.MARKUP_VERSION
