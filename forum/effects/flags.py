"""Weigh and settle reports, tell who reported, open them again, and fold a post that weighty reports lie on."""

from collections.abc import Iterable

from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.choices import FlagState, MessageKind, NotificationKind
from forum.effects import cases, conversations, log
from forum.effects.log import Facts, Inverse, Turn
from forum.models import Flag, LogEntry, Post

MAY_STAY = "It follows our guidelines."
_WEIGHT_LEAST, _WEIGHT_MOST = 25, 200  # in hundredths of an ordinary reporter
_CARED_FOR = "Thank you for looking out for someone. A moderator has read your report and is taking care of it."


def weight_of(reporter: User) -> int:
    """Return what a report by `reporter` weighs, in hundredths of one by somebody who is new here.

    Twice the probability that it is right, by Laplace's rule of succession, (right + 1) / (all + 2)
    (P.-S. Laplace, Essai philosophique sur les probabilités, 1814): one half before anything is known.
    """
    settled = Flag.objects.filter(reporter=reporter).aggregate(
        right=Count("pk", filter=Q(state=FlagState.UPHELD)), wrong=Count("pk", filter=Q(state=FlagState.DECLINED))
    )
    right, wrong = int(settled["right"]), int(settled["wrong"])
    return min(max(round(200 * (right + 1) / (right + wrong + 2)), _WEIGHT_LEAST), _WEIGHT_MOST)


def settle(flags: Iterable[Flag], actor: User, *, upheld: bool, outcome: str) -> list[int]:
    """Decide those of `flags` that are open, and return their ids; lock what they are about first."""
    ids = sorted(flag.pk for flag in flags if flag.state == FlagState.OPEN)
    state = FlagState.UPHELD if upheld else FlagState.DECLINED
    words = outcome if upheld else outcome.strip() or MAY_STAY  # who was wrong is told why
    Flag.objects.filter(pk__in=ids).update(
        state=state, settled_at=timezone.now(), settled_by=actor, outcome=words[:500]
    )
    return ids


def reporters(ids: Iterable[int]) -> list[int]:
    """Return who reported what these flags are about."""
    return list(Flag.objects.filter(pk__in=list(ids)).values_list("reporter_id", flat=True))


def tell(ids: Iterable[int]) -> dict[str, int]:
    """Tell the reporters of settled flags what became of them; return the messages, by flag. Lock them first.

    Nobody learns who decided; the message is in their general conversation, so that it names no post of others.
    """
    told: dict[str, int] = {}
    for flag in Flag.objects.filter(pk__in=list(ids)).select_related("reason", "post", "reporter").order_by("pk"):
        message = conversations.tell(
            flag.reporter,
            _outcome_of(flag),
            kind=MessageKind.OUTCOME,
            actor=None,
            told_as=NotificationKind.REPORTED,
        )
        if message is not None:
            told[str(flag.pk)] = message.pk
    return told


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


def being_checked() -> set[int]:
    """Return the posts that the weight of their open flags folds."""
    telling = Flag.objects.open().filter(post__isnull=False, reason__is_care=False)
    weights = telling.values("post").annotate(total=Sum("weight")).order_by()
    return set(weights.filter(total__gte=rules.current().weight_to_fold).values_list("post", flat=True))


def about(flag: Flag) -> Post | User:
    """Return what `flag` is on."""
    subject = flag.post or flag.member
    assert subject is not None  # the database holds it: it is on one of the two
    return subject


def facts(flag: Flag) -> Facts:
    """Return what the log keeps of a settled flag that is opened again by itself."""
    kept = {"upheld": flag.state == FlagState.UPHELD, "outcome": flag.outcome, "by": flag.settled_by_id}
    message = _outcome_message(flag)
    return {**kept, "message": message} if message is not None else kept


def _outcome_message(flag: Flag) -> int | None:
    """Return the message by which the reporter was told of the latest decision on `flag`, if the log has it."""
    entries = LogEntry.objects.filter(post=flag.post_id, member=flag.member_id).select_related("text")
    for entry in entries.newest_first():
        told = entry.text.before.get("decided", {}).get("messages", {})
        if str(flag.pk) in told:
            return int(told[str(flag.pk)])
    return None


def _outcome_of(flag: Flag) -> str:
    what = str(flag.post.get_kind_display()).lower() if flag.post else "member"
    if flag.state == FlagState.DECLINED:
        verdict = "it stays as it is" if flag.post else "nothing needs to be done"
        looked = f"A moderator has looked at the {what} you reported, and {verdict}."
        return f"Thank you for telling us. {looked} {flag.outcome}"
    if flag.reason.is_care:
        return _CARED_FOR
    return f"Thank you. A moderator has looked at the {what} you reported and acted on your report."


def _open_again(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Take back a decision on one flag; what an act decided is taken back with that act."""
    first = log.first_of(entry)
    if first.verb == "flag.reopened":
        reopen([_number_in(entry)])
        if "message" in first.text.before["flag"]:
            conversations.take_back(first.text.before["flag"]["message"])
    return Turn("flag.reopened")


def _settle_again(entry: LogEntry, actor: User, _reason: str) -> Turn:
    """Take back that one flag was opened again; what an act decided is decided again with that act."""
    first = log.first_of(entry)
    if first.verb != "flag.reopened":
        return Turn(first.verb)
    was = first.text.before["flag"]
    first_decider = User.objects.filter(pk=was["by"]).first() or actor
    settled = Flag.objects.filter(pk=_number_in(entry))
    ids = settle(settled, first_decider, upheld=was["upheld"], outcome=was["outcome"])
    if "message" in was:
        conversations.give_back(was["message"])
    return Turn("flag.upheld" if was["upheld"] else "flag.declined", changed=bool(ids))


def _raise_again(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    return Turn(f"{entry.verb.partition('.')[0]}.raised")


def _keep_again(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    return Turn(f"{entry.verb.partition('.')[0]}.kept")


def _number_in(entry: LogEntry) -> int:
    return int(entry.thing.partition(":")[2])


INVERSES: dict[str, Inverse] = {
    **dict.fromkeys(("flag.upheld", "flag.declined"), _open_again),
    "flag.reopened": _settle_again,
    **dict.fromkeys(("post.kept", "member.kept"), _raise_again),
    **dict.fromkeys(("post.raised", "member.raised"), _keep_again),
}
