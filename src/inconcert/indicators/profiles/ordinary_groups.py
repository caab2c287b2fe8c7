"""Groups as ordinary life makes them, drawn from a pool of accounts: some members know each other and came together.

The draw is Blackwell and MacQueen's urn (1973): each further member is, with a chance that grows with those already there, the
companion of one of them, and like them but for a while between. Shares of such groups in any long stretch are Beta-binomial, with
the intraclass correlation that `evidence.SPREAD` gives.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import math

from numba import njit

KIN = 0.02
"""Intraclass correlation among members of an ordinary group: the usual one of `evidence.SPREAD`."""


def strangers(kin: float) -> float:
    """How many members come alone before one in two comes along with another, for an intraclass correlation in (0, 1)."""
    return (1 - kin) / kin


@njit(cache=True, nogil=True)
def split(pool, n, rng):
    """Shuffle the pool in place so that its first n are a random draw without replacement."""
    for i in range(n):
        j = rng.integers(i, len(pool))
        pool[i], pool[j] = pool[j], pool[i]


@njit(cache=True, nogil=True)
def keep_company(group, alone, shortest, longest, rng):
    """Give members companions in place: with chance i / (alone + i), member i takes an earlier one's place, off by a
    log-uniform lag from shortest to longest in either direction."""
    ratio = math.log(longest / shortest)
    for i in range(1, len(group)):
        if rng.random() * (alone + i) < i:
            lag = shortest * math.exp(rng.random() * ratio)
            group[i] = group[rng.integers(0, i)] + (lag if rng.random() < 0.5 else -lag)
