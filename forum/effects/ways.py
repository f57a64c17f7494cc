"""Decide which of those whom an event concerns are told of it, as what, and by which ways."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from accounts.models import User
from forum.choices import FollowMode, MailChannel, MailChoice, NotificationKind, Rhythm
from forum.effects import choices, followers, recipients
from forum.effects.choices import Way
from forum.effects.followers import Wish
from forum.effects.recipients import MODERATORS, Kinds
from forum.limits import TELL_BATCH
from forum.models import Event, MemberBlock, Notification, Post, Preferences

# Of one post somebody reads one line: whichever of these came first.
_IN_PERSON = (
    NotificationKind.ANSWERED,
    NotificationKind.COMMENTED,
    NotificationKind.REPLIED,
    NotificationKind.MENTIONED,
)
_FROM_TEAM = (NotificationKind.MESSAGE, NotificationKind.REPORTED)
_CHANNELS = {
    FollowMode.INSTANT: MailChannel.NOW,
    FollowMode.DAILY: MailChannel.DAILY,
    FollowMode.WEEKLY: MailChannel.WEEKLY,
    FollowMode.SITE: MailChannel.NONE,
}


@dataclass(frozen=True)
class Recipient:
    """One member who is told: as what, whether as a line of their inbox, and how by mail."""

    member: User
    kind: NotificationKind
    on_site: bool
    channel: MailChannel


@dataclass(frozen=True)
class Batch:
    """Some of those who are told, in order of id; `last` is where the next ones begin, None when these were all."""

    people: list[Recipient]
    last: int | None


def next_batch(event: Event, after: int) -> Batch:
    """Return who is told of `event` next; those whom it concerns in person come with the first.

    Load the event's actor and its post, with what it stands below. A post that others cannot see tells nobody yet.
    """
    post = event.post
    if event.verb in recipients.POSTING and (post is None or not recipients.is_public(post)):
        return Batch([], None)
    in_person = recipients.theirs(event)
    interests = followers.interests_in(event)
    ids = interests.next_members(after, TELL_BATCH) if interests is not None else []
    last = ids[-1] if len(ids) == TELL_BATCH else None
    told = {} if after else _in_person(event, in_person)
    left = set(ids) - in_person.keys() - recipients.actors(event)
    if interests is not None and left:
        told |= _of_followers(event, interests.wishes(left))
    return Batch([told[member_id] for member_id in sorted(told)], last)


def already_told(event: Event, kinds: Mapping[int, NotificationKind]) -> set[int]:
    """Return those of these members who were told of the event before, or in person of the same post."""
    same = Notification.objects.filter(event=event, recipient__in=kinds)
    told = set(same.values_list("recipient_id", flat=True))
    in_person = [member_id for member_id, kind in kinds.items() if kind in _IN_PERSON]
    if in_person and event.verb in recipients.POSTING:
        lines = Notification.objects.filter(post=event.post_id, kind__in=_IN_PERSON, recipient__in=in_person)
        told |= set(lines.values_list("recipient_id", flat=True))
    if event.verb in {recipients.FILED, "question.asked"}:
        lines = Notification.objects.filter(post=event.post_id, kind=NotificationKind.NEW_QUESTION)
        told |= set(lines.filter(recipient__in=kinds).values_list("recipient_id", flat=True))
    return told


def _in_person(event: Event, kinds: Kinds) -> dict[int, Recipient]:
    members = _members(kinds)
    if event.verb == recipients.ALARM:  # at any hour, whatever they chose, muted or blocked
        return _all_at_once(members)
    told = {member_id: kind for member_id, kind in kinds.items() if member_id in members}
    silent = _deaf_to(event, told) | _muting(event, told)
    ways = _ways({member_id: kind for member_id, kind in told.items() if member_id not in silent})
    tastes = _tastes(ways)
    found: dict[int, Recipient] = {}
    for member_id, way in ways.items():
        member, kind, taste = members[member_id], told[member_id], tastes.get(member_id, Preferences())
        if kind == NotificationKind.MENTIONED and not taste.takes_mentions:
            continue
        if event.post is None or kind in _FROM_TEAM or _may_read(member, event.post):
            found |= _recipient(member, kind, _channel(way.mail, taste), on_site=way.on_site)
    return found


def _all_at_once(members: Mapping[int, User]) -> dict[int, Recipient]:
    found: dict[int, Recipient] = {}
    for member in members.values():
        found |= _recipient(member, NotificationKind.URGENT, MailChannel.NOW, on_site=True)
    return found


def _of_followers(event: Event, wishes: dict[int, Wish]) -> dict[int, Recipient]:
    members = _members(wishes)
    tastes = _tastes(members)
    silent = _deaf_to(event, members) | _mentioned(event, members, tastes)
    text = _text_of(event.post)
    found: dict[int, Recipient] = {}
    for member_id in members.keys() - silent:
        wish, taste = wishes[member_id], tastes.get(member_id, Preferences())
        if not followers.says_any(text, taste.muted_words):
            channel = MailChannel.NONE if taste.rhythm == Rhythm.NEVER else _CHANNELS[wish.mode]
            channel = MailChannel.NOW if wish.mode == FollowMode.INSTANT else channel
            found |= _recipient(members[member_id], wish.kind, channel, on_site=True)
    return found


def _recipient(member: User, kind: NotificationKind, channel: MailChannel, *, on_site: bool) -> dict[int, Recipient]:
    """Return whom to tell, by id; nobody where no way is left."""
    if not member.email or member.mail_refused_at is not None:
        channel = MailChannel.NONE
    if not on_site and channel == MailChannel.NONE:
        return {}
    return {member.pk: Recipient(member, kind, on_site, channel)}


def _channel(mail: MailChoice, taste: Preferences) -> MailChannel:
    if mail == MailChoice.NOW:
        return MailChannel.NOW
    rhythms = {Rhythm.DAILY: MailChannel.DAILY, Rhythm.WEEKLY: MailChannel.WEEKLY}
    return rhythms.get(Rhythm(taste.rhythm), MailChannel.NONE) if mail == MailChoice.DIGEST else MailChannel.NONE


def _members(member_ids: Collection[int]) -> dict[int, User]:
    """Return those of these members who have an account that is open."""
    return {each.pk: each for each in User.objects.open().filter(pk__in=list(member_ids), is_active=True)}


def _tastes(member_ids: Collection[int]) -> dict[int, Preferences]:
    return Preferences.objects.in_bulk(list(member_ids))


def _ways(kinds: Kinds) -> dict[int, Way]:
    found: dict[int, Way] = {}
    for kind in set(kinds.values()):
        found |= choices.ways_for(kind, [member_id for member_id in kinds if kinds[member_id] == kind])
    return found


def _deaf_to(event: Event, member_ids: Collection[int]) -> set[int]:
    """Return those who have blocked whoever did it under their name."""
    actor = recipients.named_actor(event)
    if actor is None:
        return set()
    blocks = MemberBlock.objects.filter(blocked=actor, member__in=list(member_ids))
    return set(blocks.values_list("member_id", flat=True))


def _muting(event: Event, kinds: Kinds) -> set[int]:
    """Return those who want to hear nothing of the question it is about."""
    if event.post is None or not kinds:
        return set()
    return followers.muting(event.post.question_id or event.post.pk, kinds.keys())


def _mentioned(event: Event, members: Collection[int], tastes: Mapping[int, Preferences]) -> set[int]:
    """Return those whom the post mentions, and who are told of that instead."""
    mentions = Event.objects.filter(post=event.post_id, verb="member.mentioned", member__in=list(members))
    named = mentions.values_list("member_id", flat=True)
    willing = [pk for pk in named if pk not in tastes or tastes[pk].takes_mentions]
    ways = choices.ways_for(NotificationKind.MENTIONED, willing) if willing else {}
    return {pk for pk, way in ways.items() if way.on_site or way.mail != MailChoice.NEVER}


def _may_read(member: User, post: Post) -> bool:
    return member.role in MODERATORS or post.author_id == member.pk or recipients.is_public(post)


def _text_of(post: Post | None) -> str:
    """Return the words of a post by which it may be muted: its beginning, and the title it stands under."""
    if post is None:
        return ""
    title = post.question.title if post.question is not None else post.title
    return f"{title}\n{post.excerpt}"
