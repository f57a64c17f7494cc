"""Stop mails by the link in each of them, and take that back; whoever holds the link may, signed in or not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.transactions import atomic_with_retry
from forum.choices import FollowMode, MailChoice, MailKind, NotificationKind, Rhythm, Stop
from forum.effects import followers, guests
from forum.effects.choices import FOLLOWED_KINDS, Way, set_way, ways_for
from forum.models import Follow, Mail, MailFollow, Preferences

_Before = dict[str, Any]


@atomic_with_retry
def stop_mails(mail: Mail, what: Stop = Stop.KIND) -> Mail:
    """Let no more mails come of the kind of `mail`, about its question, or at all; again changes nothing.

    What held before is kept with the mail until `resume_mails`. Mails about accounts always come.
    """
    mail = _locked(mail)
    if mail.kind in {MailKind.ACCOUNT, MailKind.URGENT}:
        raise ValidationError("Emails about your account, such as codes, can’t be turned off.")
    before: _Before = mail.content.get("before") or {}
    if mail.mail_follow is not None:
        _stop_following(mail.mail_follow)
        before["follow"] = True
    elif mail.guest is not None:
        guests.forget_address(mail.guest)
        before["guest"] = True
    else:
        _stop_for_member(mail, what, before)
    mail.content = {**mail.content, "before": before}
    mail.save(update_fields=["content"])
    return mail


@atomic_with_retry
def resume_mails(mail: Mail) -> Mail:
    """Let everything be as it was before mails were stopped by `mail`; again changes nothing."""
    mail = _locked(mail)
    before: _Before = mail.content.get("before") or {}
    if before.get("follow") and mail.mail_follow is not None:
        MailFollow.objects.filter(pk=mail.mail_follow.pk).update(stopped_at=None)
    if before.get("guest") and mail.guest is not None:
        guests.remember_address(mail.guest, mail.address)
    for kind, (on_site, by_mail) in before.get("choices", {}).items():
        set_way(mail.member_id or 0, NotificationKind(kind), Way(on_site, MailChoice(by_mail)))
    for number, mode in before.get("follows", {}).items():
        _set_mode(mail.member_id, int(number), mode)
    if "rhythm" in before:
        Preferences.objects.filter(member=mail.member_id).update(rhythm=before["rhythm"])
    mail.content = {name: value for name, value in mail.content.items() if name != "before"}
    mail.save(update_fields=["content"])
    return mail


@atomic_with_retry
def stop_mail_follow(follow: MailFollow) -> bool:
    """Let no more mails come about the question; return whether they came."""
    return _stop_following(follow)


def _locked(mail: Mail) -> Mail:
    # Only the mail itself is locked: what it belongs to may be missing, and an outer join cannot be locked.
    locked = Mail.objects.select_for_update(of=("self",)).select_related("guest", "mail_follow", "member")
    return locked.get(pk=mail.pk)


def _stop_following(follow: MailFollow) -> bool:
    stopped = MailFollow.objects.filter(pk=follow.pk, stopped_at=None).update(stopped_at=timezone.now())
    return bool(stopped)


def _stop_for_member(mail: Mail, what: Stop, before: _Before) -> None:
    if what == Stop.QUESTION:
        _mute_question(mail, before)
        return
    if mail.kind == MailKind.DIGEST or what == Stop.ALL:
        _stop_digests(mail, before)
    if mail.kind == MailKind.DIGEST and what != Stop.ALL:
        return
    own = set(mail.notifications.values_list("kind", flat=True))
    kinds = set(NotificationKind) if what == Stop.ALL else {NotificationKind(kind) for kind in own}
    kinds -= {*FOLLOWED_KINDS, NotificationKind.URGENT}  # an alarm is no one's to switch off
    for kind in sorted(kinds):
        _stop_kind(mail, kind, before)
    _stop_follows(mail, what, own, before)


def _stop_digests(mail: Mail, before: _Before) -> None:
    assert mail.member is not None  # a summary is a member's
    preferences, _ = Preferences.objects.get_or_create(member=mail.member)
    before.setdefault("rhythm", preferences.rhythm)
    Preferences.objects.filter(member=mail.member).update(rhythm=Rhythm.NEVER)


def _stop_kind(mail: Mail, kind: NotificationKind, before: _Before) -> None:
    member_id = mail.member_id or 0
    way = ways_for(kind, [member_id])[member_id]
    if way.mail == MailChoice.NEVER:
        return
    before.setdefault("choices", {}).setdefault(kind, [way.on_site, way.mail])
    set_way(member_id, kind, Way(way.on_site, MailChoice.NEVER))


def _stop_follows(mail: Mail, what: Stop, own: set[str], before: _Before) -> None:
    """Let what one follows be told on the site alone, where it is told by a mail at once: a follow has its own way."""
    instant = Follow.objects.filter(member=mail.member_id, mode=FollowMode.INSTANT)
    threads = {pk for question_id in _threads(mail) for pk in followers.with_merged(question_id)}
    for follow in instant.order_by("pk"):
        is_of_this = (NotificationKind.NEW_ANSWER in own and follow.question_id in threads) or (
            NotificationKind.NEW_QUESTION in own and follow.question_id is None
        )
        if what == Stop.ALL or is_of_this:
            before.setdefault("follows", {}).setdefault(str(follow.pk), follow.mode)
            Follow.objects.filter(pk=follow.pk).update(mode=FollowMode.SITE)


def _mute_question(mail: Mail, before: _Before) -> None:
    for question_id in sorted(_threads(mail)):
        follow, is_new = Follow.objects.get_or_create(
            member_id=mail.member_id, question_id=question_id, defaults={"mode": FollowMode.MUTED}
        )
        if is_new or follow.mode != FollowMode.MUTED:
            before.setdefault("follows", {}).setdefault(str(follow.pk), None if is_new else follow.mode)
            Follow.objects.filter(pk=follow.pk).update(mode=FollowMode.MUTED)


def _threads(mail: Mail) -> set[int]:
    pairs = mail.notifications.exclude(post=None).values_list("post_id", "post__question_id")
    return {question_id or post_id for post_id, question_id in pairs}


def _set_mode(member_id: int | None, follow_id: int, mode: str | None) -> None:
    rows = Follow.objects.filter(pk=follow_id, member=member_id)
    if mode is None:
        rows.delete()
    else:
        rows.update(mode=mode)
