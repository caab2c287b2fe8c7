"""Blocks of an account's followers, in the order of following, in which accounts made at one time crowd.

Nobody can follow before their account exists, so the running maximum of creation dates bounds every follow from below (Meeder
et al. 2011). A block of `size` followers is compared with its neighbours, half of `reference` x `size` of them before it and half
after, on accounts that were already 180 days old when the earliest of them followed: how long ago
somebody joined changes slowly among those, while the youngest followers come and go with every list of suggestions. In a band of
60 days, or a few in a row, the block must hold more than chance as a share of all followers, against those before it and against
those after it, and as a share of the old ones, against both. So neither a change of growth counts, which is like one side, nor a
piece of news, which brings old accounts of all ages. (Against both sides together, and with the old accounts of all ages counted
as a band, as the methods of the design first had it, changes of growth and news are flagged: see the tests.)
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

DAY_US = 86_400_000_000
LEAST = 1.5
"""Times as many as neighbours lead one to expect: the mixture of ages always differs a little, and in a history of millions the
smallest difference is beyond chance."""
WIDEST = 8
"""Bands, in a row, that are looked at together: accounts that one seller makes over a year and more lie in several."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Every block that was tested, by size and place; all arrays of one length.

    first, last: places of its first follower and one past its last, from 0.   p_value: of the block, bands paid for.
    q_value: Benjamini-Hochberg over all.   chance: of the account, Simes: the least q-value; None when no block could be tested.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    p_value: NDArray[np.float64]
    q_value: NDArray[np.float64]
    chance: float | None


def bound(created_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """Earliest moment each can have followed, creation dates being given in the order of following."""
    return np.maximum.accumulate(created_us)


def bands(created_us: NDArray[np.int64], band_us: int) -> NDArray[np.int64]:
    """Number of the band each creation date lies in, from 1970."""
    return np.asarray(created_us // band_us, dtype=np.int64)


def windows(created_us: NDArray[np.int64], sizes: Sequence[int], reference: int, old_us: int, band_us: int) -> Windows:
    """Test blocks of every size, half overlapping; at the ends of the history neighbours may be as few as the block."""
    born, follows = bands(created_us, band_us), bound(created_us)
    parts = [
        _scan(born, follows, size, reference * size // 2, old_us, band_us)
        for size in sizes
        if 3 * size <= len(created_us)
    ]
    first = np.concatenate([start for start, _ in parts] or [np.zeros(0, dtype=np.int64)])
    p = np.concatenate([chance for _, chance in parts] or [np.zeros(0)])
    length = np.concatenate(
        [np.full(len(start), size) for size, (start, _) in zip(sizes, parts, strict=False)] or [first]
    )
    tested = np.isfinite(p)
    first, p, length = first[tested], p[tested], length[tested]
    q = false_discovery_control(p) if len(p) else p
    return Windows(first, first + length, p, q, float(q.min()) if len(q) else None)


def telling(
    created_us: NDArray[np.int64], first: int, last: int, reference: int, old_us: int, band_us: int
) -> tuple[int, int, int, float]:
    """(earliest, end, followers, expected): the band, or run of bands, in which that block stands out most.

    earliest, end: microseconds. expected: as many as the side with more of them leads one to expect among as many followers.
    """
    born, follows, size = bands(created_us, band_us), bound(created_us), last - first
    _, b, width, here, expected = _block(
        born, follows, first, size, reference * size // 2, old_us, band_us, int(born.min())
    )
    return b * band_us, (b + width) * band_us, here, expected


@njit(cache=True, nogil=True)
def _scan(born, follows, size, flank, old_us, band_us):
    """(first, p) of every block of the size; NaN where no band is old enough to be looked at."""
    step, lowest = size // 2, born.min()
    count = (len(born) - 3 * size) // step + 1
    starts, chances = np.empty(count, dtype=np.int64), np.empty(count)
    for i in range(count):
        starts[i] = size + i * step
        chances[i] = _block(born, follows, starts[i], size, flank, old_us, band_us, lowest)[0]
    return starts, chances


@njit(cache=True, nogil=True)
def _block(born, follows, first, size, flank, old_us, band_us, lowest):
    """(p, band, width, here, expected): chance of the block, all it was looked at for paid, and the run of bands it is least in.

    Bands too young for the whole neighbourhood before the block are held against the `size` followers next to it.
    """
    low, near = max(0, first - flank), first - size
    ends, near_ends = (follows[low] - old_us) // band_us - lowest, (follows[near] - old_us) // band_us - lowest
    best, tests = (2.0, 0, 1, 0, 0.0), 0
    if ends > 0:
        best, tests = _runs(born, low, first, size, flank, lowest, 0, ends)
    if near_ends > max(ends, 0):
        young, more = _runs(born, near, first, size, flank, lowest, max(ends, 0), near_ends)
        tests += more
        if young[0] < best[0]:
            best = young
    if tests == 0:
        return np.nan, 0, 1, 0, 0.0
    return min(1.0, best[0] * tests), lowest + best[1], best[2], best[3], best[4]


@njit(cache=True, nogil=True)
def _runs(born, low, first, size, flank, lowest, beyond, ends):
    """((p, band, width, here, expected), tests): the best of the bands before ends, and of runs of 2, 4, 8 of them, half
    overlapping, that reach beyond that band."""
    last, high = first + size, min(len(born), first + size + flank)
    counts = np.zeros((3, ends + 1), dtype=np.int64)
    for i in range(low, high):
        b = born[i] - lowest
        if b < ends:
            counts[0 if i < first else 1 if i < last else 2, b + 1] += 1
    for b in range(ends):
        counts[:, b + 1] += counts[:, b]
    best, tests, width = (2.0, 0, 1, 0, 0.0), 0, 1
    while width <= WIDEST and (width < ends or width == 1):
        for b in range(0, ends - width + 1, max(1, width // 2)):
            if b + width > beyond:
                tests += 1
                before, here, after = counts[:, b + width] - counts[:, b]
                p = max(
                    _share_tail(here, size, before, first - low),
                    _share_tail(here, size, after, high - last),
                    _share_among_old_tail(here, counts[1, ends], before + after, counts[0, ends] + counts[2, ends]),
                )
                if p < best[0]:
                    best = (p, b, width, here, max(before * size / (first - low), after * size / (high - last)))
        width *= 2
    return best, tests


@njit(cache=True, nogil=True)
def _share_tail(k, size, k_side, size_side):
    """Chance of k of the k + k_side lying in the block; 1 where they are not LEAST times as many as expected."""
    if k * size_side <= LEAST * k_side * size:
        return 1.0
    return _binomial_tail(k, k + k_side, size / (size + size_side))


@njit(cache=True, nogil=True)
def _share_among_old_tail(k, old, k_sides, old_sides):
    """Chance of k of the block's old followers in a band, beside k_sides of those around it; 1 where they are not LEAST times
    as many as expected."""
    if k * old_sides <= LEAST * k_sides * old:
        return 1.0
    return _hypergeometric_tail(k, old, k + k_sides, old + old_sides)


@njit(cache=True, nogil=True)
def _binomial_tail(k, n, p):
    """Chance of k or more of n, for k above n p."""
    log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
    term = total = 1.0
    for j in range(k, n):
        term *= (n - j) / (j + 1) * p / (1 - p)
        total += term
        if term < 1e-17 * total:
            break
    return min(1.0, math.exp(log) * total)


@njit(cache=True, nogil=True)
def _hypergeometric_tail(k, draws, marked, population):
    """Chance of k or more marked among the draws, for k above what is expected."""
    rest = population - marked
    log = (
        math.lgamma(marked + 1) - math.lgamma(k + 1) - math.lgamma(marked - k + 1)
        + math.lgamma(rest + 1) - math.lgamma(draws - k + 1) - math.lgamma(rest - draws + k + 1)
        - math.lgamma(population + 1) + math.lgamma(draws + 1) + math.lgamma(population - draws + 1)
    )  # fmt: skip
    term = total = 1.0
    for j in range(k, min(draws, marked)):
        term *= (marked - j) * (draws - j) / ((j + 1) * (rest - draws + j + 1))
        total += term
        if term < 1e-17 * total:
            break
    return min(1.0, math.exp(log) * total)
