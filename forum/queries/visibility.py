"""What a member lets others see of their page."""

from dataclasses import dataclass

from accounts.models import User
from forum.choices import MemberPart
from forum.models import Person, Preferences


@dataclass(frozen=True)
class Visibility:
    """What one viewer is not shown: parts of the page, and what stands in sensitive topics."""

    hidden: frozenset[str] = frozenset()
    shows_sensitive: bool = True

    def shows(self, part: MemberPart) -> bool:
        """Whether this part is there to be seen."""
        return part not in self.hidden


def visibility_of(member: User, viewer: Person) -> Visibility:
    """Return what `viewer` may see of `member`, who sees everything themself; load `preferences` with the member."""
    if viewer.is_authenticated and viewer.pk == member.pk:
        return Visibility()
    chosen = preferences_of(member)
    return Visibility(frozenset(chosen.hidden), chosen.shows_sensitive)


def preferences_of(member: User) -> Preferences:
    """Return what `member` chose, or what everybody begins with; load `preferences` with the member."""
    found: Preferences | None = getattr(member, "preferences", None)
    return found or Preferences(member=member)
