"""Dates written in running text, each with the days it can mean: 2021-06-03, 3 June 2021, March 2021, early 2022, 25
April."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from inconcert.indicators.content.dated_events import Event
from inconcert.normalise.dates import MONTHS

READ = 2_000
"""Characters of a text that are read."""
_DAY_US = 86_400_000_000
_EPOCH = datetime.date(1970, 1, 1)

_NAMES = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t|tember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH = rf"(?P<name>{_NAMES})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LAST = r"(?:\s*(?:-|–|—|to|until|and)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
# a number inside a code, an amount or a longer number is no date
_START, _END = r"(?<![\w\-/.,:$€£¥])", r"(?![\w/:]|-\w|[.,]\d)"
_FORMS = tuple(
    re.compile(_START + form + _END)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-{_DAY}\s*(?:/|to|until|–|—)\s*"
        r"(?P<year2>(?:19|20)\d\d)-(?P<month2>\d\d)-(?P<last>\d\d)",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}",
        rf"{_DAY}{_LAST}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}{_LAST},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}",
        rf"{_DAY}{_LAST}\s+(?:of\s+)?{_MONTH}",
        rf"{_MONTH}\s+{_DAY}{_LAST}",
        rf"(?P<part>(?:the\s+)?(?:beginning|start|end|middle)\s+of|early|late|mid)[\s-]+{_YEAR}",
        _YEAR,
    )
)
_CHINESE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号號])?)?"
)
_PARTS = {
    "beginning": (1, 3),
    "start": (1, 3),
    "early": (1, 4),
    "middle": (4, 9),
    "mid": (4, 9),
    "late": (9, 12),
    "end": (10, 12),
}
"""Words -> first and last month they can mean."""


@dataclass(frozen=True)
class Written:
    """as_written: the words.   first, last: days it can mean, both included.   days: whether it names days, not a month
    or year."""

    as_written: str
    first: datetime.date
    last: datetime.date
    days: bool


def written_dates(text: str, year: int) -> list[Written]:
    """The dates of a text in the order in which they stand; those without a year are taken to be of `year`. Impossible
    ones, and numbers such as 3/4/2021 that can be read two ways, are left out."""
    text = text[:READ]
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Written]] = []
    for form in (*_FORMS, _CHINESE):
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue  # inside a longer date that was read already
            taken.append(match.span())
            if (date := _read(match, year)) is not None:
                found.append((match.start(), date))
    return [date for _, date in sorted(found, key=lambda one: one[0])]


def conflicts(event: Event) -> Iterator[tuple[str, Written]]:
    """Where the date stands (title or note), and the dates there that the event's own date cannot be.

    A finer or a coarser date agrees. Two spans of days that overlap but begin or end on other days do not.
    """
    first, last = _day(event.first_us), _day(event.last_us - 1)
    for place, text in (("title", event.title), ("note", event.note)):
        for date in written_dates(text, first.year):
            apart = date.last < first or last < date.first
            span = date.days and date.first < date.last and event.precision == "day" and first < last
            if apart or (span and (date.first, date.last) != (first, last)):
                yield place, date


def days_apart(event: Event, date: Written) -> int:
    """Whole days between an event and a date that it conflicts with: the gap, or for spans that overlap the larger
    shift of an end."""
    first, last = _day(event.first_us), _day(event.last_us - 1)
    gap = max((date.first - last).days, (first - date.last).days)
    return gap if gap > 0 else max(abs((date.first - first).days), abs((date.last - last).days))


def _read(match: re.Match[str], year: int) -> Written | None:
    part = match.groupdict()
    in_year = int(part.get("year") or year)
    words = " ".join(match.group().split())
    try:
        if part.get("part"):
            word = next(word for word in _PARTS if word in part["part"])
            low, high = _PARTS[word]
            return Written(words, datetime.date(in_year, low, 1), _month_end(in_year, high), False)
        month = _month(part)
        if month is None:
            return Written(words, datetime.date(in_year, 1, 1), datetime.date(in_year, 12, 31), False)
        if not part.get("day"):
            return Written(words, datetime.date(in_year, month, 1), _month_end(in_year, month), False)
        first = datetime.date(in_year, month, int(part["day"]))
        until = (
            int(part.get("year2") or in_year),
            int(part.get("month2") or month),
            int(part.get("last") or part["day"]),
        )
        last = datetime.date(*until)
    except ValueError:
        return None
    return Written(words, first, last, True) if first <= last else None


def _month(part: dict[str, str]) -> int | None:
    if part.get("name"):
        return MONTHS.index(part["name"][:3].lower()) + 1
    return int(part["month"]) if part.get("month") else None


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _day(time_us: int) -> datetime.date:
    return _EPOCH + datetime.timedelta(days=time_us // _DAY_US)
