"""Uploaded pictures: looked at, limited, and written anew without anything but their pixels."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 12 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
AVATAR_SIDE: Final = 256
_QUALITY: Final = 84
_NOT_A_PICTURE: Final = (
    "We can read JPEG, PNG, WebP and GIF pictures. This file seems to be something else, or damaged."
)
_DAMAGED: Final = "This picture seems to be damaged or incomplete. Please try saving it again."

_one_at_a_time = threading.Lock()


class PictureRefused(ValueError):  # noqa: N818 (a refusal is not an error of ours)
    """A picture we can't take; the message is the sentence its sender reads."""


@dataclass(frozen=True)
class Picture:
    """A picture that is ours: fresh WebP bytes with no metadata."""

    content: bytes
    width: int
    height: int
    content_type: str = "image/webp"
    extension: str = "webp"


def reencode(upload: IO[bytes], *, max_side: int, max_pixels: int) -> Picture:
    """Write an uploaded picture anew, upright, at most `max_side` wide and high, its first frame only."""
    with _opened(upload, max_pixels) as source:
        image = _upright(source, max_side)
        image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
        return _written(image)


def square_avatar(upload: IO[bytes], side: int = AVATAR_SIDE, *, max_pixels: int = 40_000_000) -> Picture:
    """Write the middle of an uploaded picture anew as a square of `side`."""
    with _opened(upload, max_pixels) as source:
        # Twice the side still leaves a square of good quality in a picture up to twice as wide as high.
        image = _upright(source, side * 2)
        return _written(ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS))


@contextmanager
def _opened(upload: IO[bytes], max_pixels: int) -> Iterator[ImageFile.ImageFile]:
    """Open a picture by its content alone, and turn whatever its decoder stumbles over into a refusal."""
    data = _read(upload)
    try:
        # A small file can hold 50 million pixels, which take 200 MB: as many at once as threads would be too much.
        with _one_at_a_time, warnings.catch_warnings():
            # Our own limit of pixels stands below; Pillow's, which may be lower, only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                _refuse_large(image, max_pixels)
                yield image
    except UnidentifiedImageError as error:
        raise PictureRefused(_NOT_A_PICTURE) from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(_too_many(max_pixels)) from error
    except PictureRefused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as error:
        # Decoders fed with broken files raise nearly anything; none of it is our fault or the sender's.
        raise PictureRefused(_DAMAGED) from error


def _read(upload: IO[bytes]) -> bytes:
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PictureRefused(f"This picture is larger than {MAX_BYTES // 1024 // 1024} MB. Please send a smaller one.")
    if not data:
        raise PictureRefused("This file is empty. Please choose another picture.")
    return data


def _refuse_large(image: Image.Image, max_pixels: int) -> None:
    """Look at the size that the header claims, before a single pixel is decoded."""
    if image.width * image.height > max_pixels:
        raise PictureRefused(_too_many(max_pixels))


def _too_many(max_pixels: int) -> str:
    return f"This picture has more than {max_pixels // 1_000_000 or 1} million pixels. Please send a smaller one."


def _upright(image: ImageFile.ImageFile, side: int) -> Image.Image:
    """Give the first frame in plain RGB or RGBA, turned as its camera meant it."""
    # A JPEG decodes at a half, a quarter or an eighth by itself: less time and memory for the same result.
    image.draft("RGB", (side * 2, side * 2))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _written(image: Image.Image) -> Picture:
    # A new picture takes over pixels and nothing else: no EXIF, no profile, no comment, no text.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=_QUALITY, method=4)
    return Picture(out.getvalue(), bare.width, bare.height)
