"""Public holidays and working weekends of several countries, and the local day on which a moment falls there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray

EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Country:
    """name: in sentences. zone: of its capital or largest city. subdivision: whose holidays are added; "" for the nation's alone."""

    name: str
    zone: str
    subdivision: str = ""


COUNTRIES: Final[dict[str, Country]] = {
    "cn": Country("China", "Asia/Shanghai"),
    "tw": Country("Taiwan", "Asia/Taipei"),
    "hk": Country("Hong Kong", "Asia/Hong_Kong"),
    "sg": Country("Singapore", "Asia/Singapore"),
    "ph": Country("the Philippines", "Asia/Manila"),
    "au-wa": Country("Western Australia", "Australia/Perth", "WA"),
    "jp": Country("Japan", "Asia/Tokyo"),
    "vn": Country("Vietnam", "Asia/Ho_Chi_Minh"),
    "in": Country("India", "Asia/Kolkata"),
    "ir": Country("Iran", "Asia/Tehran"),
    "tr": Country("Turkey", "Europe/Istanbul"),
    "ru": Country("Russia", "Europe/Moscow"),
    "ua": Country("Ukraine", "Europe/Kyiv"),
    "de": Country("Germany", "Europe/Berlin"),
    "gb": Country("the United Kingdom", "Europe/London"),
    "us": Country("the United States", "America/New_York"),
    "br": Country("Brazil", "America/Sao_Paulo"),
    "ve": Country("Venezuela", "America/Caracas"),
}
"""Countries whose calendars are compared: those that share China's clock, and those named most in reports on operations."""


@lru_cache(maxsize=2048)
def days_off(code: str, year: int) -> tuple[frozenset[int], frozenset[int]]:
    """Days since 1970 of one year: public holidays from Monday to Friday, and Saturdays and Sundays that are worked instead.

    Empty where the library does not know the year.
    """
    country, _, subdivision = code.upper().partition("-")
    known = holidays.country_holidays(country, subdiv=subdivision or None, years=year, expand=False)
    off = frozenset((day - EPOCH).days for day in known if day.weekday() < 5 and day.weekday() not in known.weekend)
    worked = frozenset((day - EPOCH).days for day in known.weekend_workdays if day.year == year and day.weekday() >= 5)
    return off, worked


def local_days(quarters: NDArray[np.int64], code: str) -> NDArray[np.int64]:
    """Local day (since 1970) on which quarter hours since 1970 UTC fall in that country, summer time heeded to the day."""
    if not len(quarters):
        return quarters
    first = int(quarters.min()) // 96
    offsets = np.array(
        [offset_quarters(COUNTRIES[code].zone, day) for day in range(first, int(quarters.max()) // 96 + 1)]
    )
    return np.asarray((quarters + offsets[quarters // 96 - first]) // 96, dtype=np.int64)


@lru_cache(maxsize=200_000)
def offset_quarters(zone: str, day: int) -> int:
    """Offset from UTC at noon UTC of that day (since 1970), quarter hours."""
    noon = datetime.combine(EPOCH + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=12)
    offset = noon.astimezone(ZoneInfo(zone)).utcoffset()
    return round((offset or timedelta()).total_seconds() / 900)
