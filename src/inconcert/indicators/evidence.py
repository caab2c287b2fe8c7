"""How much a measure speaks for something out of the ordinary: likelihood ratios with ranges, and what they rest on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

MOST = 100.0
"""No single measure counts for more: models of ordinary behaviour are wrong in their tails."""
SPREAD = (0.005, 0.02, 0.06)
"""Overdispersion (intraclass correlation) between ordinary groups, least, usual and most: people who know each other resemble
each other in when they joined, what they use and how they name themselves."""


@dataclass(frozen=True)
class Ratio:
    """A likelihood ratio and its range."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Enrichment:
    """A share in a group beside that of a control.

    share, low, high: of the group, with its 95% interval (Wilson). control: share in the control. p_value: chance of so many in an ordinary
    group. ratio: against that.
    """

    share: float
    low: float
    high: float
    control: float
    p_value: float
    ratio: Ratio


def enrichment(k: int, n: int, k_control: int, n_control: int) -> Enrichment:
    """k of n in the group against k_control of n_control in its control, both samples not empty (ValueError).

    An ordinary group has a rate of its own, Beta-distributed about that of the control, as far apart as groups of people who know
    each other are (SPREAD) and as unsure as a control of that size leaves it: the p-value is the upper tail of that Beta-binomial. The
    ratio compares it with a group of any higher rate; its range is over SPREAD and the 95% interval of the control's rate.
    """
    if not (0 <= k <= n and 0 <= k_control <= n_control and n and n_control):
        raise ValueError(f"{k} of {n} against {k_control} of {n_control} are no samples")
    interval = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    rate = (k_control + 0.5) / (n_control + 1)
    ends = stats.beta.ppf([0.025, 0.975], k_control + 0.5, n_control - k_control + 0.5)
    middle = _ratio(k, n, rate, _concentration(SPREAD[1], n_control))
    range_ = [
        _ratio(k, n, float(r), _concentration(spread, n_control)) for spread in SPREAD for r in (ends[0], rate, ends[1])
    ]
    c = _concentration(SPREAD[2], n_control)
    p = float(stats.betabinom.pmf(np.arange(k, n + 1), n, rate * c, (1 - rate) * c).sum())
    return Enrichment(
        share=k / n,
        low=float(interval.low),
        high=float(interval.high),
        control=k_control / n_control,
        p_value=min(1.0, max(p, 1e-300)),
        ratio=Ratio(middle, min(range_), max(range_)),
    )


def _concentration(spread: float, n_control: int) -> float:
    """How tightly ordinary groups lie about the control's rate: its own uncertainty and their spread together."""
    return 1 / (spread / (1 - spread) + 1 / (n_control + 1))


def _ratio(k: int, n: int, rate: float, c: float) -> float:
    """Chance of k of n at any rate above `rate`, over that in an ordinary group about it; at most MOST, at least 1 / MOST."""
    rate = min(max(rate, 1e-9), 1 - 1e-9)
    above = stats.beta.logsf(rate, k + 1, n - k + 1) - math.log(n + 1) - math.log1p(-rate)
    ordinary = stats.betabinom.logpmf(k, n, rate * c, (1 - rate) * c)
    return float(np.exp(np.clip(above - ordinary, -math.log(MOST), math.log(MOST))))


def from_p(p_value: float) -> Ratio:
    """What a p-value is worth as a likelihood ratio: from 1 / (2 sqrt p), which is valid for any alternative (an e-value; Vovk and Wang
    2021), to the most any alternative can make of it, -1 / (e p ln p) (Sellke, Bayarri and Berger 2001); 1 above 1/e."""
    low = min(MOST, 1 / (2 * math.sqrt(p_value)))
    high = min(MOST, -1 / (math.e * p_value * math.log(p_value))) if p_value < 1 / math.e else 1.0
    low = min(low, high)
    return Ratio(math.sqrt(low * high), low, high)
