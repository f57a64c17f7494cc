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
    digest = blake2b(str(member_id).encode(), digest_size=8, person=b"drawn avatar").digest()
    return f"a{int.from_bytes(digest) % COUNT}"
