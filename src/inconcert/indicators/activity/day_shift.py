"""The day-shift null: each account's days moved by an independent whole number of days, so that only their meeting is
by chance.

A timeline shifted as a whole past days on which the account was away would also undo that two accounts were away
together, which holidays and seasons explain. So an account's days are rotated among those on which it posted, within
four weeks and, from four weeks on, working days among working days: what remains is the account's own days, its
rhythm, its weekends, its bursts, and slow changes such as summer time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

DAY_US, HOUR_US = 86_400_000_000, 3_600_000_000
BLOCK_DAYS = 28

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shifting:
    """Events ready to be moved, account by account.

    account, day, within_us: (events,) code from 0, day of the period from 0, time since that day began.   unit, slot:
    (events,) whose days they belong to (an account's, of one four weeks and kind of day), and which of them.   start,
    length: (units,) where the days of a unit lie in `days`.   stratum: (units,).   origin_us: when day 0 begins, at
    the hour at which the fewest post, so that no night is cut.   n_days: of the period.
    """

    account: Ints
    day: Ints
    within_us: Ints
    unit: Ints
    slot: Ints
    start: Ints
    length: Ints
    stratum: Ints
    days: Ints
    origin_us: int
    n_days: int

    def choices(self, accounts: int) -> float:
        """log10 of the number of different shifts of the first accounts, the very first at rest."""
        owner = np.zeros(len(self.start), dtype=np.int64)
        owner[self.unit] = self.account
        return float(np.log10(self.length[(owner > 0) & (owner < accounts)]).sum())

    def draw(self, rng: np.random.Generator) -> Ints:
        """Days of all events after one draw of shifts, (events,)."""
        turn = rng.integers(0, self.length)
        return np.asarray(turned(self.unit, self.slot, self.start, self.length, self.days, turn))


@njit(cache=True, nogil=True)
def turned(unit, slot, start, length, days, turn):  # type: ignore[no-untyped-def]
    """Day of each event when the days of each unit are rotated by `turn`."""
    moved = np.empty(len(unit), dtype=np.int64)
    for e in range(len(unit)):
        u = unit[e]
        moved[e] = days[start[u] + (slot[e] + turn[u]) % length[u]]
    return moved


def shifting(times_us: Sequence[Ints]) -> Shifting:
    """The events of these accounts (each one's sorted moments, at least one event in all), ready to be moved."""
    time_us = np.concatenate(times_us)
    account = np.repeat(np.arange(len(times_us)), [len(t) for t in times_us])
    hours = np.bincount(time_us % DAY_US // HOUR_US, minlength=24).astype(float)
    quiet = int(np.argmin(hours + np.roll(hours, 1) + np.roll(hours, -1)))
    origin_us = (int(time_us.min()) - quiet * HOUR_US) // DAY_US * DAY_US + quiet * HOUR_US
    day, within_us = np.divmod(time_us - origin_us, DAY_US)
    n_days = int(day.max()) + 1
    block = np.minimum(day // BLOCK_DAYS, max(round(n_days / BLOCK_DAYS) - 1, 0))
    # 1970 began on a Thursday; a day is named after its middle, as its start is somebody's night
    weekend = (origin_us // DAY_US + day + 3 + (quiet >= 12)) % 7 >= 5
    stratum = 2 * block + (weekend if n_days >= BLOCK_DAYS else 0)
    key = (account * (int(stratum.max()) + 1) + stratum) * n_days + day
    held, place = np.unique(key, return_inverse=True)
    units, unit_of_day, length = np.unique(held // n_days, return_inverse=True, return_counts=True)
    start = np.cumsum(length) - length
    slot_of_day = np.arange(len(held)) - start[unit_of_day]
    return Shifting(
        account, day, within_us, unit_of_day[place], slot_of_day[place], start, length,
        units % (int(stratum.max()) + 1), held % n_days, origin_us, n_days,
    )  # fmt: skip
