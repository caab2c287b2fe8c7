"""One written time, in any of the forms that exports use, as microseconds since 1970 (UTC)."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

DAY_US = 86_400_000_000
FIRST_US = 788_918_400_000_000
"""1995-01-01: earlier times are taken for errors."""
END_US = 4_133_980_800_000_000
"""2101-01-01: this time and later ones are taken for errors."""

STATED, EPOCH, ASSUMED_UTC = "stated", "epoch", "assumed-utc"
"""Where the zone of a time comes from: written in the value, implied by counting from 1970, or taken for UTC."""

DAY_FIRST, MONTH_FIRST = "day first", "month first"
"""The two orders of dates such as 3/4/2024."""

OUT_OF_RANGE = "not between the years 1995 and 2100"
NO_DATE = "not a date or time in a known form; write it as 2024-05-01T10:00:00Z"
NO_YEAR = "names no year; add it, or map the column that says when the page was captured: --map observed_at=COLUMN"
RELATIVE = "counted from a moment that is not in the file (minutes ago, yesterday); export times as 2024-05-01 10:00:00"
SHORT_YEAR = "a year of two digits could be the day; write it as 2024-05-01 10:00:00"
NO_SUCH_TIME = "there is no such day or time of day"
NO_ORDER = (
    "day and month could be the other way round, and no value of the column settles it; "
    "say --day-first or --month-first when the file is read"
)
TWO_ORDERS = (
    "day and month could be the other way round, and the column has both orders; write it as 2024-05-01 10:00:00, or say "
    "--day-first or --month-first when the file is read"
)

_ZONE_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9,
}  # fmt: skip
# CST is Chicago and Shanghai, IST India and Israel, BST Britain and Bangladesh: those are refused.

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {m: n for n, m in enumerate(MONTHS, 1)}
_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:：时時](?P<minute>\d{2})(?:[:：分](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,12}))?)?[分秒]?)?"
    r"\s*(?P<half>[ap])?(?(half)\.?m\.?)"
)
_ZONE = r"(?P<zone>(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,5})(?:\s*\([^)]*\))?"
_TAIL = rf"(?:(?:\s*[t,]\s*|\s+){_CLOCK}(?:\s*{_ZONE})?)?"
_YEAR = r"(?P<year>\d{4})"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_TAIL}",
        rf"{_YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]?(?:\s*{_CLOCK}(?:\s*{_ZONE})?)?",
        rf"(?P<first>\d{{1,2}})(?P<sign>[-/.])(?P<next>\d{{1,2}})(?P=sign){_YEAR}{_TAIL}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s+(?:{_ZONE}\s+)?{_YEAR}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s,-]+{_YEAR}{_TAIL}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}{_TAIL}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:\s*{_ZONE})?)?",
    )
)
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d*)?(?:e[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/. ])(?:\d{1,2}|[a-z]{3,9})\1\d{2}(?!\d)", re.IGNORECASE | re.ASCII)
_NO_YEAR = re.compile(
    r"\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일]?(?:\s.*)?|\d{1,2}-\d{1,2} +\d{1,2}:\d{2}(?::\d{2})?", re.ASCII
)
_RELATIVE = re.compile(
    r"刚刚|刚才|(?:今|昨|前)天.*|今日.*|(?:半|[\d一二两三四五六七八九十几]+)\s*个?\s*(?:秒|分钟?|小时|天|日|周|星期|月|年)钟?以?[前内].*"
    r"|just now|today\b.*|yesterday\b.*|(?:an?|\d+)\s*(?:s|m|h|d|w|y|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?"
    r"|years?)(?:\s+ago)?",
    re.IGNORECASE,
)
_LONGEST = 80


class Stamp(NamedTuple):
    """A time: microseconds since 1970 UTC and where its zone comes from; or, with both None, why there is none."""

    time_us: int | None
    zone: str | None
    reason: str | None = None


def read_date(written: str, orders: frozenset[str] = frozenset()) -> Stamp:
    """The time written; `orders` are the orders of day and month that the column's other values prove."""
    count = _number(written)
    form = None if count.zone else _form(written)
    if form is None:
        return count
    part = form.groupdict()
    zone_s = _zone_s(part.get("zone"))
    if zone_s is None:
        return Stamp(None, None, f"the zone '{part['zone']}' is unknown or has several meanings; write it as +02:00")
    month, day = _month_and_day(part, orders)
    if month is None:
        return Stamp(None, None, TWO_ORDERS if orders else NO_ORDER)
    seconds = _seconds(part)
    try:
        days = datetime.date(int(part["year"]), month, day).toordinal() - 719_163
    except ValueError:
        return Stamp(None, None, OUT_OF_RANGE if part["year"] == "0000" else NO_SUCH_TIME)
    if seconds is None:
        return Stamp(None, None, NO_SUCH_TIME)
    fraction_us = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    time_us = days * DAY_US + (seconds - zone_s) * 1_000_000 + fraction_us
    return _checked(time_us, STATED if part.get("zone") else ASSUMED_UTC)


def proven_order(written: str) -> str | None:
    """DAY_FIRST or MONTH_FIRST if this value can only be read that way; None if it says nothing about the order."""
    form = _form(written)
    part = form.groupdict() if form else {}
    if "first" not in part or part["sign"] == ".":
        return None
    if int(part["first"]) > 12 >= int(part["next"]):
        return DAY_FIRST
    return MONTH_FIRST if int(part["next"]) > 12 >= int(part["first"]) else None


def _form(written: str) -> re.Match[str] | None:
    """The first form that fits."""
    if len(written) > _LONGEST:
        return None
    return next((found for form in _FORMS if (found := form.fullmatch(written))), None)


def _number(written: str) -> Stamp:
    """A count of seconds, milliseconds, microseconds or nanoseconds since 1970, whichever falls into the range."""
    if len(written) > _LONGEST or not _NUMBER.fullmatch(written):
        return Stamp(None, None, _why(written[:_LONGEST]))
    whole, _, decimals = written.partition(".")
    if "e" in written.lower():
        value = float(written) * 1e6
        micros = round(value) if abs(value) < 1e25 else 0
    else:
        micros = int(whole) * 1_000_000 + int(decimals.ljust(6, "0")[:6] or "0")
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        if FIRST_US <= micros // unit < END_US:
            return Stamp(micros // unit, EPOCH)
    return Stamp(None, None, f"as seconds, ms or µs since 1970 {OUT_OF_RANGE}")


def _why(written: str) -> str:
    """What keeps a value that is neither a date nor a number from being a time."""
    if _NO_YEAR.fullmatch(written):
        return NO_YEAR
    if _RELATIVE.fullmatch(written):
        return RELATIVE
    return SHORT_YEAR if _SHORT_YEAR.match(written) else NO_DATE


def _checked(time_us: int, zone: str) -> Stamp:
    return Stamp(time_us, zone) if FIRST_US <= time_us < END_US else Stamp(None, None, OUT_OF_RANGE)


def _month_and_day(part: dict[str, str | None], orders: frozenset[str]) -> tuple[int | None, int]:
    """Month and day; (None, 0) if their order cannot be told. Dotted dates have the day first."""
    if part.get("name"):
        return _MONTHS[str(part["name"]).lower()], int(part["day"] or 0)
    if "first" not in part:
        return int(part["month"] or 0), int(part["day"] or 0)
    first, second = int(part["first"] or 0), int(part["next"] or 0)
    if part["sign"] == "." or first > 12 or orders == {DAY_FIRST}:
        return second, first
    if second > 12 or first == second or orders == {MONTH_FIRST}:
        return first, second
    return None, 0


def _seconds(part: dict[str, str | None]) -> int | None:
    """Seconds since midnight, 0 without a time of day; None if there is no such time. A leap second is accepted."""
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := part.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second <= 60 else None


def _zone_s(zone: str | None) -> int | None:
    """Offset from UTC in seconds, 0 when none is written; None for an unknown zone."""
    if not zone:
        return 0
    if zone.isalpha():
        hours = _ZONE_HOURS.get(zone.lower())
        return None if hours is None else hours * 3600
    sign = -1 if "-" in zone else 1
    digits = re.sub(r"[^0-9]", "", zone)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return sign * (hours * 3600 + minutes * 60) if hours <= 15 and minutes < 60 else None
