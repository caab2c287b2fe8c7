"""What happens at some hours of the local clock, while that clock itself is only known with doubt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.offset_posterior import OFFSETS

_REPLICATES = 999
_UNLIKELY = 0.005


@dataclass(frozen=True)
class Clocks:
    """Offsets worth a thought (quarter hours) and their probabilities, which add to 1."""

    offsets: NDArray[np.int64]
    weights: NDArray[np.float64]


def clocks(probabilities: NDArray[np.float64]) -> Clocks:
    """Of the probabilities of OFFSETS, those above half a per cent."""
    kept = probabilities > _UNLIKELY
    return Clocks(OFFSETS[kept], probabilities[kept] / probabilities[kept].sum())


def in_hours(
    acts: Acts, unit: NDArray[np.int64], hours: Collection[int], offsets: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Posts of each unit (an account, a day) in these local hours, at each offset: shape (units, offsets)."""
    _, code, size = np.unique(unit, return_inverse=True, return_counts=True)
    wanted = np.isin(np.arange(24), list(hours))
    return np.stack(
        [np.bincount(code, wanted[((acts.quarter + offset) % 96) // 4], len(size)) for offset in offsets], axis=1
    )


def ratio(
    acts: Acts, top: Collection[int], bottom: Collection[int], at: Clocks, rng: np.random.Generator
) -> tuple[float, float, float]:
    """Posts in the hours `top` over those in the hours `bottom`, averaged over the clocks, with its 95% interval; nan where nothing lies in
    `bottom`.

    Bootstrap of accounts and of days, each draw at a clock of its own; the interval reaches from the lower of the two to the higher.
    """
    value = float("nan")
    ends: list[NDArray[np.float64]] = []
    for unit in (acts.account, acts.day):
        a, b = in_hours(acts, unit, top, at.offsets), in_hours(acts, unit, bottom, at.offsets)
        # by content, so that the names of accounts play no part in which are drawn
        order = np.lexsort(np.concatenate([a, b], axis=1).T)
        a, b = a[order], b[order]
        value = _over(float(a.sum(axis=0) @ at.weights), float(b.sum(axis=0) @ at.weights))
        clock = rng.choice(len(at.offsets), _REPLICATES, p=at.weights)
        rows = np.arange(_REPLICATES)
        times = rng.multinomial(len(a), np.full(len(a), 1 / len(a)), _REPLICATES).astype(np.float64)
        above, below = (times @ a)[rows, clock], (times @ b)[rows, clock]
        drawn = np.divide(above, below, out=np.full(_REPLICATES, np.nan), where=below > 0)
        drawn = drawn[np.isfinite(drawn)]
        if len(drawn):
            ends.append(np.quantile(drawn, [0.025, 0.975]))
    if not ends:
        return value, value, value
    return value, min(value, *(float(e[0]) for e in ends)), max(value, *(float(e[1]) for e in ends))


def _over(a: float, b: float) -> float:
    return a / b if b else float("nan")
