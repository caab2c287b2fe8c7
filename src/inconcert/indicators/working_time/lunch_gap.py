"""Whether people stop for lunch: fewer posts from 12 to 14 local time than in the two hours before and after."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.local_share import Clocks, in_hours

BEFORE: Final = (10, 11)
LUNCH: Final = (12, 13)
AFTER: Final = (14, 15)
_CELLS = 8_000_000


def gap_chance(acts: Acts, at: Clocks, draws: int, rng: np.random.Generator) -> float:
    """Chance of so few posts at lunch if the three times of two hours were alike, 0 < p <= 1, one-sided.

    Within each unit the three are exchanged at random: with posts as units that is the conditional binomial (lunch | all six hours, 1/3);
    here units are accounts, and then days, and the larger chance counts, for posts of an account, or of one day's news, come together.
    Each clock pays for its share of the doubt about the offset: the least of p / weight (weighted Bonferroni).
    """
    worst = np.zeros(len(at.offsets))
    for unit in (acts.account, acts.day):
        worst = np.maximum(worst, _exchanged(acts, unit, at.offsets, draws, rng))
    return float(min(1.0, (worst / at.weights).min()))


def _exchanged(
    acts: Acts, unit: NDArray[np.int64], offsets: NDArray[np.int64], draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    blocks = [in_hours(acts, unit, hours, offsets) for hours in (BEFORE, LUNCH, AFTER)]
    table = np.concatenate(blocks, axis=1)
    order = np.lexsort(table.T)
    # the root of a unit's posts, lest one outweigh the rest
    weight = 1 / np.sqrt(np.maximum(1.0, np.sum(blocks, axis=0)))
    blocks = [(block * weight)[order] for block in blocks]
    seen = blocks[1].sum(axis=0)
    hits, step = np.zeros(len(offsets)), max(1, _CELLS // max(1, len(table)))
    for start in range(0, draws, step):
        which = rng.integers(0, 3, (min(step, draws - start), len(table)), dtype=np.int8)
        drawn = sum((which == k).astype(np.float64) @ block for k, block in enumerate(blocks))
        hits += (drawn <= seen + 1e-9).sum(axis=0)
    return np.asarray((1 + hits) / (1 + draws), dtype=np.float64)
