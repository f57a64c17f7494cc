"""Close a question to new answers, or open it again."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.effects.log import Facts, Inverse, Turn
from forum.models import CloseReason, Closure, LogEntry, Post


def close(question: Post, by: User | None, *, reason: str, note: str, duplicate_of: Post | None) -> Closure:
    """Close `question`, which is open; `by` is nobody where members voted. Lock the thread first."""
    closure = Closure.objects.create(
        question=question, closed_by=by, reason_id=reason, note=note, duplicate_of=duplicate_of
    )
    _recount(question)
    return closure


def lift(question: Post, by: User | None) -> list[int]:
    """Open `question` again; return the id of the closure that held, or nothing. Lock the thread first."""
    ids = list(Closure.objects.filter(question=question, lifted_at=None).values_list("pk", flat=True))
    Closure.objects.filter(pk__in=ids).update(lifted_at=timezone.now(), lifted_by=by)
    _recount(question)
    return ids


def closed_by(question: Post) -> int | None:
    """Return the moderator who closed `question`, if one did; lock the thread first."""
    standing = Closure.objects.filter(question=question, lifted_at=None)
    return standing.values_list("closed_by_id", flat=True).first()


def read_reason(key: str, question: Post, duplicate_of: Post | None) -> CloseReason:
    """Return the reason called `key`; raise `ValidationError` when it is not offered, or needs the question it names.

    The question that was asked before is another one, which others can see.
    """
    reason = CloseReason.objects.filter(pk=key, is_active=True).first()
    if reason is None:
        raise ValidationError("Choose a reason")
    if not reason.names_duplicate:
        return reason
    if duplicate_of is None:
        raise ValidationError("Enter the link of the question that was asked before.")
    if not duplicate_of.is_question or duplicate_of.pk == question.pk:
        raise ValidationError("Choose another question, the one that was asked before.")
    if not duplicate_of.is_published:
        raise ValidationError("Others can’t see that question at the moment.")
    return reason


def advice_of(reason: CloseReason) -> str:
    """Return what the author of a question closed for this reason is told."""
    return f"{reason.sentence} {reason.advice}".strip()


def facts_of(closure: Closure) -> Facts:
    """Return what the log says of a closure."""
    return {"reason": closure.reason_id, "duplicate_of": closure.duplicate_of_id}


def _recount(question: Post) -> None:
    question.is_closed = Closure.objects.filter(question=question, lifted_at=None).exists()
    Post.objects.filter(pk=question.pk).update(is_closed=question.is_closed)


def _undo_closing(entry: LogEntry, actor: User, _reason: str) -> Turn:
    lifted = lift(_question(entry), actor)
    return Turn("question.reopened", before={"closures": lifted}, changed=bool(lifted))


def _undo_reopening(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    question = _question(entry)
    if question.is_closed:
        return Turn("question.closed", changed=False)
    again = Closure.objects.filter(pk__in=entry.text.before.get("closures", []), question=question)
    again.update(lifted_at=None, lifted_by=None)
    _recount(question)
    return Turn(
        "question.closed", after=facts_of(again.get()) if question.is_closed else {}, changed=question.is_closed
    )


def _question(entry: LogEntry) -> Post:
    if entry.post is None:
        raise ValidationError("It no longer exists.")
    return entry.post


INVERSES: dict[str, Inverse] = {"question.closed": _undo_closing, "question.reopened": _undo_reopening}
