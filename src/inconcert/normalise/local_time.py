"""What the clock of a place showed, as moments: microseconds since 1970 UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np
from numpy.typing import NDArray

from inconcert.errors import UnknownName
from inconcert.normalise.dates import END_US, FIRST_US

GIVEN, SOURCE = "given", "source"
"""Who says which zone times are in that are written without one: the user, or that the tool always writes that zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S = 86_400


@dataclass(frozen=True)
class LocalZone:
    """name: as in "Asia/Shanghai".   said_by: GIVEN or SOURCE."""

    name: str
    said_by: str


def refuse_unknown_zone(zone: str) -> None:
    """UnknownName, with the nearest name, when this computer does not know a zone of that name."""
    if zone != "UTC" and zone not in available_timezones():
        raise UnknownName("time zone", zone, [*available_timezones(), "UTC"])


def to_utc(clock_us: NDArray[np.int64], zone: str) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Moments at which the clock of a zone showed these times; where it never did; where it did twice.

    clock_us: what the clock showed, as if it were UTC. Where clocks were put forward, the times between were never shown: the
    moment is then that of the clock that nobody had put forward. Where they were put back, an hour was shown twice: the moment
    is the earlier one. Times from 1995 to 2100.
    """
    starts, offsets = _stretches(zone)
    ends_shown = np.append(starts[1:] + offsets[:-1], np.iinfo(np.int64).max)
    stretch = np.searchsorted(ends_shown, clock_us, side="right")
    never = clock_us < starts[stretch] + offsets[stretch]
    after = np.minimum(stretch + 1, len(starts) - 1)
    twice = ~never & (after > stretch) & (clock_us >= starts[after] + offsets[after])
    return clock_us - offsets[np.where(never, stretch - 1, stretch)], never, twice


def offsets_us(time_us: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """How far the clocks of a zone are ahead of UTC at these moments; from 1995 to 2100, and as in 1995 before."""
    starts, offsets = _stretches(zone)
    found: NDArray[np.int64] = offsets[np.maximum(np.searchsorted(starts, time_us, side="right") - 1, 0)]
    return found


@lru_cache(maxsize=64)
def _stretches(zone: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Moments from which a zone has another offset from UTC, and that offset; microseconds. No two within a day."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownName("time zone", zone, [*available_timezones(), "UTC"]) from error
    first, end = FIRST_US // 1_000_000 - 2 * _DAY_S, END_US // 1_000_000 + 2 * _DAY_S
    starts, offsets = [first], [_offset_s(place, first)]
    for day in range(first, end, _DAY_S):
        if _offset_s(place, day + _DAY_S) == offsets[-1]:
            continue
        before, after = day, day + _DAY_S
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (middle, after) if _offset_s(place, middle) == offsets[-1] else (before, middle)
        starts.append(after)
        offsets.append(_offset_s(place, after))
    return np.array(starts, np.int64) * 1_000_000, np.array(offsets, np.int64) * 1_000_000


def _offset_s(place: ZoneInfo, moment_s: int) -> int:
    offset = (_EPOCH + timedelta(seconds=moment_s)).astimezone(place).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())
