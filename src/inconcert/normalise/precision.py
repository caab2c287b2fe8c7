"""How fine the times of a file are: to the second, the minute, or the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from inconcert.normalise.dates import DAY_US

MINUTE_US = 60_000_000


@dataclass(frozen=True)
class Grain:
    """Counts that tell the precision; those of several batches are added with +.

    timed: times seen. off_minute, off_day: of them, not on a full minute, not at midnight UTC.
    """

    timed: int = 0
    off_minute: int = 0
    off_day: int = 0

    def __add__(self, other: Grain) -> Grain:
        return Grain(
            self.timed + other.timed,
            self.off_minute + other.off_minute,
            self.off_day + other.off_day,
        )

    @property
    def precision(self) -> str | None:
        """ "s", "min" or "day": the finest step that at least three in four times use; None without times.

        A file put together from several sources is only as good as its coarser part: a synchrony that rounding made must
        not count. Of exact times 59 in 60 are off the full minute; where many posts are scheduled, 9 in 10.
        """
        if not self.timed:
            return None
        if 4 * self.off_minute >= 3 * self.timed:
            return "s"
        return "min" if 4 * self.off_day >= 3 * self.timed else "day"


def grain(time_us: pa.Array) -> Grain:
    """The counts for one column of times: int64, microseconds since 1970 UTC; NULLs do not count."""
    times = time_us.drop_null().to_numpy()
    return Grain(len(times), int(np.count_nonzero(times % MINUTE_US)), int(np.count_nonzero(times % DAY_US)))
