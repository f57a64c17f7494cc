"""The page where a member chooses how they are told: what holds for them now."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from zoneinfo import available_timezones

from django.conf import settings

from accounts.models import User
from forum.choices import MailChoice, NotificationKind, Rhythm
from forum.limits import DEFAULT_CHOICES
from forum.models import NotificationChoice, Preferences

_GROUPS = (
    (
        "What you wrote",
        (
            NotificationKind.ANSWERED,
            NotificationKind.COMMENTED,
            NotificationKind.REPLIED,
            NotificationKind.ACCEPTED,
            NotificationKind.VOTED,
            NotificationKind.EDITED,
            NotificationKind.SUGGESTED,
            NotificationKind.CLOSED,
            NotificationKind.REOPENED,
        ),
    ),
    (
        "You",
        (
            NotificationKind.MENTIONED,
            NotificationKind.MESSAGE,
            NotificationKind.REPORTED,
            NotificationKind.DECIDED,
            NotificationKind.POINTS,
            NotificationKind.REMINDED,
        ),
    ),
)

# In a row of buttons each says what it is about.
_WAYS = (
    (str(MailChoice.NOW), "Email right away"),
    (str(MailChoice.DIGEST), "In the summary"),
    (str(MailChoice.NEVER), "No email"),
)


@dataclass(frozen=True)
class Choice:
    """How a member is told of one kind of thing."""

    kind: NotificationKind
    label: str
    on_site: bool
    mail: str


@dataclass(frozen=True)
class ChoiceGroup:
    """Kinds that belong together."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class NotificationSettings:
    """Everything a member chose about being told, and what their page offers."""

    groups: tuple[ChoiceGroup, ...]
    ways: tuple[tuple[str, str], ...]
    rhythm: str
    digest_hour: int
    quiet_from: time | None
    quiet_until: time | None
    time_zone: str
    shows_titles: bool
    email: str
    mail_refused_at: datetime | None
    is_changed: bool


def get_notification_settings(member: User) -> NotificationSettings:
    """Return what `member` chose; two queries."""
    rows = NotificationChoice.objects.filter(member=member).values_list("kind", "on_site", "mail")
    chosen = {kind: (on_site, mail) for kind, on_site, mail in rows}
    preferences = Preferences.objects.filter(member=member).first() or Preferences(member=member, rhythm=Rhythm.DAILY)
    return NotificationSettings(
        groups=tuple(
            ChoiceGroup(
                title,
                tuple(
                    Choice(kind, str(kind.label), *chosen.get(kind, (True, str(DEFAULT_CHOICES[kind]))))
                    for kind in kinds
                ),
            )
            for title, kinds in _GROUPS
        ),
        ways=_WAYS,
        rhythm=preferences.rhythm,
        digest_hour=preferences.digest_hour,
        quiet_from=preferences.quiet_from,
        quiet_until=preferences.quiet_until,
        time_zone=member.time_zone,
        shows_titles=preferences.shows_titles,
        email=member.email,
        mail_refused_at=member.mail_refused_at,
        is_changed=bool(chosen),
    )


@cache
def get_zones() -> tuple[tuple[str, str], ...]:
    """Return the clocks a member may live by, by name; the first is the site's own."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix")))
    return (("", f"The site’s own ({settings.TIME_ZONE})"), ("UTC", "UTC"), *((name, name) for name in names))
