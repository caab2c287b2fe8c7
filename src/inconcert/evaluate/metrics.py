"""How well scores rank, how sure a share is, and how p-values are distributed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, rankdata

CONFIDENCE = 0.95
THRESHOLDS = (0.1, 0.05, 0.01, 0.001)
"""Where the distribution of p-values is looked at: of valid ones no more than that share lies at or below each."""


@dataclass(frozen=True)
class Share:
    """hits of trials, with a Wilson interval; the share is NaN and the interval [0, 1] when there were no trials."""

    hits: int
    trials: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """hits / trials."""
        return self.hits / self.trials if self.trials else float("nan")


def wilson(hits: int, trials: int, confidence: float = CONFIDENCE) -> Share:
    """Score interval of a binomial share (Wilson 1927), two-sided. Trials must be independent for it to hold."""
    if trials == 0:
        return Share(0, 0, 0.0, 1.0)
    z2 = float(norm.ppf(0.5 + confidence / 2)) ** 2
    centre = (hits + z2 / 2) / (trials + z2)
    half = sqrt(z2 * (hits * (trials - hits) / trials + z2 / 4)) / (trials + z2)
    low = 0.0 if hits == 0 else centre - half
    return Share(hits, trials, low, 1.0 if hits == trials else centre + half)


def auc(scores: ArrayLike, positive: ArrayLike) -> float:
    """Chance that a positive one scores above a negative one, ties counting half; NaN unless there are both."""
    score, truth = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    n_positive, n_negative = int(truth.sum()), int((~truth).sum())
    if not n_positive or not n_negative:
        return float("nan")
    above = rankdata(score)[truth].sum() - n_positive * (n_positive + 1) / 2
    return float(above / (n_positive * n_negative))


def average_precision(scores: ArrayLike, positive: ArrayLike) -> float:
    """Sum over thresholds of precision times the recall gained; equal scores enter together. NaN without positive ones."""
    score, truth = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    if not truth.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    last = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    found = np.cumsum(truth[order])[last]
    gained = np.diff(found, prepend=0) / truth.sum()
    return float((gained * found / (last + 1)).sum())


def exceedances(p_values: ArrayLike, tests: int | None = None) -> NDArray[np.int64]:
    """[tests, p-values at or below each of THRESHOLDS]; tests: how many were made, those not listed having p = 1."""
    p = np.asarray(p_values, dtype=float).ravel()
    return np.array([len(p) if tests is None else tests, *((p <= at).sum() for at in THRESHOLDS)], dtype=np.int64)


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Least and largest; NaN for none."""
    return (min(values), max(values)) if values else (float("nan"), float("nan"))
