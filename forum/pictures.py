"""Uploaded pictures: looked at, limited, and written anew without anything but their pixels."""

import math
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 12 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
AVATAR_SIDE: Final = 256
FOLDER: Final = "pictures/"  # below the folder of uploads; what stands in texts
_QUALITY: Final = 84
_NOT_A_PICTURE: Final = "We can read JPEG, PNG, WebP and GIF pictures. This file seems to be something else or damaged."
_DAMAGED: Final = "This picture seems to be damaged or incomplete. Please try saving it again."

_HIGHEST: Final = 16_383  # a WebP picture can be no higher
_NAME: Final = re.compile(re.escape(FOLDER) + r"[A-Za-z0-9_-]+-\d+x\d+\.webp")
_ON_ITS_SIDE: Final = frozenset({5, 6, 7, 8})  # values of the EXIF orientation that swap width and height
_SPACES: Final = {"RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "L": "GRAY"}  # by Pillow's mode, as profiles name them
_PROFILED: Final = frozenset(_SPACES)

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


def names_in(*texts: str) -> set[str]:
    """Return the names of the uploaded pictures that `texts` mention, in Markdown or HTML."""
    return {name for text in texts if FOLDER in text for name in _NAME.findall(text)}


def reencode(upload: IO[bytes], *, max_width: int, max_pixels: int, kept_pixels: int) -> Picture:
    """Encode the first frame of an upload of up to `max_pixels` again: upright, sRGB, at most `max_width` wide.

    It holds at most `kept_pixels`, so that a long screenshot stays readable: bounding its height made 192 × 1600 of
    1080 × 9000.
    """
    with _opened(upload, max_pixels) as source:
        upright = _upright_size(source)
        size = _bounded(*upright, max_width, kept_pixels)
        image = _upright(source, max(size))
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS)
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


def _upright_size(image: ImageFile.ImageFile) -> tuple[int, int]:
    """Return width and height as they are shown: a camera held on its side says so beside the pixels."""
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) in _ON_ITS_SIDE
    return (image.height, image.width) if turned else image.size


def _bounded(width: int, height: int, max_width: int, kept_pixels: int) -> tuple[int, int]:
    scale = min(1, max_width / width, _HIGHEST / height, math.sqrt(kept_pixels / (width * height)))
    return max(1, math.floor(width * scale + 1e-6)), max(1, math.floor(height * scale + 1e-6))


def _upright(image: ImageFile.ImageFile, side: int) -> Image.Image:
    """Return the first frame in RGB or RGBA, with the colours its profile means, turned as its camera meant it."""
    # A JPEG decodes at a half, a quarter or an eighth by itself: less time and memory for the same result.
    image.draft("RGB", (side * 2, side * 2))
    image.load()
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    plain = _eight_bits(image)
    if profile:
        plain = _in_srgb(plain, profile, mode)
    return plain if plain.mode == mode else plain.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey to 8 bits; Pillow's own conversion cuts off whatever is brighter than 255."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value / 257).convert("L")


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Return the same colours as sRGB, which is what browsers take a picture without a profile for.

    A profile that cannot be used, such as one for another kind of colour, is passed over, as browsers do.
    """
    source = image if image.mode in _PROFILED else image.convert(mode)
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        if given.profile.xcolor_space.strip() != _SPACES.get(source.mode):
            return image
        if source.mode == "RGBA":
            return _beside_alpha(source, given)
        return ImageCms.profileToProfile(source, given, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _beside_alpha(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    converted = ImageCms.profileToProfile(image.convert("RGB"), profile, ImageCms.createProfile("sRGB"))
    assert converted is not None  # only a conversion in place returns nothing
    converted.putalpha(image.getchannel("A"))
    return converted


def _written(image: Image.Image) -> Picture:
    # A new picture takes over pixels and nothing else: no EXIF, no profile, no comment, no text.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=_QUALITY, method=4)
    return Picture(out.getvalue(), bare.width, bare.height)
