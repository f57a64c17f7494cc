"""How messages between members and moderators are shown: their lines, and links to our own help pages."""

import re

from django import template
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_HELP = re.compile(r"(?<![\w/])(/help/(?:[a-z0-9-]+/)?)")


@register.filter
def said(text: str) -> SafeString:
    """Return `text` in paragraphs; an address such as /help/crisis/ in it becomes a link, and no other does."""
    html = linebreaks(escape(text))
    return mark_safe(_HELP.sub(r'<a href="\1">\1</a>', html))  # escaped above; the address is our own
