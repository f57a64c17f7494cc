"""Help lines by country, and which country's stand first for somebody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from forum.models import HelpLine

COUNTRY_COOKIE = "country"
STALE_AFTER = timedelta(days=183)  # half a year: numbers of help lines do change
_EVERYWHERE = "zz"  # ISO 3166 leaves this code to its users
_DIALLED = re.compile(r"[\d\s()+-]{2,}")
_ON_A_CARD = 3
# Where most people who set their browser to a language without a country are; it only sorts.
_HOMES = {
    "en": "us",
    "es": "es",
    "de": "de",
    "fr": "fr",
    "it": "it",
    "nl": "nl",
    "da": "dk",
    "sv": "se",
    "fi": "fi",
    "nb": "no",
    "nn": "no",
    "no": "no",
    "pt": "br",
    "hi": "in",
}


@dataclass(frozen=True)
class LineCard:
    """One help line. `tel` is what a phone dials, or empty; `checked_on` is None when nobody ever checked it."""

    name: str
    phone: str
    tel: str
    url: str
    hours: str
    note: str
    checked_on: date | None
    is_stale: bool


@dataclass(frozen=True)
class Country:
    """The help lines of one country."""

    code: str
    name: str
    lines: tuple[LineCard, ...]

    @property
    def first_lines(self) -> tuple[LineCard, ...]:
        """The few that fit on a card: those one can call."""
        return tuple(line for line in self.lines if line.tel)[:_ON_A_CARD]

    @property
    def is_stale(self) -> bool:
        """Whether any of those few has not been checked for long."""
        return any(line.is_stale for line in self.first_lines)


@dataclass(frozen=True)
class HelpChoice:
    """The country whose lines stand first, whether it was chosen, and all there are."""

    here: Country | None
    is_chosen: bool
    countries: tuple[Country, ...]

    @property
    def others(self) -> tuple[Country, ...]:
        """All countries but the one that stands first."""
        return tuple(country for country in self.countries if country != self.here)


def get_help_choice(chosen: str = "", languages: str = "") -> HelpChoice:
    """Return the lines for `chosen`, a country's code, or for what a browser's languages hint at; one query.

    `languages` is its Accept-Language, which only sorts. Without a hint the owner's first line says where most are.
    """
    lines = list(HelpLine.objects.by_country())
    countries = _countries(lines, timezone.localdate())
    by_code = {country.code: country for country in countries}
    hinted = [by_code[code] for code in _hints(languages) if code in by_code]
    first = min(lines, key=lambda line: (line.position, line.pk), default=None)
    here = (
        by_code.get(chosen.lower()) or next(iter(hinted), None) or (by_code[first.country.lower()] if first else None)
    )
    ordered = dict.fromkeys([*hinted, *countries])
    return HelpChoice(here=here, is_chosen=chosen.lower() in by_code, countries=tuple(ordered))


def is_country(code: str) -> bool:
    """Say whether there are lines for the country of that code."""
    return HelpLine.objects.filter(country=code.upper()).exists()


def _hints(languages: str) -> list[str]:
    found: list[str] = []
    for tag, _ in parse_accept_lang_header(languages.lower()[:200]):
        language, _, region = tag.partition("-")
        found += [code for code in (region, _HOMES.get(language, "")) if code]
    return list(dict.fromkeys(found))


def _countries(lines: Iterable[HelpLine], today: date) -> list[Country]:
    countries = [
        Country(code.lower(), name, tuple(_line(line, today) for line in of_country))
        for (name, code), of_country in groupby(lines, key=lambda line: (line.country_name, line.country))
    ]
    return sorted(countries, key=lambda country: country.code == _EVERYWHERE)


def _line(line: HelpLine, today: date) -> LineCard:
    return LineCard(
        name=line.name,
        phone=line.phone,
        tel=re.sub(r"[^\d+]", "", line.phone) if _DIALLED.fullmatch(line.phone) else "",
        url=line.url,
        hours=line.hours,
        note=line.note,
        checked_on=line.checked_on,
        is_stale=line.checked_on is None or today - line.checked_on > STALE_AFTER,
    )
