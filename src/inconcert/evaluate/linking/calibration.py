"""Whether bits mean what they say: log-likelihood-ratio cost, and how often unrelated pairs reach so many bits.

Cllr (Bruemmer and du Preez 2006) is the mean of log2(1 + 1/LR) over pairs of one operation and of log2(1 + LR) over others, halved: 0 is
perfect, 1 what a method without information gets. Cllr_min is that of the same order of pairs with the best values; the difference is the
loss by calibration.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import isotonic_regression

from inconcert.evaluate.metrics import Share, wilson
from inconcert.linking.verdict import ratio

MOST_BITS = 60.0
"""Ratios of more are taken for this: a logarithm needs an end."""


@dataclass(frozen=True)
class Cost:
    """cllr, and cllr_min of the same ranking at its best."""

    cllr: float
    cllr_min: float


def cost(bits: ArrayLike, same: ArrayLike) -> Cost:
    """The cost of bits taken for log2 of a likelihood ratio; NaN unless there are pairs of both kinds."""
    b, truth = np.asarray(bits, dtype=float), np.asarray(same, dtype=bool)
    if not truth.any() or truth.all():
        return Cost(float("nan"), float("nan"))
    return Cost(_cllr(b, truth), _cllr(best_bits(b, truth), truth))


def best_bits(bits: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Bits in the same order that fit the truth best (pool adjacent violators), classes weighed alike."""
    values, at = np.unique(bits, return_inverse=True)
    hits, all_ = (np.bincount(at, weights=w, minlength=len(values)) for w in (same.astype(float), np.ones(len(bits))))
    weight = hits / same.sum() + (all_ - hits) / (~same).sum()
    share = isotonic_regression(hits / same.sum() / weight, weights=weight).x
    with np.errstate(divide="ignore"):
        found = np.log2(share) - np.log2(1 - share)
    return np.asarray(np.clip(found, -MOST_BITS, MOST_BITS)[at], dtype=np.float64)


def _cllr(bits: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    b = np.clip(bits, -MOST_BITS, MOST_BITS) * np.log(2)
    return float((np.logaddexp(0, -b[same]).mean() + np.logaddexp(0, b[~same]).mean()) / (2 * np.log(2)))


def exceeding(bits: ArrayLike, same: ArrayLike, at: float) -> Share:
    """Share of unrelated pairs with so many bits or more, which must not be above 2^-at."""
    unrelated = np.asarray(bits, dtype=float)[~np.asarray(same, dtype=bool)]
    return wilson(int((unrelated >= at).sum()), len(unrelated))


def ratio_bits(bits: ArrayLike) -> NDArray[np.float64]:
    """log2 of the likelihood ratios that so many bits carry."""
    return np.log2([ratio(b).value for b in np.asarray(bits, dtype=float).ravel().tolist()])


@dataclass(frozen=True)
class Bin:
    """Pairs of like bits, by name. said: mean posterior by their ratio at even odds. low, seen, high: share of pairs of one operation, classes weighed alike."""

    name: str
    pairs: int
    said: float
    low: float
    seen: float
    high: float


_NONE = 1e-9
EDGES = (0.0, _NONE, 2.0, 4.0, 6.0, 8.0, 10.0, 14.0, np.inf)


def bins(bits: ArrayLike, same: ArrayLike) -> list[Bin]:
    """The pairs by bits, at even odds; the first bin holds those without any."""
    b, truth = np.asarray(bits, dtype=float), np.asarray(same, dtype=bool)
    found = []
    for low, high in pairwise(EDGES):
        inside = (b >= low) & (b < high)
        if not inside.any():
            continue
        said = float((1 / (1 + np.exp2(-ratio_bits(b[inside])))).mean())
        # each unrelated pair counts less, as there are more of them: the share at even odds, and the ends of its interval likewise
        odds = (~truth).sum() / truth.sum()
        its = wilson(int(truth[inside].sum()), int(inside.sum()))
        found.append(
            Bin(
                _name(low, high),
                int(inside.sum()),
                said,
                *(s * odds / (s * odds + 1 - s) for s in (its.low, its.value, its.high)),
            )
        )
    return found


def _name(low: float, high: float) -> str:
    if high == _NONE:
        return "none"
    return f"{low:g} or more" if np.isinf(high) else f"{0 if low == _NONE else low:g} to {high:g}"
