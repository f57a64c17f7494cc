"""The card with help lines: whether a form calls for it, and what it shows to whoever looks."""

from typing import Any

from django import template

from forum.queries import care
from forum.queries.help_lines import COUNTRY_COOKIE, HelpChoice, get_help_choice

register = template.Library()


@register.simple_tag(takes_context=True)
def help_choice(context: template.Context) -> HelpChoice:
    """Return the help lines, those of the reader's country first."""
    request = context["request"]
    return get_help_choice(request.COOKIES.get(COUNTRY_COOKIE, ""), request.headers.get("Accept-Language", ""))


@register.simple_tag
def calls_for_care(form: Any) -> bool:
    """Say whether what stands in a form's title and body calls for care."""
    title, body = (str(form[name].value() or "") if name in form.fields else "" for name in ("title", "body"))
    return care.calls_for_care(title, body)
