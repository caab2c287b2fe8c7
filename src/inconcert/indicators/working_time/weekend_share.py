"""What part of posts falls on Saturday and Sunday, when posts of one account, and of one week, resemble each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

EVEN: Final = 2 / 7


@dataclass(frozen=True)
class Weekend:
    """share with its 95% interval; p_value: two-sided chance of a share so far from 2/7 if all days were alike."""

    share: float
    low: float
    high: float
    p_value: float


def weekend(account: NDArray[np.int64], local_day: NDArray[np.int64]) -> Weekend:
    """Of posts by account and local day (since 1970), of at least two accounts and two weeks.

    Variance clustered by account and by week (Cameron, Gelbach and Miller 2011), Student's t with one degree of freedom less than the fewer of
    the two; a binomial test of the posts would take every news week for a habit.
    """
    # 1970 began on a Thursday
    week, weekday = np.divmod(local_day + 3, 7)
    is_free = (weekday >= 5).astype(np.float64)
    share = float(is_free.mean())
    off = is_free - share
    _, a = np.unique(account, return_inverse=True)
    _, w = np.unique(week, return_inverse=True)
    units = (int(a.max()) + 1, int(w.max()) + 1)
    cell = np.unique(a * units[1] + w, return_inverse=True)[1]
    by_account, by_week = (
        (np.bincount(code, off) ** 2).sum() * n / (n - 1) for code, n in zip((a, w), units, strict=True)
    )
    # never below that of independent posts at the even share
    alone = len(off) * EVEN * (1 - EVEN)
    variance = max(by_account + by_week - (np.bincount(cell, off) ** 2).sum(), by_account, by_week, alone)
    error = float(np.sqrt(variance)) / len(off)
    df = min(units) - 1
    reach = float(t.ppf(0.975, df)) * error
    p = float(2 * t.sf(abs(share - EVEN) / error, df))
    return Weekend(share, max(0.0, share - reach), min(1.0, share + reach), min(1.0, max(p, 1e-12)))
