"""A column of written times as microseconds since 1970 (UTC): the common forms all at once, the rest value by value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.normalise.dates import (
    ASSUMED_UTC,
    DAY_US,
    END_US,
    EPOCH,
    FIRST_US,
    MONTHS,
    STATED,
    proven_order,
    read_date,
)
from inconcert.normalise.local_time import GIVEN, SOURCE, LocalZone, to_utc

_DAY = r"^\d{4}-\d{2}-\d{2}"
_CLOCK = r"[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?"
_NAMED_ZONES = {" UTC": "Z", " GMT": "Z", " EST": "-05:00", " EDT": "-04:00"}  # the last two: CrowdTangle
_SLASHED = r"^\d{1,2}[-/]\d{1,2}[-/]\d{4}"
_ZONES = pa.array([STATED, EPOCH, ASSUMED_UTC, GIVEN, SOURCE])
NEVER = "the clocks of {} were put forward over this time, so it never was; is the zone right?"
TWICE = "the clocks of {} showed this time twice, as they were put back; the earlier moment is taken"


_DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Times:
    """Arrays of the column's length. NULL time and NULL reason together: the cell was empty.

    time_us: int64, microseconds since 1970 UTC.   clock_us: what is written, as if it were UTC: how fine the times are.
    zone: "stated", "epoch", "given", "source" or "assumed-utc".   reason: why a cell has no time, or a doubtful one.
    """

    time_us: pa.Array
    clock_us: pa.Array
    zone: pa.Array
    reason: pa.Array


def days_only(values: pa.Array, read: Times) -> pa.Array:
    """Which times were written as a day and no more: a day is no moment, whatever the other times of its file are."""
    whole = pc.equal(pc.multiply(pc.divide(read.clock_us, _DAY_US), _DAY_US), read.clock_us)
    bare = pc.and_(pc.invert(pc.match_substring(values, ":")), pc.not_equal(read.zone, EPOCH))
    return pc.fill_null(pc.and_(whole, bare), False)


def read_times(
    values: pa.Array, orders: frozenset[str] = frozenset(), zone: LocalZone | None = None, *, moved: bool = True
) -> Times:
    """The times of a string column; `orders` is what `day_orders` gave for the whole file.

    zone: of times that are written without one; UTC is assumed unless given.   moved: False leaves these times at their UTC
    hour, for columns that hold days and no times of day: a day is no moment, and stays the day that was written.
    """
    read = _as_written(values, orders)
    if zone is None:
        return read
    naive = pc.fill_null(pc.equal(read.zone, ASSUMED_UTC), False)
    said = pc.if_else(naive, pa.scalar(zone.said_by), read.zone)
    here = naive.to_numpy(zero_copy_only=False)
    if not moved or zone.name == "UTC" or not here.any():
        return Times(read.time_us, read.clock_us, said, read.reason)
    clock_us = read.clock_us.fill_null(0).to_numpy(zero_copy_only=False)
    time_us = read.time_us.fill_null(0).to_numpy(zero_copy_only=False).copy()
    time_us[here], never_here, twice_here = to_utc(clock_us[here], zone.name)
    never, twice = np.zeros(len(values), bool), np.zeros(len(values), bool)
    never[here], twice[here] = never_here, twice_here
    reason = pc.if_else(pa.array(never), pa.scalar(NEVER.format(zone.name)), read.reason)
    reason = pc.if_else(pa.array(twice), pa.scalar(TWICE.format(zone.name)), reason)
    unread = read.time_us.is_null().to_numpy(zero_copy_only=False) | never
    none = pa.array(never)
    return Times(
        pa.array(time_us, pa.int64(), mask=unread),
        pc.if_else(none, pa.scalar(None, pa.int64()), read.clock_us),
        pc.if_else(none, pa.scalar(None, pa.string()), said),
        reason,
    )


def midnights_and_clocks(values: pa.Array, orders: frozenset[str] = frozenset()) -> tuple[bool, bool]:
    """Whether any of the times without a zone is at midnight, as days without a time of day are; whether any is not."""
    read = _as_written(values, orders)
    naive = read.clock_us.filter(pc.fill_null(pc.equal(read.zone, ASSUMED_UTC), False)).to_numpy()
    midnight = naive % DAY_US == 0
    return bool(midnight.any()), bool((~midnight).any())


def _as_written(values: pa.Array, orders: frozenset[str]) -> Times:
    """The times, those without a zone in UTC."""
    time_us = np.zeros(len(values), np.int64)
    zone = np.full(len(values), -1, np.int8)
    left = np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False))
    for form, parse, zone_name in _COMMON:
        part = values if len(left) == len(values) else values.take(pa.array(left))
        fits = pc.match_substring_regex(part, form).to_numpy(zero_copy_only=False).copy()
        try:
            parsed = parse(part.filter(pa.array(fits))).to_numpy()
        except pa.ArrowInvalid:
            continue  # a day such as 30 February: each value then gets its own reason below
        known = (parsed >= FIRST_US) & (parsed < END_US)
        fits[fits] = known
        time_us[left[fits]] = parsed[known]
        zone[left[fits]] = _ZONES.index(zone_name).as_py()
        left = left[~fits]
        if not len(left):
            break
    reason = _read_rest(values, left, orders, time_us, zone)
    unread = zone < 0
    moments = pa.array(time_us, mask=unread)
    return Times(moments, moments, _ZONES.take(pa.array(zone, mask=unread)), reason)


def day_orders(values: pa.Array) -> frozenset[str]:
    """The orders of day and month that values such as 25/3/2024 prove; join those of several batches with |."""
    doubtful = pc.unique(values.filter(pc.match_substring_regex(values, _SLASHED)))
    return frozenset(order for value in doubtful.to_pylist() if (order := proven_order(value)))


def _read_rest(
    values: pa.Array,
    left: NDArray[np.int64],
    orders: frozenset[str],
    time_us: NDArray[np.int64],
    zone: NDArray[np.int8],
) -> pa.Array:
    """Reads the rows `left` value by value into time_us and zone; gives the reasons of those that have no time."""
    coded = values.take(pa.array(left)).dictionary_encode()
    stamps = [read_date(value, orders) for value in coded.dictionary.to_pylist()]
    index = coded.indices.to_numpy()
    names = _ZONES.to_pylist()
    time_us[left] = np.array([s.time_us or 0 for s in stamps], np.int64)[index]
    zone[left] = np.array([names.index(s.zone) if s.zone else -1 for s in stamps], np.int8)[index]
    place = np.full(len(values), -1, np.int64)
    place[left] = index
    return pa.array([s.reason for s in stamps], pa.string()).take(pa.array(place, mask=place < 0))


def _naive(part: pa.Array) -> pa.Array:
    return part.cast(pa.timestamp("us")).cast(pa.int64())


def _zoned(part: pa.Array) -> pa.Array:
    return part.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())


def _named_zone(part: pa.Array) -> pa.Array:
    for name, offset in _NAMED_ZONES.items():
        part = pc.replace_substring(part, name, offset)
    return _zoned(part)


def _tweet(part: pa.Array) -> pa.Array:
    """Wed Oct 10 20:19:24 +0000 2018, put into ISO order."""
    month = pc.index_in(pc.utf8_slice_codeunits(part, 4, 7), value_set=pa.array([m.capitalize() for m in MONTHS]))
    number = pa.array([f"{n:02}" for n in range(1, 13)]).take(month)
    year, day, clock, offset = (pc.utf8_slice_codeunits(part, *cut) for cut in ((26, 30), (8, 10), (11, 19), (20, 25)))
    return _zoned(
        pc.binary_join_element_wise(pc.binary_join_element_wise(year, number, day, "-"), "T", clock, offset, "")
    )


def _count(part: pa.Array) -> pa.Array:
    """Seconds, ms, µs or ns since 1970, by the number of digits."""
    count = pc.replace_substring_regex(part, r"\.0*$", "").cast(pa.int64()).to_numpy()
    unit_us = np.select([count < FIRST_US // 10**3, count < FIRST_US, count < FIRST_US * 10**3], [10**6, 10**3, 1], 0)
    return pa.array(np.where(unit_us > 0, count * unit_us, count // 1000))


_COMMON = (
    (rf"{_DAY}({_CLOCK})?$", _naive, ASSUMED_UTC),
    (rf"{_DAY}{_CLOCK}(Z|[+-]\d{{2}}(:?\d{{2}})?)$", _zoned, STATED),
    (r"^\d{9,10}(\d{3}){0,3}(\.0*)?$", _count, EPOCH),
    (r"^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}$", _tweet, STATED),
    (rf"{_DAY}{_CLOCK} (UTC|GMT|EST|EDT)$", _named_zone, STATED),
)
"""Form, parser and zone of what most exports hold; read_date gives the same for each value."""
