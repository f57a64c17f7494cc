"""Single steps a moderator takes here, each through its action, each answering with the steps that undo it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest, ValidationError

from accounts.models import User
from forum.actions import blocking, closing, flagging, moderating, sanctioning, staffing, undoing
from forum.choices import AWAITING, RemovalKind
from forum.effects import flags
from forum.models import Block, Closure, Flag, LogEntry, Post, Removal, Suspension

_SALT = "forum.admin.undo"
_UNDO_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Step:
    """One act on one row, by name, with what the act needs beside a reason."""

    name: str
    pk: int
    options: dict[str, Any] = field(default_factory=dict)


def take(actor: User, step: Step, reason: str) -> list[Step]:
    """Take one step as `actor` and return those that undo it, in their order; none when nothing changed."""
    return _STEPS[step.name](actor, step, reason)


def token(steps: Sequence[Step]) -> str:
    """Return the steps as a signed word for the "Undo" button."""
    rows = [[step.name, step.pk, step.options] for step in steps]
    return signing.dumps(rows, salt=_SALT, compress=True)


def steps_of(word: str) -> list[Step]:
    """Return the steps behind an "Undo" button; `BadRequest` when the word is old or not ours."""
    try:
        rows = signing.loads(word, salt=_SALT, max_age=_UNDO_SECONDS)
    except signing.BadSignature as error:
        raise BadRequest("This can no longer be undone from here. Open the post or the member instead.") from error
    return [Step(*row) for row in rows]


@dataclass(frozen=True)
class _Removing:
    """Opens or lifts removals of these kinds."""

    action: Callable[..., Post]
    kinds: tuple[RemovalKind, ...]
    opens: bool
    back: str

    def __call__(self, actor: User, step: Step, reason: str) -> list[Step]:
        was_open = Removal.objects.open().filter(post_id=step.pk, kind__in=self.kinds).exists()
        self.action(actor, Post.objects.get(pk=step.pk), reason=reason)
        return [Step(self.back, step.pk)] if was_open is not self.opens else []


def _close(actor: User, step: Step, reason: str) -> list[Step]:
    question = Post.objects.get(pk=step.pk)
    was_closed = question.is_closed
    duplicate = Post.objects.filter(pk=step.options.get("duplicate_of") or 0).first()
    note = step.options.get("note", reason)
    cause = step.options["cause"]
    closing.close_question(actor, question, reason=cause, note=note, duplicate_of=duplicate)
    return [] if was_closed else [Step("reopen", step.pk)]


def _reopen(actor: User, step: Step, reason: str) -> list[Step]:
    closure = Closure.objects.filter(question_id=step.pk, lifted_at=None).first()
    closing.reopen_question(actor, Post.objects.get(pk=step.pk), reason=reason)
    if closure is None:
        return []
    options = {"cause": closure.reason_id, "note": closure.note, "duplicate_of": closure.duplicate_of_id}
    return [Step("close", step.pk, options)]


def _uphold(actor: User, step: Step, reason: str) -> list[Step]:
    return _logged(actor, lambda: flagging.settle_flag(actor, _flag(step), upheld=True, outcome=reason))


def _decline(actor: User, step: Step, reason: str) -> list[Step]:
    return _logged(actor, lambda: flagging.settle_flag(actor, _flag(step), upheld=False, outcome=reason))


def _hide_flagged(actor: User, step: Step, reason: str) -> list[Step]:
    """Hide the post of a flag, which upholds every open flag on it."""
    flag = _flag(step)
    if flag.post is None:
        raise ValidationError("This report is about a member, who cannot be hidden. Decide on their page what to do.")
    post = flag.post
    return _logged(actor, lambda: moderating.hide_post(actor, post, reason=reason))


def _keep_flagged(actor: User, step: Step, reason: str) -> list[Step]:
    """Decline every open flag on the post, or on the member, of a flag."""
    about = flags.about(_flag(step))
    if isinstance(about, User):
        return _logged(actor, lambda: flagging.keep_member(actor, about, reason=reason))
    return _logged(actor, lambda: flagging.keep_post(actor, about, reason=reason))


def _logged(actor: User, act: Callable[[], object]) -> list[Step]:
    """Act, and return the steps that take back what it left in the log, the last first."""
    before = LogEntry.objects.newest_first().values_list("number", flat=True).first() or 0
    act()
    entries = LogEntry.objects.filter(number__gt=before, actor=actor).newest_first()
    return [Step("undo-entry", number) for number in entries.values_list("number", flat=True)]


def _flag(step: Step) -> Flag:
    return Flag.objects.select_related("post", "member").get(pk=step.pk)


def _suspend(actor: User, step: Step, reason: str) -> list[Step]:
    member, until = User.objects.get(pk=step.pk), datetime.fromisoformat(step.options["until"])
    ability = step.options["ability"]
    return _logged(
        actor, lambda: sanctioning.suspend_member(actor, member, until=until, reason=reason, ability=ability)
    )


def _lift(actor: User, step: Step, reason: str) -> list[Step]:
    """Lift every suspension of a member that runs."""
    member = User.objects.get(pk=step.pk)
    running = Suspension.objects.filter(member=member, lifted_at=None).order_by("pk")
    back: list[Step] = []
    for each in list(running.values_list("ability", flat=True)):
        back = _logged(actor, partial(sanctioning.lift_suspension, actor, member, reason=reason, ability=each)) + back
    return back


def _change_role(actor: User, step: Step, reason: str) -> list[Step]:
    member = User.objects.get(pk=step.pk)
    before = member.role
    after = staffing.change_role(actor, member, role=step.options["role"], reason=reason).role
    return [] if after == before else [Step("role", step.pk, {"role": before})]


def _lift_block(actor: User, step: Step, reason: str) -> list[Step]:
    block = Block.objects.get(pk=step.pk)
    if block.lifted_at is not None:
        return []
    blocking.lift_block(actor, block, reason=reason)
    entry = LogEntry.objects.filter(actor=actor, thing=f"block:{block.pk}").newest_first().first()
    return [Step("undo-entry", entry.pk)] if entry else []


def _undo_entry(actor: User, step: Step, reason: str) -> list[Step]:
    undone = undoing.undo_entry(actor, LogEntry.objects.get(pk=step.pk), reason=reason)
    return [Step("undo-entry", undone.pk)] if undone else []


_STEPS: dict[str, Callable[[User, Step, str], list[Step]]] = {
    "approve": _Removing(moderating.approve_post, AWAITING, opens=False, back="hold"),
    "hold": _Removing(moderating.hold_post, AWAITING, opens=True, back="approve"),
    "hide": _Removing(moderating.hide_post, (RemovalKind.HIDDEN,), opens=True, back="show"),
    "show": _Removing(moderating.show_post, (RemovalKind.HIDDEN,), opens=False, back="hide"),
    "delete": _Removing(moderating.delete_post, (RemovalKind.DELETED,), opens=True, back="restore"),
    "restore": _Removing(moderating.restore_post, (RemovalKind.DELETED,), opens=False, back="delete"),
    "close": _close,
    "reopen": _reopen,
    "uphold": _uphold,
    "decline": _decline,
    "hide-flagged": _hide_flagged,
    "keep-flagged": _keep_flagged,
    "suspend": _suspend,
    "lift": _lift,
    "role": _change_role,
    "lift-block": _lift_block,
    "undo-entry": _undo_entry,
}
