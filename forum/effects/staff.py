"""Take back what was said of a member: their role, and a name or words that were corrected."""

from django.core.exceptions import ValidationError

from accounts import members
from accounts.models import User
from forum.effects.log import Facts, Inverse, Turn
from forum.models import LogEntry

CHANGED_SINCE = "It has changed since. Decide on the member’s page what should apply now."


def set_role(member: User, role: str) -> None:
    """Leave `member` with `role`; lock the member first."""
    member.role = role
    member.save(update_fields=["role"])


def correct(member: User, *, name: str, about: str) -> User:
    """Leave `member` with this name and these words; raise `ValidationError` for a name that cannot be used."""
    member = members.rename(member, name)
    member.about = about
    member.save(update_fields=["about"])
    return member


def shown_by(member: User) -> Facts:
    """Return what a correction is about, as the log keeps it."""
    return {"name": member.username, "about": member.about}


def _role_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    assert entry.member is not None  # a role is always somebody's
    member, wanted, left = entry.member, entry.text.before["role"], entry.text.after["role"]
    if member.role == wanted:
        return Turn(entry.verb, changed=False)
    if member.role != left:
        raise ValidationError(CHANGED_SINCE)
    set_role(member, wanted)
    return Turn(entry.verb, before={"role": left}, after={"role": wanted})


def _correct_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    assert entry.member is not None  # a name is always somebody's
    member, wanted, left = entry.member, entry.text.before, entry.text.after
    if shown_by(member) == wanted:
        return Turn(entry.verb, changed=False)
    if shown_by(member) != left:
        raise ValidationError(CHANGED_SINCE)
    correct(member, name=wanted["name"], about=wanted["about"])
    return Turn(entry.verb, before=left, after=wanted)


INVERSES: dict[str, Inverse] = {"member.role_changed": _role_back, "member.corrected": _correct_back}
