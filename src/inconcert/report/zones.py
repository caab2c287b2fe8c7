"""Local time without a clock library in the page: posts are counted in 15-minute bins of the UTC week, apart for every
stretch of the calendar in which no offered zone moves its clocks, so that any zone is an addition away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

QUARTER_US = 900_000_000
BINS = 7 * 96
"""Quarter hours of a week; bin 0 begins on Monday at 00:00 UTC."""

REGIONS: dict[str, tuple[str, ...]] = {
    "Universal": ("UTC",),
    "Africa": ("Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg", "Africa/Nairobi", "Africa/Accra"),
    "Americas": (
        "America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Santiago",
        "America/New_York", "America/Bogota", "America/Chicago", "America/Mexico_City", "America/Denver",
        "America/Los_Angeles", "America/Caracas",
    ),
    "Asia": (
        "Asia/Jerusalem", "Asia/Riyadh", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Manila", "Asia/Shanghai",
        "Asia/Taipei", "Asia/Tokyo", "Asia/Seoul", "Asia/Novosibirsk", "Asia/Vladivostok",
    ),
    "Europe": (
        "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw", "Europe/Athens",
        "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow",
    ),
    "Pacific": ("Australia/Perth", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu"),
}  # fmt: skip
"""Zones a reader can pick, by region: populous places and every offset from UTC in wide use."""

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=7)


@dataclass(frozen=True)
class Zones:
    """Offsets of the offered zones over a period.

    borders_us: instants, ascending, at which some zone changes its offset; they part the period into len + 1 stretches.
    offsets: zone -> offset from UTC in quarter hours, one for each stretch.
    """

    borders_us: tuple[int, ...]
    offsets: Mapping[str, tuple[int, ...]]
    regions: Mapping[str, tuple[str, ...]]

    def name(self, zone: str) -> str:
        """The zone as a reader knows it, with its offsets in the period: `Berlin, UTC+1 and UTC+2`."""
        place = zone.rpartition("/")[2].replace("_", " ")
        if zone == "UTC":
            return place
        return f"{place}, {' and '.join(_signed(offset) for offset in sorted(set(self.offsets[zone])))}"


def zones(first_us: int, last_us: int, zone: str) -> Zones:
    """The zones of REGIONS that this computer knows, and `zone`, over a period."""
    regions = {region: tuple(z for z in names if _known(z)) for region, names in REGIONS.items()}
    regions = {region: names for region, names in regions.items() if names}
    if zone not in {z for names in regions.values() for z in names}:
        regions = {"This report": (zone,), **regions}
    names = [z for group in regions.values() for z in group]
    first, last = _instant(first_us), _instant(last_us)
    borders = sorted({border for z in names for border in _changes(z, first, last)})
    starts = [first, *borders]
    return Zones(
        borders_us=tuple(round(border.timestamp()) * 1_000_000 for border in borders),
        offsets={z: tuple(_offset(z, start) for start in starts) for z in names},
        regions=regions,
    )


def weekly(quarters: Mapping[int, int], borders_us: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Posts by (stretch, bin of the UTC week, posts), ascending; quarters: quarter hour since 1970 -> posts."""
    borders = [border // QUARTER_US for border in borders_us]
    bins: dict[tuple[int, int], int] = {}
    for quarter, posts in quarters.items():
        key = (bisect_right(borders, quarter), (quarter + 3 * 96) % BINS)
        bins[key] = bins.get(key, 0) + posts
    return tuple((stretch, week_bin, posts) for (stretch, week_bin), posts in sorted(bins.items()))


def by_hour(week: Sequence[tuple[int, int, int]], offsets: Sequence[int]) -> NDArray[np.int64]:
    """Posts by weekday (Monday first) and hour of the zone with these offsets: shape (7, 24)."""
    hours = np.zeros((7, 24), dtype=np.int64)
    for stretch, week_bin, posts in week:
        local = (week_bin + offsets[stretch]) % BINS
        hours[local // 96, local % 96 // 4] += posts
    return hours


def _signed(offset: int) -> str:
    hours, quarters = divmod(abs(offset), 4)
    minutes = f":{quarters * 15}" if quarters else ""
    return f"UTC{'−' if offset < 0 else '+'}{hours}{minutes}"


def _known(zone: str) -> bool:
    try:
        return zone == "UTC" or bool(ZoneInfo(zone).key)
    except ZoneInfoNotFoundError:
        return False


def _instant(time_us: int) -> datetime:
    whole = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us // QUARTER_US * QUARTER_US)
    return min(max(whole, _FIRST), _LAST)


def _offset(zone: str, at: datetime) -> int:
    """Offset from UTC in quarter hours; the few odd offsets of history are rounded."""
    if zone == "UTC":
        return 0
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return round(offset / timedelta(minutes=15))


def _changes(zone: str, first: datetime, last: datetime) -> list[datetime]:
    """Quarter hours at which the zone's offset changes, after first and up to last."""
    found = []
    left = first
    while left < last:
        right = min(left + _STEP, last)
        if _offset(zone, left) != _offset(zone, right):
            before, after = left, right
            while after - before > timedelta(minutes=15):
                middle = before + (after - before) // timedelta(minutes=30) * timedelta(minutes=15)
                if _offset(zone, middle) == _offset(zone, before):
                    before = middle
                else:
                    after = middle
            found.append(after)
        left = right
    return found
