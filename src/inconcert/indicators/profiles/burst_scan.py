"""Kulldorff's scan for moments when too many of a group came into being, against the times of a control.

Kulldorff 1997: the window with the largest log likelihood ratio c ln(c / E) + (n - c) ln((n - c) / (n - E)), its chance from the
same maximum in groups drawn at random.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.indicators.profiles.ordinary_groups import keep_company, split, strangers

HITS = 20
"""Draws as extreme as the group after which no more are made: p is hits / draws then (Besag and Clifford 1991)."""
COMPANION_US = (60_000_000.0, 15_552_000_000_000.0)
"""One minute, as at one table, to half a year: how far apart people who know each other sign up, any order of magnitude alike."""
_WORK = 60_000_000


@dataclass(frozen=True)
class Burst:
    """first_us, last_us: of the times in it. window_us: window it was found in. count: of the group. share_control: what the
    control has in that window. p_value: of the largest window in all of them together."""

    first_us: int
    last_us: int
    window_us: int
    count: int
    share_control: float
    p_value: float


def bursts(
    group_us: NDArray[np.int64],
    control_us: NDArray[np.int64],
    windows_us: tuple[int, ...],
    *,
    precision_us: int,
    kin: float,
    draws: int,
    alpha: float,
    rng: np.random.Generator,
) -> list[Burst]:
    """The fullest window, then every further one that does not meet it, as long as p is at most alpha.

    Group and control are pooled and split anew at random, companions added (`ordinary_groups`), so the control's own size and
    the way ordinary groups differ are in the chance. Further windows are held against the maximum of whole draws, which is on
    the safe side. Above 60 million account-draws fewer draws are made, never below 999.
    """
    group, control = np.sort(group_us), np.sort(control_us)
    windows = np.array(windows_us, dtype=np.int64)
    draws = max(min(draws, _WORK // (len(group) + len(control))), min(draws, 999))
    best = _fullest(group, control, windows, len(group))
    pool = np.concatenate([group, control])
    maxima = _ordinary(
        pool, len(group), windows, best[0], precision_us, strangers(kin), *COMPANION_US, draws, HITS, rng
    )
    found: list[Burst] = []
    left = group
    while True:
        hits = int((maxima >= best[0]).sum())
        p = hits / len(maxima) if len(maxima) < draws else (1 + hits) / (1 + draws)
        if found and p > alpha:
            return found
        start, window = int(best[1]), int(best[2])
        inside = (left >= start) & (left < start + window)
        in_control = float(((control >= start) & (control < start + window)).mean())
        found.append(Burst(start, int(left[inside][-1]), window, int(inside.sum()), in_control, min(1.0, p)))
        left = left[~inside]
        if p > alpha or len(left) == 0:
            return found
        best = _fullest(left, control, windows, len(group))


@njit(cache=True, nogil=True)
def _ordinary(pool, n, windows, observed, precision, alone, shortest, longest, draws, hits, rng):
    """Scan maxima of ordinary groups of n, up to `draws`, or until `hits` of them reach the observed one."""
    maxima = np.empty(draws)
    reached = 0
    for draw in range(draws):
        split(pool, n, rng)
        times = pool[:n].astype(np.float64)
        keep_company(times, alone, shortest, longest, rng)
        group = times.astype(np.int64)
        group -= group % precision
        group.sort()
        maxima[draw] = _fullest(group, np.sort(pool[n:]), windows, n)[0]
        reached += maxima[draw] >= observed
        if reached == hits:
            return maxima[: draw + 1]
    return maxima


@njit(cache=True, nogil=True)
def _fullest(group, control, windows, n):
    """(log likelihood ratio, start, window) of the fullest window that begins at a time of the group, all sorted.

    Expected is what the control has in the window, less its standard error, or what its density thereabouts makes of the window's
    length if that is more: in ten minutes a control of hundreds has nobody, and one account there is no rush.
    """
    best, best_start, best_window = -1.0, group[0], windows[0]
    m = len(control)
    near = max(5, int(math.sqrt(m)))
    for window in windows:
        end, low, high, middle = 0, 0, 0, 0
        for i in range(len(group)):
            start = group[i]
            while end < len(group) and group[end] < start + window:
                end += 1
            while low < m and control[low] < start:
                low += 1
            while high < m and control[high] < start + window:
                high += 1
            while middle < m and control[middle] < start + window // 2:
                middle += 1
            first = max(0, middle - near)
            last = min(m - 1, middle + near)
            spread = max(control[last] - control[first], window)
            there = high - low
            share = max((there - math.sqrt(there)) / m, (last - first) / m * (window / spread))
            count, expected = end - i, min(n * share, n - 0.5)
            if count <= expected:
                continue
            ratio = count * math.log(count / expected)
            if count < n:
                ratio += (n - count) * math.log((n - count) / (n - expected))
            if ratio > best:
                best, best_start, best_window = ratio, start, window
    return best, best_start, best_window
