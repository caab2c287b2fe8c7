"""How often accounts are active in the same few minutes, and how often their daily rhythms alone would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.stats import poisson

from inconcert.indicators.activity.day_shift import DAY_US, Shifting, shifting

BURST_P = 1e-3
"""A bin in which that many others are active less often than so is a burst that hits everybody, and is left out."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Meetings:
    """Accounts of a pool and the bins in which they are active.

    moves: one event a bin and account. bin: (events,) bin of the period. account: (events,), both sorted by bin.
    level: (bins a day,) active accounts of the whole pool from which a time of day is a burst. expected: (accounts,
    accounts) meetings of a pair under the day-shift null.
    """

    moves: Shifting
    bin: Ints
    account: Ints
    level: Floats
    expected: Floats
    per_day: int

    @property
    def n(self) -> int:
        """Accounts."""
        return len(self.expected)

    def levels(self, of: int) -> Floats:
        """The level for `of` accounts drawn from the pool, for each bin of the period."""
        return np.tile(poisson.isf(BURST_P, self.level * of / self.n) + 1, self.moves.n_days)

    def met(self, chosen: NDArray[np.bool_]) -> Floats:
        """Meetings of pairs of chosen accounts, where those not chosen do not burst. chosen: (draws, accounts);
        returns (draws,)."""
        others = self.n - int(chosen[0].sum())
        return np.asarray(_met(self.bin, self.account, chosen, self.levels(others)))

    def by_chance(self, chosen: NDArray[np.bool_]) -> Floats:
        """Meetings that the rhythms of the chosen alone would have, (draws,)."""
        picked = chosen.astype(float)
        alone = picked @ np.diag(self.expected)
        return np.asarray((((picked @ self.expected) * picked).sum(axis=1) - alone) / 2)

    def shifted(self, members: int, draws: int, rng: np.random.Generator) -> Floats:
        """Meetings of the first accounts after each of `draws` day shifts of them, the others at rest, (draws,)."""
        own = self.moves.account < members
        others = np.bincount(self.bin[self.account >= members], minlength=self.moves.n_days * self.per_day)
        open_bin = others < self.levels(self.n - members)
        minute = self.moves.within_us // (DAY_US // self.per_day)
        turns = rng.integers(0, self.moves.length, size=(draws, len(self.moves.length)))
        events = (self.moves.unit[own], self.moves.slot[own], minute[own])
        return np.asarray(
            _shifted(*events, self.moves.start, self.moves.length, self.moves.days, turns, open_bin, self.per_day)
        )


def meetings(times_us: Sequence[Ints], bin_us: int) -> Meetings:
    """The meetings of these accounts, given each one's sorted moments; bin_us divides a day."""
    per_day = DAY_US // bin_us
    # bins are cut at full clock times, and an account's first event of a bin stands for it
    moves = shifting([np.unique(t // bin_us) * bin_us for t in times_us])
    bins = moves.day * per_day + moves.within_us // bin_us
    order = np.lexsort((moves.account, bins))
    clock = np.bincount(moves.within_us // bin_us, minlength=per_day) / moves.n_days
    hour = max(per_day // 24, 1)
    level = np.mean([np.roll(clock, step) for step in range(-hour, hour + 1)], axis=0)
    return Meetings(moves, bins[order], moves.account[order], level, _expected(moves, len(times_us), per_day), per_day)


def _expected(moves: Shifting, n: int, per_day: int) -> Floats:
    """Exact mean of the day-shift null: an account is in a bin of each of its days as often as it was there on any of
    them, and a pair can meet on the days that both have."""
    clock = moves.within_us // (DAY_US // per_day)
    expected = np.zeros((n, n))
    stratum_of_event = moves.stratum[moves.unit]
    for stratum in np.unique(stratum_of_event):
        here = stratum_of_event == stratum
        who, length = moves.account[here], moves.length[moves.unit[here]]
        times, column = np.unique(clock[here], return_inverse=True)
        rate = np.zeros((n, len(times)))
        np.add.at(rate, (who, column), 1.0 / length)
        days, column = np.unique(moves.day[here], return_inverse=True)
        active = np.zeros((n, len(days)))
        active[who, column] = 1.0
        expected += (rate @ rate.T) * (active @ active.T)
    return expected


@njit(cache=True, nogil=True)
def _met(bins, account, chosen, level):  # type: ignore[no-untyped-def]
    draws = len(chosen)
    found = np.zeros(draws)
    first = 0
    while first < len(bins):
        end = first + 1
        while end < len(bins) and bins[end] == bins[first]:
            end += 1
        if end - first > 1:
            for draw in range(draws):
                inside = 0
                for e in range(first, end):
                    inside += chosen[draw, account[e]]
                if end - first - inside < level[bins[first]]:
                    found[draw] += inside * (inside - 1) / 2
        first = end
    return found


@njit(cache=True, nogil=True)
def _shifted(unit, slot, minute, start, length, days, turns, open_bin, per_day):  # type: ignore[no-untyped-def]
    found = np.zeros(len(turns))
    count = np.zeros(len(open_bin), dtype=np.int32)
    at = np.empty(len(unit), dtype=np.int64)
    for draw in range(len(turns)):
        pairs = 0
        for e in range(len(unit)):
            u = unit[e]
            place = days[start[u] + (slot[e] + turns[draw, u]) % length[u]] * per_day + minute[e]
            at[e] = place
            if open_bin[place]:
                pairs += count[place]
                count[place] += 1
        for e in range(len(unit)):
            count[at[e]] = 0
        found[draw] = pairs
    return found
