"""When a count over time rose: change-points with an interval, against weekday habits and days that resemble their
neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

PENALTY = 1.5
"""Times ln n, per change: the price of a change-point in units of log likelihood. A burst has two changes."""
_NEIGHBOURS = 15  # bins whose median is taken for the level of the one in their middle
_LEAST_EXPECTED = 0.25


@dataclass(frozen=True)
class Onset:
    """A rise. at: first bin of the higher level; low, high: where that bin may lie, 95% interval. ratio: new level to
    old."""

    at: int
    low: int
    high: int
    ratio: float


def habit(counts: Counts, period: int) -> Numbers:
    """How much of the usual each bin gets by its place in the period (weekday, or hour of day), about 1 on average.

    Each bin is set beside the mean of the period around it, and no bin counts for more than threefold: a burst is no
    habit.
    """
    n = len(counts)
    total = np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)])
    first = np.clip(np.arange(n) - period // 2, 0, max(0, n - period))
    last = np.minimum(first + period, n)
    level = (total[last] - total[first]) / np.maximum(1, last - first)
    share = np.where(level > 0, np.minimum(3, counts / np.maximum(level, 1e-9)), 1)
    place = np.arange(n) % period
    seen = np.bincount(place, minlength=period)
    # a tenth of a period's worth of the usual keeps rarely seen places near 1
    by_place = (np.bincount(place, share, minlength=period) + 1) / (seen + 1)
    by_place /= by_place[place].mean()
    return np.asarray(np.maximum(by_place, 0.05)[place], np.float64)


def spread(counts: Counts, usual: Numbers) -> float:
    """How many times more counts vary from bin to bin than a Poisson process of the local level, at least 1.

    From the median absolute deviation, so that bursts do not count; widened for bins that resemble their neighbours, by
    (1 + r) / (1 - r) with r their autocorrelation.
    """
    half = _NEIGHBOURS // 2
    adjusted = np.pad(counts / usual, half, mode="reflect") if len(counts) > half else counts / usual
    windows = np.lib.stride_tricks.sliding_window_view(adjusted, min(_NEIGHBOURS, len(adjusted)))
    level = np.median(windows, axis=1)[: len(counts)]
    if len(level) < len(counts):
        level = np.full(len(counts), level.mean())
    expected = np.maximum(level * usual, _LEAST_EXPECTED)
    off = (counts - expected) / np.sqrt(expected)
    variance = (1.4826 * np.median(np.abs(off - np.median(off)))) ** 2
    kept = np.clip(off, -3, 3)
    r = float(np.corrcoef(kept[:-1], kept[1:])[0, 1]) if len(kept) > 2 and kept[:-1].std() and kept[1:].std() else 0.0
    r = min(max(r, 0.0), 0.8)
    return float(max(1.0, variance) * (1 + r) / (1 - r))


def onsets(counts: Counts, period: int) -> list[Onset]:
    """The rises of a series of counts, in order, by the best division into levels (Poisson likelihood, overdispersed).

    counts: one a bin, at least one.   period: bins after which habits repeat. The division is exact (optimal
    partitioning, Jackson et al. 2005), time grows with the square of the length: 1,500 bins take a tenth of a second.
    """
    usual = habit(counts, period)
    wide = spread(counts, usual)
    price = PENALTY * math.log(max(len(counts), 2)) * wide
    bounds = _levels(counts, usual, price)
    y, f = _sums(counts, usual)
    found = []
    for before, at, after in zip(bounds, bounds[1:], bounds[2:], strict=False):
        old, new = (y[at] - y[before]) / (f[at] - f[before]), (y[after] - y[at]) / (f[after] - f[at])
        if new > old:
            low, high = _interval(y, f, before, after, wide)
            ratio = (y[after] - y[at] + 0.5) / (f[after] - f[at]) / ((y[at] - y[before] + 0.5) / (f[at] - f[before]))
            found.append(Onset(at, min(low, at), max(high, at), float(ratio)))
    return found


def _sums(counts: Counts, usual: Numbers) -> tuple[Numbers, Numbers]:
    return np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)]), np.concatenate([[0.0], np.cumsum(usual)])


def _fit(y: Numbers, f: Numbers) -> Numbers:
    """Log likelihood of stretches with y posts where f bins' worth of the usual would be, at their own level, up to a
    constant."""
    return np.asarray(y * np.log(np.maximum(y, 1e-12) / f), np.float64)


def _levels(counts: Counts, usual: Numbers, price: float) -> list[int]:
    """First bins of the levels, and the number of bins."""
    y, f = _sums(counts, usual)
    n = len(counts)
    best, came = np.zeros(n + 1), np.zeros(n + 1, np.int64)
    best[0] = price  # the first level is free
    for end in range(1, n + 1):
        gain = best[:end] + _fit(y[end] - y[:end], f[end] - f[:end]) - price
        came[end] = int(np.argmax(gain))
        best[end] = gain[came[end]]
    bounds = [n]
    while bounds[-1]:
        bounds.append(int(came[bounds[-1]]))
    return bounds[::-1]


def _interval(y: Numbers, f: Numbers, before: int, after: int, wide: float) -> tuple[int, int]:
    """Where between two other changes this one lies, with 95% of its likelihood, spread evenly beforehand."""
    at = np.arange(before + 1, after)
    fit = (_fit(y[at] - y[before], f[at] - f[before]) + _fit(y[after] - y[at], f[after] - f[at])) / wide
    weight = np.cumsum(np.exp(fit - fit.max()))
    low, high = np.searchsorted(weight, np.array([0.025, 0.975]) * weight[-1])
    return int(at[low]), int(at[min(int(high), len(at) - 1)])
