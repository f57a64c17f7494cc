"""When a chore is due: every so many minutes, or every night at an hour of the site's own time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Every:
    """Every so many minutes, at the same minutes of each hour wherever they divide it."""

    minutes: int

    def after(self, moment: datetime) -> datetime:
        """Return the first time later than `moment`."""
        step = self.minutes * 60
        return datetime.fromtimestamp((int(moment.timestamp()) // step + 1) * step, UTC)

    def __str__(self) -> str:
        return "every hour" if self.minutes == 60 else f"every {self.minutes} minutes"  # noqa: PLR2004


@dataclass(frozen=True)
class Nightly:
    """Once a night, by the clock on the wall where the site is at home."""

    hour: int
    minute: int = 0

    def after(self, moment: datetime) -> datetime:
        """Return the first time later than `moment`."""
        here = timezone.get_default_timezone()
        wall = moment.astimezone(here).replace(tzinfo=None)
        tonight = wall.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        # By the date and never by 24 hours: nights in which the clocks change have 23 or 25.
        nights = (tonight + timedelta(days=number) for number in range(3))
        return next(at for at in (night.replace(tzinfo=here).astimezone(UTC) for night in nights) if at > moment)

    def __str__(self) -> str:
        return f"every night at {self.hour}:{self.minute:02}"
