"""Want nothing of another member, and want to be mentioned or not."""

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.models import Follow, MemberBlock, Person, Preferences


@atomic_with_retry
def block_member(member: Person, other: User) -> bool:
    """Keep mentions and notifications by `other` from `member`, and fold their posts; return whether that is new.

    Following them ends, and does not come back with `unblock_member`.
    Nobody is told and the log knows nothing of it: of whom somebody wants nothing is theirs alone.
    """
    permissions.require(permissions.can_block_member(member, other, rules.current()))
    _, is_new = MemberBlock.objects.get_or_create(member_id=member.pk, blocked=other)
    Follow.objects.filter(member=member.pk, person=other).delete()
    return is_new


@atomic_with_retry
def unblock_member(member: Person, other: User) -> bool:
    """Let what `other` writes reach `member` again, from now on; return whether it was kept away."""
    permissions.require(permissions.can_unblock_member(member, other, rules.current()))
    removed, _ = MemberBlock.objects.filter(member_id=member.pk, blocked=other).delete()
    return bool(removed)


@atomic_with_retry
def choose_mentions(member: User, *, wanted: bool) -> None:
    """Tell `member` when somebody mentions them, or never."""
    Preferences.objects.update_or_create(member=member, defaults={"takes_mentions": wanted})
