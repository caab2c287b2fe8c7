"""Monte Carlo p-values that stop drawing once they are sure of being large."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

ENOUGH = 20
"""Draws as high as what was observed after which a p-value is settled (Besag and Clifford 1991)."""
CHUNK = 100

Floats = NDArray[np.float64]


def sequential_p(draw: Callable[[int], Floats], observed: Floats, most: int) -> tuple[Floats, Floats]:
    """Valid upper-tail p-values of several statistics that are drawn together, and the draws made.

    draw(k): k draws under the null, shape (k, statistics). observed: (statistics,). most: draws at most.
    A statistic that was reached ENOUGH times by draw l has p = ENOUGH / l; else p = (1 + times reached) / (1 + draws).
    Returns p, shape (statistics,), and the draws, shape (draws made, statistics).
    """
    made: list[Floats] = []
    reached = np.zeros(len(observed), dtype=np.int64)
    left = most
    while left and (not made or reached.min() < ENOUGH):
        made.append(draw(min(CHUNK, left)))
        left -= len(made[-1])
        reached += (made[-1] >= observed).sum(axis=0)
    draws = np.concatenate(made)
    hits = np.cumsum(draws >= observed, axis=0)
    p = (1.0 + hits[-1]) / (1.0 + len(draws))
    for column in np.flatnonzero(hits[-1] >= ENOUGH):
        p[column] = ENOUGH / (1 + int(np.searchsorted(hits[:, column], ENOUGH)))
    return p, draws
