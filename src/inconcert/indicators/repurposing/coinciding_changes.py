"""How unlikely it is that several habits of one account change at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

CHANGED = 0.05
"""p-value up to which a habit counts as changed."""
_HUMPED = (
    1.5  # places of sharpest change are denser in the middle of a history than at its ends, where sides are too short
)


@dataclass(frozen=True)
class HabitChange:
    """habit: which.   p_value: of the change alone.   after: number of the first day with posts after it; before: of the last one before it
    with posts that show this habit.   share: of its variance that the change explains."""

    habit: str
    p_value: float
    before: int
    after: int
    share: float


@dataclass(frozen=True)
class Coincidence:
    """anchor: the sharpest change.   together: all at its moment, the anchor first.   meeting: chance of such closeness were the moments
    independent.   p_value: of at least two habits having changed, and together."""

    anchor: HabitChange
    together: tuple[HabitChange, ...]
    meeting: float
    p_value: float


def coincidence(changes: Sequence[HabitChange], tested: int, active_days: int, close_days: int) -> Coincidence | None:
    """None unless two habits changed, at moments within `close_days` days with posts of each other.

    changes: of habits that changed (p at most CHANGED), abruptly and to stay. tested: habits looked at.

    Two ways in which this comes about by chance are excluded, so p is the larger of two. That at most one habit really changed: the
    second smallest p-value times all but one of the habits (partial conjunction, Benjamini and Heller 2008), valid however the habits
    depend on each other. That several changed, each at a time of its own, as lives go: the other changes' distances from the anchor's
    are shares of the active days; how many are how small, all numbers of changes tried, is held against as many uniform ones.
    """
    if len(changes) < 2:
        return None
    anchor, *others = sorted(changes, key=lambda one: (-one.share, one.habit))
    near = [one for one in others if _apart(one, anchor) <= close_days]
    if not near:
        return None
    shares = [min(1.0, _HUMPED * (2 * _apart(one, anchor) + one.after - one.before) / active_days) for one in others]
    meeting = closest(shares)
    second = sorted([anchor.p_value, *(one.p_value for one in near)])[1]
    p = min(1.0, max(meeting, second * max(1, tested - 1)))
    return Coincidence(anchor, (anchor, *near), meeting, p)


def closest(shares: Sequence[float]) -> float:
    """Upper-tail p-value of n independent shares, uniform on (0, 1] or larger: for each k the chance that k of n are as small as the k
    smallest here, the least of these chances times n."""
    ordered, n = np.sort(shares), len(shares)
    chances = stats.binom.sf(np.arange(n), n, np.minimum(ordered, 1.0))
    return float(min(1.0, n * chances.min()))


def _apart(one: HabitChange, other: HabitChange) -> int:
    """Days with posts between two changes; 0 where both may be the same moment."""
    return max(0, one.before + 1 - other.after, other.before + 1 - one.after)
