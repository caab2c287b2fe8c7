"""How fine the times of a file are: to the second, the minute, or the day; and days that are written as midnights."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.dates import DAY_US

MINUTE_US = 60_000_000
HOUR_US = 3_600_000_000
FEW = 24
"""Fewer times do not tell how fine they are: of exact ones, a tenth of them scheduled, more than a quarter may be on full
minutes once in a hundred times or more often."""
UNSURE = 0.01
HEAP = 5
"""How many times as full 0:00:00 must be as any other full hour to be no scheduler's."""
_CHANCE = 1e-6
_HOURS = (0,) * 24


@dataclass(frozen=True)
class Grain:
    """Counts that tell the precision; those of several batches are added with +.

    timed: times seen. off_minute, off_day: of them, not on a full minute, not at midnight. hours: of those written with a time
    of day, on the full hour 0 to 23.
    """

    timed: int = 0
    off_minute: int = 0
    off_day: int = 0
    hours: tuple[int, ...] = field(default=_HOURS)

    def __add__(self, other: Grain) -> Grain:
        return Grain(
            self.timed + other.timed,
            self.off_minute + other.off_minute,
            self.off_day + other.off_day,
            tuple(a + b for a, b in zip(self.hours, other.hours, strict=True)),
        )

    @property
    def precision(self) -> str | None:
        """ "s", "min" or "day": the finest step that at least three in four times use; None without times.

        A file put together from several sources is only as good as its coarser part: a synchrony that rounding made must
        not count. Of exact times 59 in 60 are off the full minute; where many posts are scheduled, 9 in 10. A heap of days
        does not count.
        """
        return self._precision(self.timed - self.hours[0] if self.heap else self.timed)

    @property
    def heap(self) -> bool:
        """Whether the times at 0:00:00 are days that somebody wrote with a clock, among times that are finer.

        They are more than chance puts there (Chernoff's bound on the binomial, one in the seconds or minutes of a day), and
        HEAP times as many as on any other full hour, since schedulers fire on these as well.
        """
        midnights, others = self.hours[0], self.timed - self.hours[0]
        finest = self._precision(others)
        if others < FEW or finest not in ("s", "min") or midnights < HEAP * (1 + max(self.hours[1:])):
            return False
        mean = self.timed * (1_000_000 if finest == "s" else MINUTE_US) / DAY_US
        return midnights > mean and midnights * (1 + math.log(mean / midnights)) - mean <= math.log(_CHANCE)

    @property
    def surely_coarse(self) -> bool:
        """Whether so many times are on full minutes that at most one in a hundred such samples of exact times, a quarter of
        them scheduled, would have as many."""
        n, on_minute = self.timed, self.timed - self.off_minute
        as_many: int = sum(math.comb(n, k) * 3 ** (n - k) for k in range(on_minute, n + 1))
        ways: int = 4**n
        return as_many <= UNSURE * ways

    def _precision(self, timed: int) -> str | None:
        if not timed:
            return None
        if 4 * self.off_minute >= 3 * timed:
            return "s"
        return "min" if 4 * self.off_day >= 3 * timed else "day"


def grain(time_us: pa.Array, day_only: pa.Array | None = None) -> Grain:
    """The counts for one column of times: int64, microseconds since 1970 as written; NULLs do not count.

    day_only: which of them are written without a time of day; none unless given.
    """
    times = time_us.drop_null().to_numpy()
    clocked = times if day_only is None else time_us.filter(pc.invert(day_only)).drop_null().to_numpy()
    full = clocked[clocked % HOUR_US == 0] // HOUR_US % 24
    return Grain(
        len(times),
        int(np.count_nonzero(times % MINUTE_US)),
        int(np.count_nonzero(times % DAY_US)),
        tuple(np.bincount(full, minlength=24).tolist()),
    )


def midnights(time_us: pa.Array, day_only: pa.Array) -> pa.Array:
    """Which times are at 0:00:00 and written with a time of day: boolean, never NULL."""
    days = pc.multiply(pc.divide(time_us, DAY_US), DAY_US)
    return pc.and_(pc.fill_null(pc.equal(days, time_us), False), pc.invert(day_only))
