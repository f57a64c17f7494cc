"""What the buttons of the administration do: one act on one row, through its action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from forum.actions import blocking, closing, flagging, moderating, naming, sanctioning, staffing, synonyms
from forum.effects import flags
from forum.models import Block, Flag, Post, Suspension, Tag, TagSynonym


@dataclass(frozen=True)
class Step:
    """One act on one row, by name, with what the act needs beside a reason."""

    name: str
    pk: int
    options: dict[str, Any] = field(default_factory=dict)


def take(actor: User, step: Step, reason: str) -> None:
    """Take one step as `actor`; what it changed stands in the log, by which it is taken back."""
    _STEPS[step.name](actor, step, reason)


@dataclass(frozen=True)
class _OnPost:
    """Calls an action that takes a post and a reason."""

    action: Callable[..., object]

    def __call__(self, actor: User, step: Step, reason: str) -> None:
        self.action(actor, Post.objects.get(pk=step.pk), reason=reason)


def _close(actor: User, step: Step, reason: str) -> None:
    question = Post.objects.get(pk=step.pk)
    duplicate = Post.objects.filter(pk=step.options.get("duplicate_of") or 0).first()
    closing.close_question(actor, question, reason=step.options["cause"], note=reason, duplicate_of=duplicate)


def _uphold(actor: User, step: Step, reason: str) -> None:
    flagging.settle_flag(actor, _flag(step), upheld=True, outcome=reason)


def _decline(actor: User, step: Step, reason: str) -> None:
    flagging.settle_flag(actor, _flag(step), upheld=False, outcome=reason)


def _hide_flagged(actor: User, step: Step, reason: str) -> None:
    """Hide the post of a flag, which upholds every open flag on it."""
    flag = _flag(step)
    if flag.post is None:
        raise ValidationError("This report is about a member, not a post. Go to their page to decide.")
    moderating.hide_post(actor, flag.post, reason=reason)


def _keep_flagged(actor: User, step: Step, reason: str) -> None:
    """Decline every open flag on the post, or on the member, of a flag."""
    about = flags.about(_flag(step))
    if isinstance(about, User):
        flagging.keep_member(actor, about, reason=reason)
    else:
        flagging.keep_post(actor, about, reason=reason)


def _flag(step: Step) -> Flag:
    return Flag.objects.select_related("post", "member").get(pk=step.pk)


def _suspend(actor: User, step: Step, reason: str) -> None:
    until = datetime.fromisoformat(step.options["until"])
    member, ability = User.objects.get(pk=step.pk), step.options["ability"]
    sanctioning.suspend_member(actor, member, until=until, reason=reason, ability=ability)


def _lift(actor: User, step: Step, reason: str) -> None:
    """Lift every suspension of a member that runs."""
    member = User.objects.get(pk=step.pk)
    running = Suspension.objects.filter(member=member, lifted_at=None).order_by("pk")
    for ability in list(running.values_list("ability", flat=True)):
        sanctioning.lift_suspension(actor, member, reason=reason, ability=ability)


def _change_role(actor: User, step: Step, reason: str) -> None:
    staffing.change_role(actor, User.objects.get(pk=step.pk), role=step.options["role"], reason=reason)


def _lift_block(actor: User, step: Step, reason: str) -> None:
    blocking.lift_block(actor, Block.objects.get(pk=step.pk), reason=reason)


def _rename_tag(actor: User, step: Step, reason: str) -> None:
    naming.rename_tag(actor, Tag.objects.get(pk=step.pk), name=step.options["name"], reason=reason)


def _merge_tag(actor: User, step: Step, reason: str) -> None:
    target = Tag.objects.get(pk=step.options["target"])
    naming.merge_tags(actor, Tag.objects.get(pk=step.pk), target=target, reason=reason)


def _delete_tag(actor: User, step: Step, reason: str) -> None:
    naming.delete_tag(actor, Tag.objects.get(pk=step.pk), reason=reason)


def _reserve_tag(actor: User, step: Step, reason: str) -> None:
    is_reserved = step.name == "reserve-tag"
    naming.reserve_tag(actor, Tag.objects.get(pk=step.pk), is_reserved=is_reserved, reason=reason)


@dataclass(frozen=True)
class _OnSynonym:
    """Calls an action that takes another name of a tag and a reason."""

    action: Callable[..., object]

    def __call__(self, actor: User, step: Step, reason: str) -> None:
        self.action(actor, TagSynonym.objects.get(pk=step.pk), reason=reason)


_STEPS: dict[str, Callable[[User, Step, str], None]] = {
    "approve": _OnPost(moderating.approve_post),
    "hide": _OnPost(moderating.hide_post),
    "show": _OnPost(moderating.show_post),
    "delete": _OnPost(moderating.delete_post),
    "restore": _OnPost(moderating.restore_post),
    "close": _close,
    "reopen": _OnPost(closing.reopen_question),
    "uphold": _uphold,
    "decline": _decline,
    "hide-flagged": _hide_flagged,
    "keep-flagged": _keep_flagged,
    "suspend": _suspend,
    "lift": _lift,
    "role": _change_role,
    "lift-block": _lift_block,
    "rename-tag": _rename_tag,
    "merge-tag": _merge_tag,
    "delete-tag": _delete_tag,
    "reserve-tag": _reserve_tag,
    "free-tag": _reserve_tag,
    "approve-name": _OnSynonym(synonyms.approve_synonym),
    "decline-name": _OnSynonym(synonyms.decline_synonym),
    "remove-name": _OnSynonym(synonyms.remove_synonym),
}
