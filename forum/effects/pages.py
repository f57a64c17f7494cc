"""Render a help page's text."""

from django.core.exceptions import ValidationError

from forum import markup
from forum.models import Page


def render(page: Page) -> None:
    """Set the page's HTML from its text, for the caller to save; raise `ValidationError` for one that is refused."""
    try:
        page.body_html = markup.render(page.body)
    except markup.TextRefused as refusal:
        raise ValidationError({"body": str(refusal)}) from refusal
    page.markup_version = markup.MARKUP_VERSION
