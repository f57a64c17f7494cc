"""Which of the drawn landscapes stands for a member who has no picture."""

from hashlib import blake2b
from typing import Final

COUNT: Final = 64
ANONYMOUS: Final = "anon"
"""The moonlit one, for a post without a name."""


def drawn_avatar(member_id: int) -> str:
    """Give the name of a member's symbol in `static/avatars.svg`: always the same one, and 64 share all members.

    Made of the account's number alone, never of a name or an address, and of no secret: it must outlive a new key.
    """
    return _drawn(str(member_id), b"drawn avatar")


def avatar_of_name(name: str) -> str:
    """Give the symbol of a guest's name: the name is all that readers know of them, so it tells nothing more."""
    return _drawn(" ".join(name.casefold().split()), b"guest avatar")


def _drawn(text: str, person: bytes) -> str:
    digest = blake2b(text.encode(), digest_size=8, person=person).digest()
    return f"a{int.from_bytes(digest) % COUNT}"
