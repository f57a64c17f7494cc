"""Make one account of two that belong to one person."""

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import account_merges, log, suspensions
from forum.models import AccountMerge, Person, Post


@atomic_with_retry
def merge_accounts(actor: Person, source: User, target: User, *, reason: str) -> AccountMerge:
    """Give `target` what `source` wrote, voted, saved and earned, and close `source`; again changes nothing.

    It can be taken back until the closed account is erased. Raises `PermissionDenied`, or `ValidationError` when
    one of the two is closed.
    """
    permissions.require(permissions.can_merge_accounts(actor, source, target, rules.current()))
    assert isinstance(actor, User)  # can_merge_accounts refuses guests
    if earlier := AccountMerge.objects.filter(source=source, target=target, lifted_at=None).first():
        return earlier
    if source.closed_at is not None or target.closed_at is not None:
        raise ValidationError("One of the two accounts is closed. Choose two that are open.")

    if suspensions.holding(source).exists():  # what holds for the one holds for the other
        permissions.require(permissions.can_suspend(actor, target, rules.current()))
    data = account_merges.merge(source, target, actor)
    merged = AccountMerge.objects.create(source=source, target=target, actor=actor, data=data)
    # How many texts or conversations moved would say how many of the posts are anonymous.
    named = Post.objects.listed().filter(
        pk__in=next(ids for table, column, ids in data["moved"] if (table, column) == ("Post", "author"))
    )
    log.append(
        "account.merged",
        actor=actor,
        member=target,
        thing=f"accounts:{merged.pk}",
        reason=reason,
        after={"posts": named.count(), "source": source.pk},
        names={"source": source.username, "target": target.username},
    )
    return merged
