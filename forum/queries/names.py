"""Whether a guest may sign with a name."""

from functools import lru_cache

from accounts.models import User
from accounts.names import RESERVED, name_key

_TAKEN = "A member already has this name. Choose another one, or leave it empty."
_RESERVED = "That name could be mistaken for the site’s own. Choose another one, or leave it empty."


def guest_name_refusal(name: str) -> str:
    """Return why a guest may not sign as `name`: a member has it, or one that looks the same; "" when they may."""
    if not name:
        return ""
    key = name_key(name)
    if key in _reserved_keys():
        return _RESERVED
    return _TAKEN if User.objects.filter(name_key=key).exists() else ""


@lru_cache(maxsize=1)
def _reserved_keys() -> frozenset[str]:
    # To sign as "Anonymous" is what an empty name does as well.
    return frozenset(name_key(name) for name in RESERVED) - {name_key("anonymous")}
