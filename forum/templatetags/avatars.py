"""Draws the small landscapes that stand for people who have no picture of their own."""

import hashlib
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ANONYMOUS_KEY = "anon"

# Sky, sun, far hill, near hill.
_PALETTES = (
    ("#f6d9b8", "#ee9b4e", "#8fb3a4", "#2f6f73"),
    ("#cfe6ea", "#fbe3a8", "#74aebb", "#1f5e70"),
    ("#e3ebc8", "#f0b552", "#93b581", "#3f6f45"),
    ("#dcd5ec", "#f3b096", "#9488b8", "#4b4478"),
    ("#f8ddd0", "#e27e5b", "#cf9579", "#7e4234"),
    ("#2f4159", "#f3e3b3", "#46617e", "#1a2839"),
    ("#efe3cb", "#d58b45", "#c4ab7c", "#6b5a36"),
    ("#f6d5da", "#df7179", "#bb7f98", "#6a3550"),
)
_MOONLIT = (
    '<svg viewBox="0 0 40 40" aria-hidden="true"><path fill="#4b4a63" d="M0 0h40v40H0z"/>'
    '<path fill="#d9d3ec" d="M23 8a8 8 0 1 0 4 13.5A9 9 0 0 1 23 8Z"/>'
    '<path fill="#6f6b8c" d="M0 27c9-4 15-1 22 0s13-2 18-1v14H0z"/>'
    '<path fill="#8a86a6" d="M0 33c8-3 17 0 23 0s12-2 17 0v7H0z"/></svg>'
)
_SIZES = {"": "av", "s": "av av-s", "l": "av av-l", "xl": "av av-xl"}


@lru_cache(maxsize=4096)
def avatar_html(key: str, size: str = "") -> SafeString:
    """Return the picture for `key`: a path is shown, "anon" is the moonlit drawing, all else is drawn from its hash."""
    classes = _SIZES[size]
    if key.startswith("/"):
        return format_html(
            '<span class="{}"><img src="{}" alt="" loading="lazy" decoding="async"></span>', classes, key
        )
    if not key or key == ANONYMOUS_KEY:
        return format_html('<span class="{} av-anon">{}</span>', classes, mark_safe(_MOONLIT))
    return format_html('<span class="{}">{}</span>', classes, mark_safe(_landscape(key)))


def _landscape(key: str) -> str:
    """Return an SVG in which every number comes from the hash, so that nothing of the key shows."""
    digest = hashlib.sha256(key.encode()).digest()
    sky, sun, far, near = _PALETTES[digest[0] % 8]
    sun_x, sun_y, radius = 9 + digest[1] % 23, 9 + digest[2] % 10, 4 + digest[3] % 4
    far_left, far_right = 18 + digest[4] % 9, 18 + digest[5] % 9
    near_left, near_right = 26 + digest[6] % 7, 25 + digest[7] % 8
    return (
        '<svg viewBox="0 0 40 40" aria-hidden="true">'
        f'<path fill="{sky}" d="M0 0h40v40H0z"/><circle cx="{sun_x}" cy="{sun_y}" r="{radius}" fill="{sun}"/>'
        f'<path fill="{far}" d="M0 {far_left}C10 {far_left - 7} 16 {far_left + 6} 24 {far_right} '
        f'30 {far_right - 5} 36 {far_right - 3} 40 {far_right}V40H0z"/>'
        f'<path fill="{near}" d="M0 {near_left}C12 {near_left + 6} 18 {near_left - 6} 28 {near_right - 2} '
        f'34 {near_right} 37 {near_right + 3} 40 {near_right + 2}V40H0z"/></svg>'
    )
