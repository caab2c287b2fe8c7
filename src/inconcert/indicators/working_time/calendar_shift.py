"""Whether activity falls, or rises, on the days of a calendar: against the same calendar moved by whole weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

BLOCK_WEEKS: Final = 8
REACH: Final = 2
"""Weeks before and after that say what is usual; with more, news that lasts for weeks passes for a holiday."""


@dataclass(frozen=True)
class Weeks:
    """Posts by day, in whole weeks from Monday: counts of shape (weeks, 7); monday: first day, since 1970."""

    monday: int
    counts: NDArray[np.float64]

    def marked(self, days: frozenset[int]) -> NDArray[np.bool_]:
        """Which of the days are among these, but for the first and last two weeks, which cannot be compared with weeks on both sides:
        shape (weeks, 7)."""
        every = self.monday + np.arange(self.counts.size).reshape(self.counts.shape)
        found = np.isin(every, list(days))
        found[:REACH] = found[max(0, len(found) - REACH) :] = False
        return found

    @property
    def blocks(self) -> list[NDArray[np.int64]]:
        """Numbers of the weeks with others on both sides, in runs of eight or a few more, within which the calendar may move."""
        inner = np.arange(REACH, max(REACH, len(self.counts) - REACH))
        return np.array_split(inner, max(1, len(inner) // BLOCK_WEEKS))


def weeks_of(local_days: NDArray[np.int64]) -> Weeks:
    """Whole weeks between the first and the last of these days (since 1970), days without a post among them."""
    if not len(local_days):
        return Weeks(4, np.zeros((0, 7)))
    # 1970 began on a Thursday: Monday 5 January is day 4
    first = int(local_days.min())
    monday = first + (4 - first) % 7
    n = max(0, (int(local_days.max()) + 1 - monday) // 7)
    inside = local_days[(local_days >= monday) & (local_days < monday + 7 * n)]
    return Weeks(monday, np.bincount(inside - monday, minlength=7 * n).astype(np.float64).reshape(n, 7))


@dataclass(frozen=True)
class Shifted:
    """The days of a calendar, and the same under random moves.

    days: how many. ratio, low, high: posts on them over posts on other days of that weekday in the same weeks, with 95% interval.
    expected: posts such other days would have brought. seen: sum of root counts on the days; drawn: the same under each move.
    """

    days: int
    ratio: float
    low: float
    high: float
    expected: float
    seen: float
    drawn: NDArray[np.float64]

    def chance(self, sign: int) -> float:
        """Chance of as many (sign 1) or as few (sign -1) posts if the calendar did not matter, one-sided."""
        return float((1 + (sign * self.drawn >= sign * self.seen - 1e-9).sum()) / (1 + len(self.drawn)))


def moves(weeks: Weeks, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """By how many weeks each block of the calendar moves in each draw: shape (draws, blocks)."""
    return np.stack([rng.integers(0, len(block), draws) for block in weeks.blocks], axis=1)


def shifted(weeks: Weeks, special: NDArray[np.bool_], other: NDArray[np.bool_], move: NDArray[np.int64]) -> Shifted:
    """special: the days looked at; other: days that are no ordinary ones either (both of shape (weeks, 7), special not empty).

    Posts are taken beyond the level of that weekday in the two weeks before and after, then the calendar moves round by whole weeks
    within blocks, each by itself: weekdays, runs of holidays and seasons stay as they are, so that trends, weekends and events that last
    for days do not pass for a calendar, as they would if single days were exchanged. Root counts, so that one loud day does not decide.
    """
    ordinary = ~(special | other)
    known = _around(ordinary.astype(np.float64))
    level = _around(weeks.counts) / _around(np.ones_like(weeks.counts))
    usual = np.where(known > 0, _around(weeks.counts * ordinary) / np.maximum(known, 1), level)
    root = np.sqrt(weeks.counts + 0.375)
    beyond = root - _around(root) / _around(np.ones_like(root))
    posts, expected = float(weeks.counts[special].sum()), float(usual[special].sum())
    seen = 0.0
    drawn, posts_drawn, level_drawn = np.zeros(len(move)), np.zeros(len(move)), np.zeros(len(move))
    for number, block in enumerate(weeks.blocks):
        mark = special[block]
        if not mark.any():
            continue
        # the block's days, each week in turn as the one on which its calendar begins
        order = (np.arange(len(block))[None, :] + np.arange(len(block))[:, None]) % len(block)
        sums = [(mark[None] * values[block][order]).sum(axis=(1, 2)) for values in (beyond, weeks.counts, level)]
        seen += float(sums[0][0])
        step = move[:, number]
        drawn, posts_drawn, level_drawn = (
            drawn + sums[0][step],
            posts_drawn + sums[1][step],
            level_drawn + sums[2][step],
        )
    ratio = posts / expected if expected else float("nan")
    # of fewer posts than usual the logarithm is less sure than the moves show
    spread = np.var(np.log((posts_drawn + 0.5) / (level_drawn + 0.5))) + max(
        0.0, 1 / (posts + 0.5) - 1 / (expected + 0.5)
    )
    middle, reach = np.log((posts + 0.5) / (expected + 0.5)), 1.96 * np.sqrt(spread)
    low, high = float(np.exp(middle - reach)), float(np.exp(middle + reach))
    return Shifted(int(special.sum()), ratio, min(low, ratio), max(high, ratio), expected, seen, drawn)


def _around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum by weekday over a week and the two before and after, as far as there are: shape (weeks, 7) from the same."""
    total = np.concatenate([np.zeros((1, 7)), np.cumsum(values, axis=0)])
    week, n = np.arange(len(values)), len(values)
    return np.asarray(total[np.minimum(n, week + REACH + 1)] - total[np.maximum(0, week - REACH)], dtype=np.float64)
