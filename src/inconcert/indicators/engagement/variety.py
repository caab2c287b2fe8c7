"""How varied a crowd is, whatever its size: of so many drawn at random, how many are of different kinds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.engagement.wilson import wilson

DRAW = 20
"""How many are drawn. Small, so that crowds that are just large enough to speak of can be compared with huge ones."""


@dataclass(frozen=True)
class Variety:
    """n: size of the crowd.   share: expected share of different kinds in a draw of DRAW, from 1 / DRAW (all alike)
    to 1.   low, high: its 95% interval."""

    n: int
    share: float
    low: float
    high: float


def variety(sizes: NDArray[np.int64], kinds: NDArray[np.int64]) -> Variety:
    """Of a crowd in which kinds[i] kinds have sizes[i] members each; ValueError for a crowd of DRAW or fewer.

    The rarefaction of ecology (Hurlbert 1971), exact: no draw is made. Interval: Wilson's for the share of repeats, at
    the sample size that the jackknife over members of the crowd makes of n: copies of one text are few independent
    observations.
    """
    n = int((sizes * kinds).sum())
    if n <= DRAW:
        raise ValueError(f"a crowd of {n} is too small for draws of {DRAW}")
    share = min(1.0, float((kinds * _met(sizes, n)).sum()) / DRAW)
    # leaving out one member of a kind: everybody else's chance of being met rises a little, that of its kind falls
    without = float((kinds * _met(sizes, n - 1)).sum()) - _met(sizes, n - 1) + _met(sizes - 1, n - 1)
    left_out, weight = without / DRAW, sizes * kinds
    mean = float((weight * left_out).sum()) / n
    variance = (n - 1) / n * float((weight * (left_out - mean) ** 2).sum())
    repeats = 1 - share
    worth = min(float(n), repeats * (1 - repeats) / variance) if variance > 1e-12 else float(n)
    low, high = wilson(repeats, max(worth, 1.0))
    return Variety(n, share, min(1 - high, share), max(1 - low, share))


def _met(sizes: NDArray[np.int64], n: int) -> NDArray[np.float64]:
    """Chance that a draw of DRAW from n meets a kind of that size."""
    # without replacement, member by member; a factor is 0 where fewer others than the draw are left
    left = (n - sizes)[:, None] - np.arange(DRAW)
    missed: NDArray[np.float64] = 1.0 - np.prod(np.maximum(left, 0) / (n - np.arange(DRAW)), axis=1)
    return missed
