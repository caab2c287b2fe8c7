"""Many tests at once: false discovery rates over all tests made, and one p-value from several."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LARGEST = 0.99
"""p-values are cut here before a Cauchy combination: a p of exactly 1 would outweigh any evidence."""


def benjamini_hochberg(p_values: ArrayLike, tests: int | None = None) -> Floats:
    """q-values, same order. tests: how many tests were made in all; those not listed count as p = 1.

    Benjamini and Hochberg 1995. Holds for independent and positively dependent tests.
    """
    p = np.asarray(p_values, dtype=float)
    m = len(p) if tests is None else max(tests, len(p))
    order = np.argsort(p, kind="stable")
    q = p[order] * m / np.arange(1, len(p) + 1)
    q = np.minimum(np.minimum.accumulate(q[::-1])[::-1], 1.0)
    out = np.empty(len(p))
    out[order] = q
    return out


def benjamini_yekutieli(p_values: ArrayLike, tests: int | None = None) -> Floats:
    """q-values under any dependence: Benjamini-Hochberg times 1 + 1/2 + ... + 1/m (Benjamini and Yekutieli 2001)."""
    p = np.asarray(p_values, dtype=float)
    m = len(p) if tests is None else max(tests, len(p))
    harmonic = (
        float(np.log(m) + np.euler_gamma + 1 / (2 * m)) if m > 1_000_000 else float(np.sum(1.0 / np.arange(1, m + 1)))
    )
    return np.minimum(benjamini_hochberg(p, m) * harmonic, 1.0)


FALSE_DISCOVERY = {"bh": benjamini_hochberg, "by": benjamini_yekutieli}
"""Procedure by its option name."""


def cauchy(p_values: ArrayLike, combined: int) -> Floats:
    """One p-value a row from p_values (rows, k), valid in the tail under any dependence (Liu and Xie 2020).

    combined: tests combined in all, at least k; those not listed count as LARGEST, as does every larger p.
    """
    p = np.asarray(p_values, dtype=float)
    return cauchy_tail(cauchy_terms(p).sum(axis=1), p.shape[1], combined)


def cauchy_terms(p_values: ArrayLike) -> Floats:
    """tan((1/2 - p) pi) of each p-value, cut at LARGEST; sums of them can be built up a part at a time."""
    p = np.minimum(np.asarray(p_values, dtype=float), LARGEST)
    # near 0 the tangent is 1 / (p pi), and the difference from 1/2 has lost all its digits
    terms: Floats = np.where(p < 1e-12, 1.0 / (np.maximum(p, 1e-300) * np.pi), np.tan((0.5 - p) * np.pi))
    return terms


def cauchy_tail(total: Floats, listed: ArrayLike, combined: int) -> Floats:
    """p-values of sums of `listed` terms; the other tests up to `combined` count as LARGEST."""
    mean = (total + (combined - np.asarray(listed)) * np.tan((0.5 - LARGEST) * np.pi)) / max(combined, 1)
    p: Floats = np.where(mean > 1e12, 1.0 / (np.maximum(mean, 1e-300) * np.pi), 0.5 - np.arctan(mean) / np.pi)
    return p


def twice_the_median(p_values: ArrayLike) -> float:
    """One p-value from several valid ones of any dependence: twice the median (Meinshausen, Meier and Buehlmann 2009)."""
    return float(min(1.0, 2.0 * np.median(np.asarray(p_values, dtype=float))))
