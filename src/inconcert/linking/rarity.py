"""How rare a match is: the chance, in bits, that an unrelated group shows it.

What is estimated from the control is not the chance of the one thing that matched, which is nearly always zero there, but that of a match: that an
ordinary account shows anything published for the operation that is about as rare. A list of a million things meets ordinary accounts
more often than a list of ten, and is worth less a match; a list of what everybody has is worth nothing. Each control account is held
against all others, as the group is: what it shows counts when no more others show it (leave-one-out), which for exchangeable accounts
gives the rate without bias.

The rate used is the upper end of its Clopper-Pearson interval, so that no match is worth more bits than the control is large enough
to tell (the thinking of the empirical lower and upper bounds of likelihood ratios, Vergeer and others 2016).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

CONFIDENCE = 0.95
"""One-sided, of the upper end of the rate in the control."""
COPYING = 0.3
"""How far members of one group copy one another (intraclass correlation): many members with one item are little more than one choice of the
group. On real crowds sharing is less alike than that; a larger value takes more away."""

Floats = NDArray[np.float64]


def rate(showing: ArrayLike, control: int) -> Floats:
    """Upper bound of the share of ordinary accounts that show such a match; 1 without a control. showing: control accounts that do."""
    k = np.asarray(showing, dtype=float)
    if control <= 0:
        return np.ones_like(k)
    upper = stats.beta.ppf(CONFIDENCE, k + 1, np.maximum(control - k, 1e-9))
    return np.asarray(np.where(k >= control, 1.0, upper), dtype=np.float64)


def exposed(rates: ArrayLike, activity: float) -> Floats:
    """The rate of an account that posts `activity` times as much as one of the control; less activity does not lower it."""
    p = np.asarray(rates, dtype=float)
    return np.asarray(-np.expm1(np.log1p(-np.minimum(p, 1 - 1e-12)) * max(1.0, activity)), dtype=np.float64)


def chance(carriers: ArrayLike, members: int, rates: ArrayLike) -> Floats:
    """Chance that at least so many of an unrelated group's members show one match: 1 - (1 - p)^n for one, and for more the larger of the
    binomial tail and that of members who copy one another (beta-binomial). Never less than the rate of one account: what all members
    show may be one choice of one person."""
    k, p = np.broadcast_arrays(np.asarray(carriers, dtype=float), np.asarray(rates, dtype=float))
    p = np.clip(p, 1e-12, 1 - 1e-12)
    alone = stats.binom.sf(k - 1, members, p)
    concentration = 1 / COPYING - 1
    copied = stats.betabinom.sf(k - 1, members, p * concentration, (1 - p) * concentration)
    return np.asarray(np.clip(np.where(k > 1, np.maximum(alone, copied), alone), p, 1.0), dtype=np.float64)


def together(carriers: int, members: int, rate: float) -> float:
    """Bits of the chance that at least so many of an unrelated group's members show anything of that rate, each for itself.

    All that they show together is no rarer: whoever shows one published thing is likely to show more of them, however rare each is."""
    if carriers <= 0:
        return 0.0
    return max(0.0, float(-stats.binom.logsf(carriers - 1, members, min(max(rate, 1e-12), 1.0)) / np.log(2)))


def joint(bits: Iterable[float], kinds: int) -> float:
    """Bits of several independent pieces of evidence together: less than their sum, since many pairs of middling ones reach the same sum.

    Matches of an unrelated group come like points of a Poisson process, one of each chance and kind; the expected number of sets of k with a product of
    chances so small is kinds^k / k! times the tail of a gamma distribution (Fisher 1932). Of all k the one that tells most stands. That there are
    so many kinds is paid for once, with the comparisons.
    """
    total = np.cumsum(sorted(bits, reverse=True))
    k = np.arange(1, len(total) + 1)
    tail = np.log2(np.maximum(special.gammaincc(k, total * np.log(2)), 1e-300))
    dearer = total + tail + (k - 1) * np.log2(max(1, kinds)) - special.gammaln(k + 1) / np.log(2)
    return float(np.max(total - np.maximum(0.0, dearer), initial=0.0))


def bits(chances: ArrayLike) -> Floats:
    """-log2 of a chance."""
    return np.asarray(np.maximum(0.0, -np.log2(np.asarray(chances, dtype=float))), dtype=np.float64)


NEAR_COSTS = 2.0
"""Bits that a near match is worth less than an exact one: one in four such likenesses would have to be the same hand."""


def price(comparisons: int) -> float:
    """Bits to pay for having compared so often: a hit by chance is that much likelier."""
    return float(np.log2(max(1, comparisons)))
