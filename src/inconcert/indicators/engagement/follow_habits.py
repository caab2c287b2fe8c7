"""How ordinary accounts with few follows are spread over one list of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from inconcert.indicators.evidence import SPREAD


@dataclass(frozen=True, eq=False)
class Habits:
    """accounts: how many were looked at. rate: share of all follows that goes to the list. alike: correlation of two follows of
    one account, which interests make. surprises, tally: of the accounts that follow any of the list, ascending, and how many
    have each."""

    accounts: int
    rate: float
    alike: float
    surprises: NDArray[np.float64]
    tally: NDArray[np.int64]

    def chance(self, d: int, k: int) -> float:
        """Chance that an account with d follows, at least one of them on the list, has k or more there.

        Beta-binomial; never less than the share of accounts seen that are at least as striking at the rate of the list: where many
        are, it is a habit of the place. An account of no group is one of those seen; so it is never rarer than one of them all,
        for readers of one town are found in any crowd, while a member was singled out by other evidence before.
        """
        c = 1 / (self.alike / (1 - self.alike) + 1 / (self.accounts + 1))
        upper = stats.betabinom.pmf(np.arange(1, d + 1), d, self.rate * c, (1 - self.rate) * c)
        modelled = float(upper[k - 1 :].sum() / upper.sum())
        own = _surprises(np.array([d]), np.array([k]), self.rate)[0]
        as_striking = int(self.tally[self.surprises >= own - 1e-9].sum())
        return min(1.0, max(modelled, as_striking / max(int(self.tally.sum()), 1), 1e-300))


def habits(degrees: Mapping[int, int], seen: Mapping[tuple[int, int], int], share: float) -> Habits:
    """degrees: follows -> accounts with so many. seen: (follows, of them on the list) -> accounts, those with none on it left
    out. share: of all follows of the data that goes to the list.

    The rate is the larger of that among these accounts and that share. The correlation is by moments: how often two follows of
    one account both lie on the list.
    """
    pairs = np.array(sorted(seen), dtype=np.int64).reshape(-1, 2)
    tally = np.array([seen[d, k] for d, k in pairs.tolist()], dtype=np.int64)
    follows, doubles = sum(d * n for d, n in degrees.items()), sum(d * (d - 1) * n for d, n in degrees.items())
    rate = (float((pairs[:, 1] * tally).sum()) + 0.5) / (follows + 1)
    both = float((pairs[:, 1] * (pairs[:, 1] - 1) * tally).sum()) / max(doubles, 1)
    alike = (both - rate**2) / (rate * (1 - rate)) if rate < 1 else 0.0
    rate = min(max(rate, share, 1e-9), 1 - 1e-9)
    surprises = _surprises(pairs[:, 0], pairs[:, 1], rate)
    return Habits(sum(degrees.values()), rate, min(max(alike, SPREAD[1]), 0.99), surprises, tally)


def _surprises(d: NDArray[np.int64], k: NDArray[np.int64], rate: float) -> NDArray[np.float64]:
    """Minus the logarithm of the chance of k or more of d at that rate."""
    return np.asarray(-stats.binom.logsf(k - 1, d, rate), dtype=np.float64)
