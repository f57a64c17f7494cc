"""Ask that somebody look again: an author who changed what was hidden, and whoever an act was done to."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import AppealState, CaseKind, MessageKind, PostStatus, RemovalKind, Urgency
from forum.effects import acts, appeals, cases, conversations, events, log, posts, undoing
from forum.limits import APPEAL_LENGTH, REASON_LENGTH
from forum.models import Appeal, Case, Closure, Guest, LogEntry, Message, Person, Post, Removal

UNCHANGED = "A moderator has looked at this again in the meantime. Edit it first, then send it again."
_GRANTED = "Another moderator has reviewed this and undone it. {outcome}"
_DECLINED = "Another moderator has reviewed this, and it stays as it is. {outcome}"


@atomic_with_retry
def resubmit_post(author: Person, post: Post) -> Case:
    """Ask the moderators to look again at a hidden post or a closed question; twice is once while they have not looked.

    Raises `PermissionDenied`, or `ValidationError` when they have looked since and nothing has changed.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_resubmit(author, post, rules.current()))
    sent = Case.objects.filter(post_id=post.pk, kind=CaseKind.RESUBMITTED).order_by("-pk").first()
    if sent is not None and sent.closed_at is None:
        return sent
    since, act = _taken_out(post)
    if (
        sent is not None
        and sent.closed_at is not None
        and sent.closed_at > since
        and not _changed(post, sent.closed_at)
    ):
        raise ValidationError(UNCHANGED)

    said = "It was changed" if _changed(post, since) else "Nothing was changed"
    case = cases.open_case(
        CaseKind.RESUBMITTED, post=post, urgency=Urgency.MEDIUM, details=[f"{said} since it was {act}."]
    )
    events.record("post.resubmitted", actor=author, post=post)
    return case


@atomic_with_retry
def appeal_act(person: Person, entry: LogEntry, *, text: str) -> Appeal:
    """Ask that another moderator look at an act again; there is one appeal an act, and again changes nothing.

    Raises `PermissionDenied`, or `ValidationError` without words, or when the act was taken back already.
    """
    if entry.post_id is not None:
        posts.lock_thread(entry.post_id)
    conversations.lock([person.pk if isinstance(person, User) else None])
    entry = LogEntry.objects.select_related("post").get(pk=entry.pk)
    permissions.require(permissions.can_appeal(person, entry, rules.current()))
    earlier = Appeal.objects.filter(entry=entry).first()
    if earlier is not None:
        return earlier
    if entry.undone_by.exists():
        raise ValidationError("This decision has already been undone, so there’s nothing to appeal.")
    if not text.strip() or len(text) > APPEAL_LENGTH:
        raise ValidationError({"text": f"Say why, in up to {APPEAL_LENGTH:,} characters."})

    who = {"guest": person} if isinstance(person, Guest) else {"member": person}
    appeal = Appeal.objects.create(entry=entry, post=entry.post, text=text.strip(), **who)
    # About a post the case names the post alone: it must tell nobody who wrote it.
    about = {"post": entry.post} if entry.post is not None else who
    cases.open_case(CaseKind.APPEAL, appeal=appeal, urgency=Urgency.MEDIUM, **about)
    events.record("act.appealed", actor=person, post=entry.post, data={"entry": entry.pk})
    return appeal


@atomic_with_retry
def decide_appeal(actor: Person, appeal: Appeal, *, granted: bool, outcome: str, case_id: int | None = None) -> Appeal:
    """Decide an appeal; one that is granted takes the act back with it. Who appealed reads `outcome`.

    Raises `PermissionDenied`, also for whoever did the act, or `ValidationError` when somebody else has decided it
    meanwhile, without words, or where what came later keeps the act from being taken back.
    """
    appeal = _locked(appeal)
    case = Case.objects.filter(appeal=appeal).order_by("-pk").first()
    if appeal.state != AppealState.OPEN:
        permissions.require(permissions.can_moderate(actor, rules.current()))
        cases.require_open(case_id or (case.pk if case else None), actor)
        return appeal
    permissions.require(permissions.can_decide_appeal(actor, appeal, rules.current()))
    assert isinstance(actor, User)  # permissions refuse guests
    if not outcome.strip() or len(outcome) > REASON_LENGTH:
        raise ValidationError({"outcome": f"Say why, in up to {REASON_LENGTH} characters. They read it."})

    if granted:
        undoing.undo(actor, appeal.entry, reason=outcome)
    appeals.decide(appeal, actor, granted=granted, outcome=outcome.strip())
    verb = f"appeal.{appeal.state}"
    decided: dict[str, object] = {"cases": cases.close(Case.objects.filter(appeal=appeal), actor, verb)}
    words = (_GRANTED if granted else _DECLINED).format(outcome=appeal.outcome)
    message: Message | None = conversations.tell(
        appeal.member, words, kind=MessageKind.OUTCOME, actor=None, post=appeal.post
    )
    if message is not None:
        decided["message"] = message.pk
    member = appeal.member if appeal.post is None else None
    about = f"appeal:{appeal.pk}"
    log.append(
        verb, actor=actor, post=appeal.post, member=member, thing=about, reason=outcome, before={"decided": decided}
    )
    return appeal


def _locked(appeal: Appeal) -> Appeal:
    """Lock what the act was about and whom it concerns, in their order, and return the appeal."""
    appeal = Appeal.objects.select_related("entry__text").get(pk=appeal.pk)
    entry = appeal.entry
    if entry.post_id is not None:
        posts.lock_thread(entry.post_id)
    if not entry.thing.startswith("reversal:"):  # which locks posts before members, by itself
        conversations.lock([entry.member_id, appeal.member_id, *acts.told_by(entry)])
    of = Appeal.objects.select_for_update(of=("self",), no_key=True)
    return of.select_related("entry__post", "post", "member").get(pk=appeal.pk)


def _taken_out(post: Post) -> tuple[datetime, str]:
    """Return when a moderator hid or closed `post`, and which of the two."""
    if post.status == PostStatus.HIDDEN:
        return Removal.objects.open().get(post_id=post.pk, kind=RemovalKind.HIDDEN).created_at, "hidden"
    return Closure.objects.get(question_id=post.pk, lifted_at=None).created_at, "closed"


def _changed(post: Post, since: datetime) -> bool:
    return post.edited_at is not None and post.edited_at > since
