"""Who a member is, as the team sees it before the timeline begins."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.models import User
from forum import permissions
from forum.bylines import Byline, member_byline
from forum.choices import FlagState, MessageKind
from forum.limits import Rules
from forum.models import Conversation, MemberNote, Message, Person, Suspension

_NOTES_MOST = 20


@dataclass(frozen=True)
class StandingNote:
    """What the team should know, as it stands."""

    id: int
    text: str
    who: str
    created_at: datetime


@dataclass(frozen=True)
class RunningSuspension:
    """What the member does without just now."""

    id: int
    label: str
    reason: str
    until: datetime


@dataclass(frozen=True)
class TeamMember:
    """A member with what the team may do; points are those that everybody sees."""

    byline: Byline
    path: str
    base: str
    role: str
    points: int
    joined_at: datetime
    must_acknowledge: bool
    reports: int
    reports_right: int
    notes: tuple[StandingNote, ...]
    suspensions: tuple[RunningSuspension, ...]
    may_write: bool
    may_suspend: bool
    sees_addresses: bool


def get_team_member(member: User, viewer: Person, rules: Rules) -> TeamMember:
    """Return what the team knows of `member` at a glance; four queries."""
    decided = Count("pk", filter=~Q(state__in=(FlagState.OPEN, FlagState.SET_ASIDE)))
    flags = member.flags.aggregate(decided=decided, right=Count("pk", filter=Q(state=FlagState.UPHELD)))
    notes = MemberNote.objects.filter(member=member, lifted_at=None).select_related("author").order_by("-pk")
    running = Suspension.objects.filter(member=member, lifted_at=None).order_by("until", "pk")
    return TeamMember(
        byline=member_byline(member, viewer),
        path=member.get_absolute_url(),
        base=team_path(member),
        role=str(member.get_role_display()),
        points=member.public_points,
        joined_at=member.date_joined,
        must_acknowledge=_warned_openly(member),
        reports=flags["decided"],
        reports_right=flags["right"],
        notes=tuple(
            StandingNote(note.pk, note.text, member_byline(note.author, viewer).name, note.created_at)
            for note in notes[:_NOTES_MOST]
        ),
        suspensions=tuple(
            RunningSuspension(each.pk, str(each.get_ability_display()), each.reason, each.until) for each in running
        ),
        may_write=bool(permissions.can_write_to_member(viewer, member, rules)),
        may_suspend=bool(permissions.can_suspend(viewer, member, rules)),
        sees_addresses=bool(permissions.can_see_addresses(viewer, rules)),
    )


def named_conversations(member: User) -> QuerySet[Conversation]:
    """Return the conversations of `member` that may stand beside their name: none about an anonymous post."""
    return Conversation.objects.filter(Q(post=None) | Q(post__is_anonymous=False), member=member)


def get_note_or_404(note_id: int) -> MemberNote:
    """Return a note with the member it is about."""
    note = MemberNote.objects.select_related("member").filter(pk=note_id).first()
    if note is None:
        raise Http404("There is no such note.")
    return note


def get_suspension_or_404(suspension_id: int) -> Suspension:
    """Return a suspension that has not been lifted, with the member it is of."""
    open_ones = Suspension.objects.filter(lifted_at=None).select_related("member")
    suspension = open_ones.filter(pk=suspension_id).first()
    if suspension is None:
        raise Http404("There is no such suspension, or it has already been lifted.")
    return suspension


def _warned_openly(member: User) -> bool:
    """Say whether a warning waits; one about an anonymous post does not count, for it would say whose that is."""
    warnings = Message.objects.filter(conversation__in=named_conversations(member), kind=MessageKind.WARNING)
    return warnings.filter(is_from_team=True, acknowledged_at=None, withdrawn_at=None).exists()


def team_path(member: User) -> str:
    """Return the address of the member's page for the team."""
    return f"/moderation/members/{quote(member.username)}/"
