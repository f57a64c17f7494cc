"""Let members decide what others see of their page."""

from collections.abc import Collection

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MemberPart
from forum.models import Person, Preferences


@atomic_with_retry
def choose_visibility(member: Person, *, hidden: Collection[MemberPart], shows_sensitive: bool) -> None:
    """Keep these parts of their page from others, and what they wrote in sensitive topics unless it may show."""
    permissions.require(permissions.can_choose(member, rules.current()))
    chosen = {"hidden": sorted(str(part) for part in hidden), "shows_sensitive": shows_sensitive}
    Preferences.objects.update_or_create(member_id=member.pk, defaults=chosen)
