"""Posts over time: one number a quarter hour, hour, day or week, whichever suits the length of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.report.zones import QUARTER_US

HOUR_US, DAY_US, WEEK_US = 3_600_000_000, 86_400_000_000, 604_800_000_000
UNITS: dict[int, str] = {QUARTER_US: "quarter of an hour", HOUR_US: "hour", DAY_US: "day", WEEK_US: "week"}
LONGEST_US = 25 * 365 * DAY_US
"""Longest period drawn; a case that spans more has a few posts with impossible dates."""


@dataclass(frozen=True)
class Axis:
    """A stretch of time cut into equal bins: the first begins at start_us; n bins of unit_us each."""

    start_us: int
    unit_us: int
    n: int

    @property
    def end_us(self) -> int:
        """Where the last bin ends."""
        return self.start_us + self.n * self.unit_us

    @property
    def is_short(self) -> bool:
        """Whether it is shorter than a week, so that some weekdays are not in it."""
        return self.n * self.unit_us < WEEK_US

    @property
    def unit(self) -> str:
        """One of UNITS."""
        return UNITS[self.unit_us]


@dataclass(frozen=True)
class Timeline:
    """Posts in each bin of an axis, and posts outside it."""

    axis: Axis
    posts: tuple[int, ...]
    outside: int

    @property
    def peak(self) -> tuple[int, int]:
        """Start of the fullest bin (microseconds since 1970) and its posts."""
        most = max(range(self.axis.n), key=lambda i: (self.posts[i], -i))
        return self.axis.start_us + most * self.axis.unit_us, self.posts[most]


def axis(quarters: Mapping[int, int]) -> Axis:
    """The axis for these posts (quarter hour since 1970 -> posts, not empty): quarter hours up to twelve hours,
    hours up to four days, weeks from 900 days."""
    first, last = _bulk(quarters)
    span = (last - first) * QUARTER_US
    unit = (
        QUARTER_US
        if span <= 12 * HOUR_US
        else HOUR_US
        if span <= 4 * DAY_US
        else DAY_US
        if span <= 900 * DAY_US
        else WEEK_US
    )
    offset = 3 * DAY_US if unit == WEEK_US else 0  # weeks begin on Monday; 1970 began on a Thursday
    start = (first * QUARTER_US + offset) // unit * unit - offset
    return Axis(start, unit, (last * QUARTER_US - start) // unit + 1)


def timeline(quarters: Mapping[int, int], along: Axis) -> Timeline:
    """These posts in the bins of an axis."""
    posts = [0] * along.n
    outside = 0
    for quarter, n in quarters.items():
        place = (quarter * QUARTER_US - along.start_us) // along.unit_us
        if 0 <= place < along.n:
            posts[place] += n
        else:
            outside += n
    return Timeline(along, tuple(posts), outside)


def _bulk(quarters: Mapping[int, int]) -> tuple[int, int]:
    """First and last quarter hour; of a period beyond LONGEST_US, those of the 99 % of posts in its middle."""
    times = sorted(quarters)
    first, last = times[0], times[-1]
    if (last - first) * QUARTER_US <= LONGEST_US:
        return first, last
    total, seen, inner = sum(quarters.values()), 0, []
    for quarter in times:
        if seen >= 0.005 * total and seen + quarters[quarter] <= 0.995 * total:
            inner.append(quarter)
        seen += quarters[quarter]
    inner = inner or [first]
    return max(inner[0], inner[-1] - LONGEST_US // QUARTER_US), inner[-1]
