"""Whether two texts are one writing: an earlier and a later state of it, or two things somebody wrote."""

import re
from collections.abc import Mapping

_WORDS = re.compile(r"\w+")
_NAMES = ("title", "body")
_READ = 5_000  # characters: enough to know a text again


def is_same_writing(before: Mapping[str, object], now: Mapping[str, object]) -> bool:
    """Say whether any text of `before` is still to be known in `now`; these are fields of a form."""
    texts = [(_text(before, name), _text(now, name)) for name in _NAMES]
    held = [(earlier, later) for earlier, later in texts if earlier]
    return not held or any(_is_known_in(earlier, later) for earlier, later in held)


def _is_known_in(earlier: str, later: str) -> bool:
    shorter = min(len(earlier), len(later))
    if shorter == 0:
        return False
    if earlier[: -(-shorter // 2)] == later[: -(-shorter // 2)]:  # the first half is the same, or all that was typed
        return True
    one, other = set(_WORDS.findall(earlier)), set(_WORDS.findall(later))
    fewer = min(len(one), len(other))
    return fewer > 0 and len(one & other) * 2 >= fewer


def _text(fields: Mapping[str, object], name: str) -> str:
    return str(fields.get(name) or "").strip()[:_READ].casefold()
