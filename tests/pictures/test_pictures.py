"""What becomes of uploaded pictures; each is made here."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from forum.pictures import MAX_BYTES, PictureRefused, reencode, square_avatar
from tests.support.colours import display_p3

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def made(format_name="PNG", mode="RGB", size=(80, 60), color=None, **options):
    file = BytesIO()
    Image.new(mode, size, color if color is not None else 0).save(file, format_name, **options)
    file.seek(0)
    return file


def taken(file, **options):
    return reencode(file, **{"max_width": 1600, "max_pixels": 1_000_000, "kept_pixels": 1_000_000, **options})


def opened(picture):
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize(
    ("format_name", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("PNG", "RGBA"),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
    ],
)
def test_every_kind_becomes_webp(format_name, mode):
    picture = taken(made(format_name, mode))

    assert (opened(picture).format, picture.width, picture.height) == ("WEBP", 80, 60)
    assert (picture.content_type, picture.extension) == ("image/webp", "webp")


def test_the_colours_stay():
    picture = taken(made("JPEG", color=(200, 40, 30)))

    assert all(
        abs(a - b) < 12 for a, b in zip(opened(picture).convert("RGB").getpixel((9, 9)), (200, 40, 30), strict=True)
    )


@pytest.mark.parametrize(("mode", "color"), [("RGBA", (1, 2, 3, 0)), ("LA", (9, 0))])
def test_what_is_see_through_stays_so(mode, color):
    assert opened(taken(made(mode=mode, color=color))).getpixel((5, 5))[3] == 0


def test_a_large_picture_is_made_smaller_in_proportion():
    picture = taken(made(size=(1000, 500)), max_width=100)

    assert (picture.width, picture.height) == (100, 50)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1080, 9000), (1080, 9000)),
        ((3000, 1000), (1600, 533)),
        ((2000, 16_000), (1224, 9797)),
        ((10, 17_000), (9, 16_383)),
        ((1, 20_000), (1, 16_383)),
    ],
)
def test_width_and_number_of_pixels_are_bounded_and_the_height_is_not(size, kept):
    picture = taken(made(mode="L", size=size), max_pixels=50_000_000, kept_pixels=12_000_000)

    assert (picture.width, picture.height) == kept == opened(picture).size


def test_a_long_picture_on_its_side_is_bounded_as_it_is_shown():
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = taken(made("JPEG", size=(2000, 100), exif=exif), max_width=50)

    assert (picture.width, picture.height) == (50, 1000)


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("take", [taken, square_avatar])
def test_colours_of_a_wider_profile_become_the_same_colours_in_srgb(format_name, take):
    options = {} if format_name == "PNG" else {"quality": 100}
    picture = take(made(format_name, color=(60, 200, 90), icc_profile=display_p3(), **options))

    shown = opened(picture).convert("RGB").getpixel((9, 9))
    assert all(abs(a - b) <= 5 for a, b in zip(shown, (0, 203, 73), strict=True))
    assert "icc_profile" not in opened(picture).info


def test_a_see_through_picture_with_a_profile_keeps_what_is_see_through():
    picture = opened(taken(made(mode="RGBA", color=(60, 200, 90, 128), icc_profile=display_p3())))

    red, green, blue, alpha = picture.getpixel((9, 9))
    assert (alpha, red <= 5, abs(green - 203) <= 5, abs(blue - 73) <= 5) == (128, True, True, True)


@pytest.mark.parametrize("profile", [b"nonsense", display_p3()[:200]])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_profile_that_cannot_be_used_is_passed_over(profile, mode):
    picture = opened(taken(made("PNG", mode, color=0, icc_profile=profile)))

    assert picture.convert("RGB").getpixel((9, 9)) == (0, 0, 0)


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (200, 0), (20_000, 77), (40_000, 155), (65_535, 255)])
def test_grey_of_16_bits_is_scaled(value, grey):
    picture = opened(taken(made(mode="I;16", color=value)))

    assert picture.convert("RGB").getpixel((9, 9)) == pytest.approx((grey, grey, grey), abs=1)


def test_metadata_goes_away():
    exif = Image.Exif()
    exif[0x010E] = "my street 12"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "my street 12")

    pictures = [
        taken(made("JPEG", exif=exif, comment=b"my street 12")),
        taken(made(exif=exif, pnginfo=text, icc_profile=b"my street 12")),
    ]

    for picture in pictures:
        assert b"my street" not in picture.content
        assert dict(opened(picture).getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment", "Comment"} & set(opened(picture).info)


def test_a_picture_lying_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = taken(made("JPEG", size=(80, 60), exif=exif))

    assert (picture.width, picture.height) == (60, 80)


def test_only_the_first_frame_is_kept():
    file = BytesIO()
    red, blue = Image.new("RGB", (40, 40), (255, 0, 0)), Image.new("RGB", (40, 40), (0, 0, 255))
    red.save(file, "GIF", save_all=True, append_images=[blue])

    picture = opened(taken(file))

    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((5, 5))[0] > 240


def bomb():
    """A PNG of a few bytes that claims 60,000 by 60,000 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\0" * (MAX_BYTES + 1), "This picture is larger than 12 MB."),
        (bomb(), "This picture has more than 1 million pixels."),
        (made(size=(1100, 1000)).getvalue(), "This picture has more than 1 million pixels."),
        (SVG, "We can read"),
        (HTML, "We can read"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "We can read"),
        (b"%PDF-1.4", "We can read"),
        (made("BMP").getvalue(), "We can read"),
        (made("TIFF").getvalue(), "We can read"),
        (made("ICO").getvalue(), "We can read"),
        (made("JPEG", size=(400, 400)).getvalue()[:700], "This picture seems to be damaged"),
        (made("PNG").getvalue()[:60], "This picture seems to be damaged"),
        (made("WEBP").getvalue()[:30], "This picture seems to be damaged"),
        (made("GIF", "P").getvalue()[:20], "We can read"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(PictureRefused) as post_refusal:
        taken(BytesIO(data))
    with pytest.raises(PictureRefused) as avatar_refusal:
        square_avatar(BytesIO(data), max_pixels=1_000_000)

    assert str(post_refusal.value).startswith(sentence)
    assert str(avatar_refusal.value).startswith(sentence)


def test_a_page_hidden_behind_a_picture_is_gone():
    assert b"script" not in taken(BytesIO(made("GIF", "P").getvalue() + HTML)).content


def test_flipped_bytes_never_crash():
    whole = [
        made(name, mode).getvalue() for name, mode in (("PNG", "P"), ("JPEG", "RGB"), ("GIF", "P"), ("WEBP", "RGB"))
    ]
    for data in whole:
        for place in range(0, min(len(data), 400), 3):
            broken = bytearray(data)
            broken[place] ^= 0xFF
            try:
                picture = taken(BytesIO(bytes(broken)))
            except PictureRefused:
                continue
            assert picture.width * picture.height <= 1_000_000


def test_an_avatar_is_the_square_in_the_middle():
    picture = square_avatar(made("JPEG", size=(900, 300)), side=64)

    assert (picture.width, picture.height, opened(picture).format) == (64, 64, "WEBP")
