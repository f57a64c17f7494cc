"""What two devices make of the same password."""

import unicodedata


def opaque(password: str) -> str:
    """Return `password` with its letters composed and each kind of space as a space (RFC 8265, OpaqueString).

    A phone may send "ü" as one sign and a computer as two. No letter is changed to another: case and width stay.
    """
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in password)
    return unicodedata.normalize("NFC", spaced)
