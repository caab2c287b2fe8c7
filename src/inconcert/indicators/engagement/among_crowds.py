"""A share in one crowd beside the same share in other crowds, which differ among themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from inconcert.indicators.evidence import SPREAD, Ratio, from_p

LEAST = 10
"""Fewer other crowds do not show how far crowds differ."""


@dataclass(frozen=True)
class Among:
    """control: mean share of the other crowds.   crowds: how many.   p_value: chance of so large a share in an
    ordinary crowd.
    ratio: what that is worth."""

    control: float
    crowds: int
    p_value: float
    ratio: Ratio


def among(share: float, n: int, others: NDArray[np.float64], sizes: NDArray[np.int64]) -> Among:
    """share of n in a crowd, against the shares others of crowds of those sizes; ValueError for fewer than LEAST.

    Ordinary crowds have shares of their own, Beta-distributed as far apart as the other crowds are seen to be
    (moments; never closer than the most of SPREAD, and the wider the fewer they are); the p-value is the upper tail of
    that Beta-binomial. Whoever answers a post is not drawn anew from everybody: a test that takes answers as
    independent is not valid here. Where a few crowds in a hundred are of another kind altogether (a petition, a
    drill), they are found too: see the confounders. Where crowds lie four times as far apart as the most of SPREAD and
    only a dozen are there to show it, up to three times as many chances as stated are below .01 (generated crowds).
    """
    crowds = len(others)
    if crowds < LEAST:
        raise ValueError(f"{crowds} other crowds are too few; it needs {LEAST}")
    order = np.lexsort((sizes, others))  # sums must not depend on the names of posts
    others, sizes = others[order], sizes[order]
    rate = (float((others * sizes).sum()) + 0.5) / (float(sizes.sum()) + 1)
    rate = min(max(rate, float(others.mean()), 1e-6), 1 - 1e-6)
    apart = float(((others - rate) ** 2).sum()) / (crowds - 1) / (rate * (1 - rate))
    sampled = float((1 / sizes).mean())  # how far apart crowds of one and the same rate would lie
    spread = (apart - sampled) / (1 - sampled)
    return _tail(share, n, rate, spread, crowds)


def among_assumed(share: float, n: int, rate: float) -> Among:
    """The same against an assumed rate, where there are too few other crowds to look at: as if LEAST had shown it."""
    assumed = _tail(share, n, rate, 0.0, LEAST)
    return Among(assumed.control, 0, assumed.p_value, assumed.ratio)


def _tail(share: float, n: int, rate: float, spread: float, crowds: int) -> Among:
    # wider by one part for the mean, which so few crowds leave uncertain, by four for the spread, which they show too small
    spread = min(max(spread, SPREAD[2]) * (1 + 5 / crowds), 0.9)
    c = 1 / spread - 1
    k = np.arange(math.floor(share * n + 1e-9), n + 1)
    chance = float(np.exp(stats.betabinom.logpmf(k, n, rate * c, (1 - rate) * c)).sum())
    p_value = min(1.0, max(chance, 1e-300))
    return Among(rate, crowds, p_value, from_p(p_value))
