"""Lay a measure on a post, or lift it; keep the columns of the post that say which hold."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.choices import MeasureKind
from forum.effects.log import Facts, Inverse, Turn
from forum.limits import FOREVER
from forum.models import LogEntry, Measure, Person, Post

# What the log says when a measure was laid, and when it was lifted.
VERBS = {
    MeasureKind.LOCK: ("post.locked", "post.unlocked"),
    MeasureKind.PROTECTION: ("question.protected", "question.unprotected"),
    MeasureKind.SLOW_MODE: ("question.slowed", "question.unslowed"),
    MeasureKind.PIN: ("question.pinned", "question.unpinned"),
    MeasureKind.NOTICE: ("post.notice_put", "post.notice_taken"),
}


@dataclass(frozen=True)
class Terms:
    """What a measure of its kind needs beside a reason: the end of a lock, the pause of slow mode, a notice's text."""

    until: datetime | None = None
    minutes: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Standing:
    """What the cached columns of a post should say."""

    locked_until: datetime | None = None
    is_protected: bool = False
    slow_minutes: int = 0
    is_pinned: bool = False
    has_notice: bool = False


COLUMNS = tuple(asdict(Standing()))


def lay(post: Post, kind: MeasureKind, actor: User, *, reason: str, terms: Terms) -> tuple[Facts, Facts] | None:
    """Let a measure hold on `post`, in place of an open one of its kind; lock the thread first.

    Return what was open before and what is now, for the log; None when one on the same terms held already.
    """
    before = _open_ids(post, kind)
    same = Measure.objects.open().filter(post_id=post.pk, kind=kind, **asdict(terms))
    if same.exists() and not _has_passed(terms):
        return None
    _lift(before, actor)
    laid = Measure.objects.create(post_id=post.pk, kind=kind, actor=actor, reason=reason, **asdict(terms))
    recount(post)
    return {"measures": before}, {"measures": [laid.pk], **_words(laid)}


def laid_by(post: Post, kind: MeasureKind) -> int | None:
    """Return who laid what holds on `post` now, if anything does; lock the thread first."""
    laid = Measure.objects.open().filter(post_id=post.pk, kind=kind).first()
    return None if laid is None or _has_passed(laid) else laid.actor_id


def lift(post: Post, kind: MeasureKind, actor: User) -> tuple[Facts, Facts] | None:
    """Lift the measure of `kind` on `post`; lock the thread first.

    Return what was open before and what is now, for the log; None when none held, or its time had passed.
    """
    laid = Measure.objects.open().filter(post_id=post.pk, kind=kind).first()
    if laid is None or _has_passed(laid):
        return None
    _lift([laid.pk], actor)
    recount(post)
    return {"measures": [laid.pk]}, {"measures": []}


def recount(post: Post) -> None:
    """Set the columns of `post` from its open measures; lock it first."""
    now = asdict(standings(post).get(post.pk, Standing()))
    for column, value in now.items():
        setattr(post, column, value)
    Post.objects.filter(pk=post.pk).update(**now)


def standings(post: Post | None = None) -> dict[int, Standing]:
    """Return what the rows say of each post on which a measure lies, or of one.

    A lock whose time has passed stays in its column, where a time in the past locks nothing.
    """
    rows = Measure.objects.open() if post is None else Measure.objects.open().filter(post_id=post.pk)
    found: dict[int, dict[str, Measure]] = defaultdict(dict)
    for measure in rows:
        found[measure.post_id][measure.kind] = measure
    return {post_id: _standing(kinds) for post_id, kinds in found.items()}


def require_pause(person: Person, question: Post) -> None:
    """Raise `ValidationError` that names the wait when `person` wrote in a slow thread just now; lock it first."""
    if not question.slow_minutes or person.is_moderator or person.pk is None:
        return
    mine = {"author_id": person.pk} if isinstance(person, User) else {"guest_id": person.pk}
    last = Post.objects.filter(question_id=question.pk, **mine).order_by("-created_at").first()
    if last is None:
        return
    wait = last.created_at + timedelta(minutes=question.slow_minutes) - timezone.now()
    if wait <= timedelta():
        return
    minutes = int(wait.total_seconds() // 60) + 1
    raise ValidationError(
        f"A moderator has put this conversation in slow mode: one post every {_minutes(question.slow_minutes)}. "
        f"You can post here again in {_minutes(minutes)}. Your text is safe."
    )


def _standing(kinds: dict[str, Measure]) -> Standing:
    lock, slow = kinds.get(MeasureKind.LOCK), kinds.get(MeasureKind.SLOW_MODE)
    return Standing(
        locked_until=(lock.until or FOREVER) if lock else None,
        is_protected=MeasureKind.PROTECTION in kinds,
        slow_minutes=(slow.minutes or 0) if slow else 0,
        is_pinned=MeasureKind.PIN in kinds,
        has_notice=MeasureKind.NOTICE in kinds,
    )


def _has_passed(terms: Terms | Measure) -> bool:
    return terms.until is not None and terms.until <= timezone.now()


def _open_ids(post: Post, kind: str) -> list[int]:
    return list(Measure.objects.open().filter(post_id=post.pk, kind=kind).values_list("pk", flat=True))


def _lift(ids: Iterable[int], actor: User) -> None:
    Measure.objects.filter(pk__in=ids).update(lifted_at=timezone.now(), lifted_by=actor)


def _words(measure: Measure) -> Facts:
    """Return what the log says of a measure beside its number."""
    facts = {"until": measure.until and measure.until.isoformat(), "minutes": measure.minutes, "text": measure.text}
    return {name: value for name, value in facts.items() if value}


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"


def _turn_back(entry: LogEntry, actor: User, _reason: str) -> Turn:
    """Let exactly those measures hold again that held before the act of `entry`."""
    post = entry.post
    if post is None:
        raise ValidationError("It no longer exists.")
    kind = next(kind for kind, verbs in VERBS.items() if entry.verb in verbs)
    before, after = entry.text.before.get("measures", []), entry.text.after.get("measures", [])
    now = _open_ids(post, kind)
    verb = VERBS[kind][0 if before else 1]
    if now == before:
        return Turn(verb, changed=False)
    if now != after:
        raise ValidationError("Someone has changed this since. Undo that first.")
    _lift(now, actor)
    Measure.objects.filter(pk__in=before).update(lifted_at=None, lifted_by=None)
    recount(post)
    return Turn(verb, before={"measures": now}, after={"measures": before})


INVERSES: dict[str, Inverse] = {verb: _turn_back for verbs in VERBS.values() for verb in verbs}
