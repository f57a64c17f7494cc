"""Draw `static/avatars.svg`: the small landscapes that stand for members, and the moonlit one for no name."""

from hashlib import blake2b
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management.base import BaseCommand

# Sky, sun, far hills, near hills; each clear on a light and on a dark page, being a picture of its own.
_PALETTES: Final = (
    ("#f6d9b8", "#ee9b4e", "#8fb3a4", "#2f6f73"),
    ("#cfe6ea", "#fbe3a8", "#74aebb", "#1f5e70"),
    ("#e3ebc8", "#f0b552", "#93b581", "#3f6f45"),
    ("#dcd5ec", "#f3b096", "#9488b8", "#4b4478"),
    ("#f8ddd0", "#e27e5b", "#cf9579", "#7e4234"),
    ("#2f4159", "#f3e3b3", "#46617e", "#1a2839"),
    ("#efe3cb", "#d58b45", "#c4ab7c", "#6b5a36"),
    ("#f6d5da", "#df7179", "#bb7f98", "#6a3550"),
)
_SHAPES: Final = 8
_MOONLIT: Final = (
    '<symbol id="anon" viewBox="0 0 40 40"><path fill="#4b4a63" d="M0 0h40v40H0z"/>'
    '<path fill="#d9d3ec" d="M23 8a8 8 0 1 0 4 13.5A9 9 0 0 1 23 8Z"/>'
    '<path fill="#6f6b8c" d="M0 27c9-4 15-1 22 0s13-2 18-1v14H0z"/>'
    '<path fill="#8a86a6" d="M0 33c8-3 17 0 23 0s12-2 17 0v7H0z"/></symbol>'
)


class Command(BaseCommand):
    """Write the sprite; the same every time."""

    help = "Draw static/avatars.svg, the landscapes for members without a picture."

    def handle(self, *_args: object, **_options: object) -> None:
        path = Path(settings.BASE_DIR) / "static" / "avatars.svg"
        path.write_text(draw_sprite(), encoding="utf-8")
        self.stdout.write(f"Drew {len(_PALETTES) * _SHAPES} landscapes and the moonlit one into static/avatars.svg.")


def draw_sprite() -> str:
    """Give the whole file: one symbol a line, `a0` to `a63`, then `anon`."""
    symbols = [_landscape(number) for number in range(len(_PALETTES) * _SHAPES)]
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, _MOONLIT, "</svg>"]
    return "\n".join(lines) + "\n"


def _landscape(number: int) -> str:
    sky, sun, far, near = _PALETTES[number % len(_PALETTES)]
    seed = blake2b(bytes([number]), digest_size=8, person=b"landscape").digest()
    # The sun walks from left to right over the eight shapes of a palette, so that no two of them look the same.
    sun_x = 8 + 3 * (number // len(_PALETTES)) + seed[0] % 3
    sun_y, radius = 9 + seed[1] % 9, 4 + seed[2] % 4
    left, right = 18 + seed[3] % 9, 18 + seed[4] % 9
    low, high = 27 + seed[5] % 6, 26 + seed[6] % 7
    return (
        f'<symbol id="a{number}" viewBox="0 0 40 40"><path fill="{sky}" d="M0 0h40v40H0z"/>'
        f'<circle cx="{sun_x}" cy="{sun_y}" r="{radius}" fill="{sun}"/>'
        f'<path fill="{far}" d="M0 {left}C10 {left - 7} 16 {left + 6} 24 {right} 30 {right - 5} 36 {right - 3} '
        f'40 {right}V40H0z"/>'
        f'<path fill="{near}" d="M0 {low}C12 {low + 6} 18 {low - 6} 28 {high - 2} 34 {high} 37 {high + 3} '
        f'40 {high + 2}V40H0z"/></symbol>'
    )
