"""How soon the next onset comes after given dates, beside all other dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.content.onsets import Onset


@dataclass(frozen=True)
class Nearness:
    """mean: bins to the next onset, over the dates. low, high: the same at either end of the onsets' intervals. usual:
    mean over all shifts of the dates. hits: shifts, none at all among them, that bring dates and onsets as close; of as
    many as there are bins."""

    mean: float
    low: float
    high: float
    usual: float
    hits: int


def nearness(found: Sequence[Onset], n: int, at: NDArray[np.int64], bins: NDArray[np.int64], horizon: int) -> Nearness:
    """How near n bins' onsets are to dates that begin in the bins `at` and last `bins`, at least one date.

    All dates are moved together, round the end, by every number of bins: they keep their distances from each other, the
    counts their course, so that neither bursts of events nor of posts fool it. Bins beyond the horizon count as the
    horizon.
    """
    total = np.zeros(n)
    distance = distances(np.array([one.at for one in found], np.int64), n, horizon)
    for first, length in zip(at, bins, strict=True):
        nearest = np.min([np.roll(distance, -k) for k in range(length)], axis=0)  # it may have been in any of its bins
        total += np.roll(nearest, -int(first))
    ends = []
    for early in (True, False):
        # the onset itself stays the one that was found; only its place within its interval changes
        moved = [_moved(found, int(first), int(length), horizon, early) for first, length in zip(at, bins, strict=True)]
        ends.append(sum(moved) / len(moved))
    mean = float(total[0]) / len(at)
    hits = int(np.count_nonzero(total <= total[0] + 1e-9))
    return Nearness(mean, min(mean, ends[0]), max(mean, ends[1]), float(total.mean()) / len(at), hits)


def distances(at: NDArray[np.int64], n: int, horizon: int) -> NDArray[np.int64]:
    """From each bin to the next onset, at most the horizon; one in the bin before counts as one off: days differ by
    zone."""
    next_one = np.append(at, n + horizon)[np.searchsorted(at, np.arange(n))] - np.arange(n)
    just_before = np.zeros(n, bool)
    just_before[at[at + 1 < n] + 1] = True
    nearest = np.where(just_before, np.minimum(next_one, 1), next_one)
    return np.asarray(np.minimum(nearest, horizon), np.int64)


def _moved(found: Sequence[Onset], first: int, length: int, horizon: int, early: bool) -> int:
    following = next((one for one in found if one.at >= first - 1), None)
    if following is None:
        return horizon
    return min(max(0, (following.low if early else following.high) - (first + length - 1)), horizon)
