"""The tags and filters of the forum's templates."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, widgets
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.avatars import ANONYMOUS, COUNT, drawn_avatar
from forum import plaintext
from forum.templatetags import words

register = template.Library()

# Arrows that must point the other way where text runs from right to left.
_MIRRORED = frozenset({"right", "left", "arrow", "logout", "undo", "restore", "trend", "trend-d"})

# As django.utils.html.json_script: what could be read as markup, and two line ends that JSON has and scripts had not.
_OUTSIDE_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

# The symbols of static/avatars.svg that stand for members.
_DRAWN = frozenset(f"a{number}" for number in range(COUNT))

# The first entry that fits names the way a field is laid out (partials/field.html).
_KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "switch"),
    (widgets.CheckboxSelectMultiple, "checks"),
    (widgets.RadioSelect, "radios"),
    (widgets.FileInput, "file"),
    (widgets.Textarea, "textarea"),
    (widgets.Select, "select"),
    (widgets.PasswordInput, "password"),
)
_CLASSES = {
    "switch": "switch",
    "textarea": "area",
    "select": "select",
    "file": "file",
    "input": "input",
    "password": "input",
}


@register.simple_block_tag
def once(content: str) -> str:
    """Make what a page shows in two places only once: `{% once as filters %}…{% endonce %}`, then `{{ filters }}`."""
    return content


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return the icon `name` of the sprite; `size` "s" is the small one. It is decoration: words stand beside it."""
    return _icon_html(name, size)


@lru_cache(maxsize=256)
def _icon_html(name: str, size: str) -> SafeString:
    classes = f"i{' i-s' if size == 's' else ''}{' flip' if name in _MIRRORED else ''}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, _sprite_url(), name)


@lru_cache(maxsize=1)
def _sprite_url() -> str:
    return static("icons.svg")


@register.simple_tag
def avatar(key: str, size: str = "") -> SafeString:
    """Return the picture `key` stands for: "a17", "anon", or a path; `size` is "", "s", "l" or "xl".

    It is decoration: the name stands beside it. A key that nobody drew is shown as "anon", so it can betray nothing.
    """
    return _avatar_html(key, size)


@register.simple_tag
def avatar_of(member: Any, size: str = "") -> SafeString:
    """Return the picture of the signed-in `member`, for their own eyes; everybody else's goes through a byline."""
    key = f"{settings.MEDIA_URL}{member.picture}" if member.picture else drawn_avatar(member.pk)
    return _avatar_html(key, size)


@lru_cache(maxsize=4096)
def _avatar_html(key: str, size: str) -> SafeString:
    classes = f"av av-{size}" if size else "av"
    if key.startswith("/"):
        return format_html(
            '<span class="{}"><img src="{}" alt="" loading="lazy" decoding="async"></span>', classes, key
        )
    if key not in _DRAWN:
        key = ANONYMOUS
    if key == ANONYMOUS:
        classes += " av-anon"
    return format_html(
        '<span class="{}"><svg aria-hidden="true"><use href="{}#{}"/></svg></span>', classes, static("avatars.svg"), key
    )


@register.filter
def time_ago(moment: datetime | None, verb: str = "") -> SafeString | str:
    """Return a `<time>` that says how long ago and shows the exact time on hover; a verb ("Asked") is put before it."""
    if moment is None:
        return ""
    text = words.time_words(moment, timezone.now())
    if verb and not text[0].isdigit():
        text = text[0].lower() + text[1:]
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        words.machine_time(moment),
        words.exact_time(moment),
        f"{verb} {text}" if verb else text,
    )


@register.filter
def direction(html: str) -> str:
    """Return the `dir` of what holds rendered text: by its first strong letter, which `auto` would look past."""
    return plaintext.direction_of_html(html) or "auto"


@register.filter
def json_ld(data: Any) -> SafeString:
    """Return `data` as structured data for search engines: no script, and no text in it can end its element."""
    words_only = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_OUTSIDE_MARKUP)
    return mark_safe(f'<script type="application/ld+json">{words_only}</script>')  # every sign of markup is escaped


@register.filter
def undo_numbers(message: Any) -> str:
    """Return the numbers of the acts that a message offers to take back; empty when there are none."""
    word, _, numbers = (getattr(message, "extra_tags", "") or "").partition(" ")
    return numbers if word == "undo" and numbers.replace(" ", "").isdecimal() else ""


@register.filter
def reading_moment(message: Any) -> str:
    """Return when everything was marked as read, where a message offers to take that back; else nothing."""
    word, _, moment = (getattr(message, "extra_tags", "") or "").partition(" ")
    return moment if word == "reading" else ""


@register.filter
def undo_form(message: Any) -> dict[str, str] | None:
    """Return the form by which a message offers to take back what a member did before signing in, if it does."""
    match (getattr(message, "extra_tags", "") or "").split():
        case ["act", path, name, value]:
            return {"path": path, "name": name, "value": value}
        case _:
            return None


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """Return the path of the page that is looked at, for coming back to it; an answer to htmx is part of another."""
    request = context["request"]
    if request.htmx:
        return request.htmx.current_url_abs_path or ""
    return str(request.get_full_path()) if request.method == "GET" else ""


@register.filter
def points(number: int) -> str:
    """Return points in their short form: 6700 is "6.7k"."""
    return words.short_number(number)


@register.filter
def count(number: int, form: str = "") -> str:
    """Return 1284 as "1,284"; with the form "short", as "1.2k"."""
    return words.short_number(number) if form == "short" else words.grouped_number(number)


@register.filter
def signed(number: int) -> str:
    """Return a score with its sign: "+5", "−2", "0"."""
    return words.signed_number(number)


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how partials/field.html lays `field` out."""
    if field.is_hidden:
        return "hidden"
    return next((kind for widget, kind in _KINDS if isinstance(field.field.widget, widget)), "input")


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> SafeString:
    """Return the control of `field` in the site's classes; `data_x="/y/"` becomes `data-x`, empty attributes go.

    `maxlength` becomes `data-limit`: a browser would cut what is typed or pasted without a word (limits.js counts it).
    """
    kind = field_kind(field)
    extra = {name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, "", False)}
    own = str(extra.pop("class", "")) or _CLASSES.get(kind, "")
    classes = f"{own} {field.field.widget.attrs.get('class', '')}".strip()
    if classes:
        extra["class"] = classes
    if kind == "switch":
        extra.setdefault("role", "switch")
    if limit := field.field.widget.attrs.get("maxlength"):
        extra |= {"maxlength": False, "data-limit": limit}
    return field.as_widget(attrs=extra)


@register.filter
def choice_parts(label: str) -> tuple[str, str, str]:
    """Return icon, title and explanation of a choice written as "compass|Advice|Ideas I could try" or shorter."""
    match str(label).split("|", 2):
        case [icon_name, title, text]:
            return icon_name, title, text
        case [title, text]:
            return "", title, text
        case [title, *_]:
            return "", title, ""
        case _:
            return "", "", ""
