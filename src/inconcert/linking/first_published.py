"""When an indicator was first published, as far as a library knows."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from inconcert.catalogue.indicator import Indicator

_DATE = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\d-])")


# a domain is registered and expires on days that are not those of its publication
_OTHER_DAY = re.compile(
    r"(?:regist(?:er|rat)\w*|creat(?:ed|ion)|expir\w*|renew\w*|updated|resolv\w*|retrieved|accessed)[^.;,\n]{0,20}\Z",
    re.I,
)


@dataclass(frozen=True)
class FirstPublished:
    """on: ISO date, as long as it is known (2021-12, 2021-12-10).   stated: whether its comment says so; else it is the day of the import."""

    on: str
    stated: bool


def first_published(one: Indicator) -> FirstPublished:
    """The earliest date (ISO) in the comment of its source, else when the library first had it, before which it was public.

    Dates of which the comment says that they are of a registration, an expiry or a look-up are none of publication."""
    said = one.comment or ""
    found = sorted(
        match[0]
        for match in _DATE.finditer(said)
        if not _OTHER_DAY.search(said, max(0, match.start() - 60), match.start())
    )
    return FirstPublished(found[0], True) if found else FirstPublished(one.listed, False)


def months_between(published: str, seen: date) -> int:
    """Whole months from a date of publication to a day; negative when it came before. A month without a day counts from its first."""
    year, month, day = (int(part) for part in [*published.split("-"), "1", "1"][:3])
    apart = (seen.year - year) * 12 + seen.month - month
    return apart - (1 if seen.day < day else 0)


def span_of(published: str) -> tuple[date, date] | None:
    """First and last day of a date of publication, which may be a month or year; None where it is no date. A day beyond the end of its
    month is the last one of it."""
    parts = published.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    year, first, last = int(parts[0]), *((int(parts[1]),) * 2 if len(parts) > 1 else (1, 12))
    if not (1 <= year <= 9999 and first >= 1 and last <= 12):
        return None
    begins, ends = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    if len(parts) == 3:
        begins = ends = ends.replace(day=min(max(1, int(parts[2])), ends.day))
    return begins, ends


def days_between(published: tuple[date, date], seen: date) -> tuple[int, int]:
    """Whole days from a publication, of `span_of`, to a day: the fewest and the most; negative when the day came before it."""
    return (seen - published[1]).days, (seen - published[0]).days
