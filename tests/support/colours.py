"""A colour profile for tests: Display P3, as phones write it into their photographs."""

import struct

# Display P3's primaries and white as ICC keeps them, adapted to D50 (https://www.color.org/chardata/rgb/DisplayP3.xalter).
_PRIMARIES = {
    b"rXYZ": (0.515121, 0.241196, -0.001053),
    b"gXYZ": (0.291977, 0.692245, 0.041885),
    b"bXYZ": (0.157104, 0.066574, 0.784073),
    b"wtpt": (0.964203, 1.0, 0.824905),
}
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(*numbers):
    return struct.pack(f">{len(numbers)}i", *(round(number * 65_536) for number in numbers))


def display_p3():
    """Return the bytes of an ICC profile (version 4) of Display P3."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_SRGB_CURVE)
    words = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", 4, 28) + "P3".encode("utf-16-be")
    tags = {name: b"XYZ " + bytes(4) + _fixed(*value) for name, value in _PRIMARIES.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve) | {b"desc": words, b"cprt": words}
    place = 132 + 12 * len(tags)
    index, content = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        index += struct.pack(">4sII", name, place + len(content), len(value))
        content += value + bytes(-len(value) % 4)
    head = struct.pack(">I4sI4s4s4s", place + len(content), bytes(4), 0x04400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(0.964203, 1.0, 0.824905) + bytes(48)
    return head[:128].ljust(128, b"\0") + index + content
