"""Settle reports, open them again, and fold a post that weighty reports lie on."""

from collections.abc import Iterable

from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import FlagState
from forum.effects import cases
from forum.models import Flag, Post


def settle(flags: Iterable[Flag], actor: User, *, upheld: bool, outcome: str) -> list[int]:
    """Decide those of `flags` that are open, and return their ids; lock what they are about first."""
    ids = sorted(flag.pk for flag in flags if flag.state == FlagState.OPEN)
    state = FlagState.UPHELD if upheld else FlagState.DECLINED
    Flag.objects.filter(pk__in=ids).update(
        state=state, settled_at=timezone.now(), settled_by=actor, outcome=outcome[:500]
    )
    return ids


def reopen(ids: Iterable[int]) -> None:
    """Open settled flags again, unless the same reporter has reported the same thing anew."""
    for flag in Flag.objects.filter(pk__in=list(ids)).exclude(state=FlagState.OPEN).order_by("pk"):
        rival = Flag.objects.open().filter(post=flag.post_id, member=flag.member_id, reporter=flag.reporter_id)
        if not rival.exists():
            flag.state, flag.settled_at, flag.settled_by, flag.outcome = FlagState.OPEN, None, None, ""
            flag.save(update_fields=["state", "settled_at", "settled_by", "outcome"])


def follow_up(about: Post | User) -> None:
    """Let the case of reports and the fold of a post follow from its open flags."""
    cases.refresh_reports(about)
    if isinstance(about, Post):
        recount_fold(about)


def recount_fold(post: Post) -> None:
    """Set whether `post` is folded as being checked: open flags weigh enough. Worry for a person never folds."""
    telling = Flag.objects.open().filter(post_id=post.pk, reason__is_care=False)
    weight = telling.aggregate(total=Sum("weight"))["total"] or 0
    post.is_being_checked = weight >= rules.current().weight_to_fold
    Post.objects.filter(pk=post.pk).update(is_being_checked=post.is_being_checked)
