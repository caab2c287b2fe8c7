"""When people post: the shape of a day and a week at home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR_US = 3_600_000_000
WEEK_HOURS = 168

# Relative rates by local hour, largest 1: a deep night, a shoulder at noon, a peak after supper; later on free days.
WORKDAY = (
    0.22, 0.12, 0.07, 0.05, 0.05, 0.08, 0.20, 0.42, 0.55, 0.56, 0.58, 0.62,
    0.72, 0.66, 0.60, 0.60, 0.62, 0.70, 0.80, 0.90, 1.00, 0.98, 0.78, 0.46,
)  # fmt: skip
FREE_DAY = (
    0.34, 0.24, 0.14, 0.08, 0.05, 0.05, 0.08, 0.16, 0.32, 0.50, 0.62, 0.68,
    0.70, 0.68, 0.66, 0.66, 0.66, 0.70, 0.76, 0.84, 0.92, 0.92, 0.80, 0.56,
)  # fmt: skip


def week(strength: float) -> NDArray[np.float64]:
    """Relative rate by local hour of the week, Monday 00:00 first: shape (168,), in (0, 1].

    strength: 0 posts round the clock, 1 sleeps as people do, above 1 sleeps harder.
    """
    return np.array(WORKDAY * 5 + FREE_DAY * 2, dtype=np.float64) ** strength


def hour_of_week(time_us: NDArray[np.int64], zone_h: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """Local hour of the week, 0 to 167 from Monday 00:00; zone_h is hours ahead of UTC."""
    hours = time_us // HOUR_US + zone_h
    # 1970 began on a Thursday, 72 hours after a Monday.
    return np.asarray((hours + 72) % WEEK_HOURS, dtype=np.int64)


def awake(strength: float, time_us: NDArray[np.int64], zone_h: NDArray[np.int64] | int) -> NDArray[np.float64]:
    """Relative rate of somebody living in that zone at that time, in (0, 1]."""
    return week(strength)[hour_of_week(time_us, zone_h)]


@dataclass(frozen=True)
class Office:
    """When an office is open: hours ahead of UTC, opening hours, days a week from Monday on, and a pause, from and to, in which nobody posts.

    ValueError for a pause outside the opening hours.
    """

    zone_h: int
    first_h: int
    last_h: int
    days: int = 5
    pause: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.pause is not None and not self.first_h <= self.pause[0] < self.pause[1] <= self.last_h:
            raise ValueError(
                f"a pause of {self.pause} does not lie between {self.first_h} and {self.last_h} o'clock, as (12, 14)"
            )

    def open_at(self, time_us: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether it is open at these times."""
        hour = hour_of_week(time_us, self.zone_h)
        day, hour = hour // 24, hour % 24
        resting = np.zeros(len(hour), bool) if self.pause is None else (hour >= self.pause[0]) & (hour < self.pause[1])
        return np.asarray((day < self.days) & (hour >= self.first_h) & (hour < self.last_h) & ~resting)

    def minutes(self, start_us: int, end_us: int) -> NDArray[np.int64]:
        """Every full minute of [start_us, end_us) on which it is open; every minute where it never is: an operation does not miss a
        boxing match on a Sunday."""
        minutes = np.arange(start_us, end_us, 60_000_000, dtype=np.int64)
        at_work = self.open_at(minutes)
        return minutes[at_work] if at_work.any() else minutes
