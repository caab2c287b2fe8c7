"""How many of a target's imitators came into being within one window, against ordinary lookalikes."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.indicators.evidence import SPREAD

HITS = 20
"""Draws as full as the observed window after which p is settled, as hits / draws (Besag and Clifford 1991)."""
_WORK = 20_000_000


@dataclass(frozen=True)
class FullestWindow:
    """count: accounts made in it.   first_us: when it begins, at one of them.   expected: mean of the fullest window of as many ordinary
    lookalikes.   p_value: chance that theirs is as full."""

    count: int
    first_us: int
    expected: float
    p_value: float


def fullest_window(
    made_us: NDArray[np.int64], pool_us: NDArray[np.int64], window_us: int, draws: int, rng: np.random.Generator
) -> FullestWindow:
    """made_us: when the imitators were made. pool_us: when the other accounts that are younger than the target were.

    Ordinary lookalikes come when other accounts come, but not one by one: fans bring friends, and a day in the news brings many. Each
    further one joins one of those before it with the odds of a Polya urn whose concentration is that of evidence.SPREAD at its most, else it
    has a moment of the pool. Above 20 million draws of accounts fewer draws are made, never below 999.
    """
    made, pool = np.sort(made_us), np.sort(pool_us)
    count, at = _fullest(made, window_us)
    most = max(min(draws, _WORK // len(made)), min(draws, 999))
    alone = (1 - SPREAD[2]) / SPREAD[2]
    maxima = _ordinary(pool, len(made), window_us, alone, count, most, rng)
    hits = int((maxima >= count).sum())
    p = hits / len(maxima) if len(maxima) < most else (1 + hits) / (1 + most)
    return FullestWindow(int(count), int(made[at]), float(maxima.mean()), min(1.0, p))


def rarer_than(k: int, counts: NDArray[np.int64]) -> float:
    """Upper-tail p-value of a count among those of comparable accounts: its rank, and beyond the largest of them, which is taken as 1
    at least, the chance falls as 1 / k.

    That is exact where counts have the tail of Zipf's law, whose mean is infinite, and on the safe side for any lighter one: the
    largest of n such counts, times a number x, is exceeded by one more with the chance 1 / ((n + 1) x).
    """
    largest = max(1, int(counts.max(initial=0)))
    if k > largest:
        return largest / k / (1 + len(counts))
    return float(1 + (counts >= k).sum()) / (1 + len(counts))


@njit(cache=True, nogil=True)
def _fullest(made, window):
    """(accounts in the fullest window, place of its first); the earliest of equally full ones. Times are sorted."""
    best, at, end = 0, 0, 0
    for i in range(len(made)):
        while end < len(made) and made[end] < made[i] + window:
            end += 1
        if end - i > best:
            best, at = end - i, i
    return best, at


@njit(cache=True, nogil=True)
def _ordinary(pool, n, window, alone, observed, draws, rng):
    """Fullest windows of n ordinary lookalikes, up to `draws`, or until HITS of them are as full as the observed one."""
    maxima = np.empty(draws, dtype=np.int64)
    times = np.empty(n, dtype=np.int64)
    hits = 0
    for draw in range(draws):
        for i in range(n):
            if rng.random() * (alone + i) < i:
                times[i] = times[int(rng.random() * i)]
            else:
                times[i] = pool[int(rng.random() * len(pool))]
        maxima[draw] = _fullest(np.sort(times), window)[0]
        hits += maxima[draw] >= observed
        if hits == HITS:
            return maxima[: draw + 1]
    return maxima
