"""When a sequence of yes and no changed its rate most sharply, and how likely so sharp a change is in random order.

The statistic is the largest standardised difference |S(t) - E S(t)| / sd S(t) over all moments t, where S(t) counts the yes
among the first t and E and sd are those of a hypergeometric draw. Its null distribution is exact: in random order S walks
upwards with chance (yes left) / (places left), so the chance that it ever leaves the band in which the statistic is smaller
is a sum over the states of the walk. Having looked at every moment is thereby paid for. (The maximally selected statistic of
Miller and Siegmund 1982, computed as Koziol 1991 does.)
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

_ROUNDING = 1e-12  # equal values of the statistic are reached by different sums
_SMALLEST = 1e-300  # no chance is nothing


class Change(NamedTuple):
    """at: place of the first element after the change, the earliest of equally sharp ones.   p_value: in (0, 1]."""

    at: int
    p_value: float


def sharpest_change(yes: NDArray[np.bool_], margin: int) -> Change | None:
    """The sharpest change of rate with at least `margin` elements on either side; None when there is no room for one, or
    fewer than `margin` yes or no in all."""
    n, total = len(yes), int(yes.sum())
    if n < 2 * margin or not margin <= total <= n - margin:
        return None
    at, square = _sharpest(yes, total, margin)
    return Change(int(at), min(1.0, max(_SMALLEST, float(_chance(n, total, margin, square * (1 - _ROUNDING))))))


@njit(cache=True, nogil=True)
def _sharpest(yes, total, margin):
    """Place and squared statistic of the sharpest change."""
    n = len(yes)
    best, at, seen = -1.0, margin, 0
    for t in range(1, n - margin + 1):
        seen += yes[t - 1]
        square = _square(t, seen, n, total)
        if t >= margin and square > best * (1 + _ROUNDING):
            best, at = square, t
    return at, best


@njit(inline="always")
def _square(t, seen, n, total):
    off = seen - t * total / n
    return off * off * n * n * (n - 1) / (t * (n - t) * total * (n - total))


@njit(cache=True, nogil=True)
def _chance(n, total, margin, square):
    """Chance that the statistic reaches the root of `square` somewhere: the mass that leaves the band, summed as it leaves."""
    inside = np.zeros(total + 2)
    inside[0] = 1.0
    left = 0.0
    for t in range(1, n - margin + 1):
        low, high = max(0, t - (n - total)), min(total, t)
        for seen in range(high, low - 1, -1):
            up = inside[seen - 1] * (total - seen + 1) / (n - t + 1) if seen > 0 else 0.0
            stay = inside[seen] * (n - total - (t - 1 - seen)) / (n - t + 1) if seen <= t - 1 else 0.0
            mass = up + stay
            if mass > 0 and t >= margin and _square(t, seen, n, total) >= square:
                left += mass
                mass = 0.0
            inside[seen] = mass
        if low > 0:
            inside[low - 1] = 0.0
    return left
