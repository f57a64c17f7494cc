"""The picture a link to a question is shown with elsewhere: its title in the site's letters, and nobody's name.

Drawn once and kept in the data folder, by what is drawn and how; `manage.py tidy` forgets old ones.
"""

import hashlib
import os
import tempfile
import threading
import time
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 1200
HEIGHT: Final = 630
DESIGN: Final = 1
"""Raise it with every change to what is drawn: kept pictures are then drawn anew."""

_FONTS: Final = Path(__file__).parent / "fonts"
# What both fonts hold: they are the site's own, cut to Latin-1 and the signs of good typesetting.
_SIGNS: Final = frozenset([*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA1, 0x100)), *"ıŒœ–—‘’‚“”„•…‹›€™−"]) - {
    "\xad"
}
_REPLACED: Final = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2032": "’", "\u02bc": "’", "\u2033": "”"})
_DECORATION: Final = frozenset({"So", "Sk", "Cf", "Mn", "Me", "Co", "Cn"})  # emoji and what joins them

# static/css/tokens.css, light
_CANVAS, _INK, _INK_2 = "#f6f4ee", "#1c2b2c", "#435152"
_BRAND, _HONEY, _SURFACE = "#14596a", "#e0a147", "#ffffff"
_SUN, _HILLS = "#eea04f", ("#a9c9c3", "#5f9aa0", "#1d6272")

_LEFT, _TITLE_TOP, _TITLE_WIDTH, _TITLE_HEIGHT = 84, 158, 1032, 312
_SIZES: Final = (86, 78, 70, 63, 57, 51, 46, 42)
_LINE: Final = 1.2
_FINE: Final = 2  # drawn so many times larger, for smooth edges

_one_at_a_time = threading.Lock()


def version_of(title: str, site_name: str) -> str:
    """Return a word that changes with whatever changes the picture."""
    drawn = "\0".join((str(DESIGN), site_name, title))
    return hashlib.sha256(drawn.encode()).hexdigest()[:12]


def kept_picture(key: str, title: str, site_name: str) -> bytes:
    """Return the PNG of `title`, drawn when it is asked for first; `key` says whose it is, and has one picture."""
    file = _folder() / f"{key}-{version_of(title, site_name)}.png"
    if file.exists():
        return file.read_bytes()
    with _one_at_a_time:  # it takes up to half a second of one core; pages never wait for it
        if file.exists():  # somebody drew it while this waited
            return file.read_bytes()
        content = draw(title, site_name)
        _keep(file, key, content)
    return content


def _keep(file: Path, key: str, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for former in file.parent.glob(f"{key}-*.png"):
        former.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    os.replace(unfinished.name, file)  # noqa: PTH105  in one step: nobody reads half a picture


def forget_older_than(days: int) -> int:
    """Take away what was drawn more than `days` days ago; return how many pictures that were."""
    before = time.time() - days * 24 * 3600
    old = [file for file in _folder().glob("*") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def draw(title: str, site_name: str) -> bytes:
    """Return a PNG with `title` and the site's name; what the fonts cannot write is left out."""
    image = _ground().copy()
    pen = ImageDraw.Draw(image)
    name = drawable(site_name)
    words = drawable(title)
    if words:
        pen.text((_LEFT + 72, 84), name, _INK_2, _letters("atkinson-next-500.ttf", 36), anchor="lm")
        _write_title(pen, words)
    else:
        _write_title(pen, name)
    file = BytesIO()
    image.quantize(96, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def drawable(text: str) -> str:
    """Return `text` without its emoji; empty when other signs are left that the fonts do not hold."""
    plain = unicodedata.normalize("NFC", text).translate(_REPLACED)
    kept = (sign for sign in plain if sign in _SIGNS or sign.isspace() or unicodedata.category(sign) not in _DECORATION)
    line = " ".join("".join(kept).split())
    return line if _SIGNS.issuperset(line) else ""


def _write_title(pen: ImageDraw.ImageDraw, words: str) -> None:
    for size in _SIZES:
        font = _letters("literata-600.ttf", size)
        lines = _balanced(words, font)
        if len(lines) * size * _LINE <= _TITLE_HEIGHT:
            break
    most = int(_TITLE_HEIGHT / (size * _LINE))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,;:–-") + "…"]
    top = _TITLE_TOP + max(0, _TITLE_HEIGHT - len(lines) * size * _LINE) / 2
    for number, line in enumerate(lines):
        pen.text((_LEFT, top + (number + 0.5) * size * _LINE), line, _INK, font, anchor="lm")


def _balanced(words: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break `words` into as few lines as there can be, and make these about as long as each other."""
    fewest = _broken(words, font, _TITLE_WIDTH)
    low, high = _TITLE_WIDTH // 2, _TITLE_WIDTH
    while high - low > 8:  # noqa: PLR2004  pixels: nobody sees less
        middle = (low + high) // 2
        if len(_broken(words, font, middle)) > len(fewest):
            low = middle
        else:
            high = middle
    return _broken(words, font, high)


def _broken(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while font.getlength(line) > width:  # one word longer than a line
            fits = next(end for end in range(len(line) - 1, 0, -1) if font.getlength(line[:end]) <= width)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines


@lru_cache(maxsize=1)
def _ground() -> Image.Image:
    """Return what every picture has: the canvas, the site's sign, and hills under a low sun."""
    image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _CANVAS)
    pen = ImageDraw.Draw(image)
    for colour, (left, top, right, bottom) in zip(
        (_SUN, *_HILLS),
        ((984, 500, 1074, 590), (520, 520, 1500, 980), (-260, 548, 880, 1100), (300, 586, 1700, 1300)),
        strict=True,
    ):
        pen.ellipse([side * _FINE for side in (left, top, right, bottom)], fill=colour)
    _draw_sign(pen, left=_LEFT, top=56, unit=56 / 36)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _draw_sign(pen: ImageDraw.ImageDraw, *, left: float, top: float, unit: float) -> None:
    """Draw the sign of templates/partials/mark.svg, whose box is 36 wide."""

    def at(*numbers: float) -> list[float]:
        places = zip(numbers, (left, top) * (len(numbers) // 2), strict=True)
        return [(number * unit + start) * _FINE for number, start in places]

    pen.ellipse(at(2.5, 2.5, 33.5, 30), fill=_BRAND)
    pen.polygon(at(7.4, 25.6, 6.5, 33.5, 15, 29.4), fill=_BRAND)
    pen.pieslice(at(10.5, 10.5, 25.5, 25.5), 180, 360, fill=_HONEY)
    wave = [(8 + step / 4, 21.5 - 1.27 * _arch(step / 40) * (1 if step < 40 else -1)) for step in range(81)]  # noqa: PLR2004
    pen.line(at(*(number for place in wave for number in place)), _SURFACE, round(2 * unit * _FINE), joint="curve")


def _arch(part: float) -> float:
    """Return the height of a flat arch (0 to 1) at this part of its width."""
    along = part % 1
    return 4 * along * (1 - along)


@lru_cache(maxsize=16)
def _letters(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / name), size)


def _folder() -> Path:
    return Path(settings.FORUM_DATA, "share-pictures")
