"""Upper tails: the chance of seeing as much or more when only chance is at work."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, gammainc, ndtr

Floats = NDArray[np.float64]

NODES: Floats = np.linspace(-8.0, 8.0, 81)
"""Right ends of the cells over which a standard normal is integrated; its mass beyond +8 is added as certain."""
WEIGHTS: Floats = np.diff(np.concatenate([[0.0], ndtr(NODES)]))
BEYOND = float(ndtr(-8.0))
EXACT_UP_TO = 120
"""Trials up to which a Poisson-binomial tail is summed exactly; above, the Chernoff bound stands in (conservative)."""


def poisson_upper(counts: ArrayLike, means: ArrayLike) -> Floats:
    """P(Poisson(mean) >= count), elementwise; 1 where count <= 0.

    For count >= mean + 1 it bounds the Poisson-binomial tail of the same mean from above (Hoeffding 1956; Anderson and
    Samuels 1967). Below that it is no bound, but no such count is significant.
    """
    count, mean = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(means, dtype=float))
    return np.where(count <= 0, 1.0, gammainc(np.maximum(count, 1.0), mean))


def poisson_binomial_upper(probabilities: ArrayLike, count: int) -> float:
    """P(successes >= count) of independent trials, exact, by convolution."""
    pmf = np.ones(1)
    for p in np.asarray(probabilities, dtype=float).ravel():
        pmf = np.append(pmf * (1.0 - p), 0.0) + np.append(0.0, pmf * p)
    return 1.0 if count <= 0 else float(min(1.0, pmf[count:].sum()))


STAKES: Floats = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0])
"""Shares of the fortune that the bets of `betting_upper` stake, an equal part of it on each."""


def betting_upper(values: ArrayLike, weights: ArrayLike, logits: ArrayLike, sd: ArrayLike) -> float:
    """Bound on the chance that independent values in [0, 1], of means at most expit(logit), are as high as these.

    Each value x of mean q is bet on: a fortune of 1 becomes the product of 1 + stake (x / q - 1). Its expectation is at most
    1 whatever the values' distributions, so 1 / fortune bounds the p-value (Waudby-Smith and Ramdas 2024); many values at
    their mean cost little, and a few far above it pay much. weights, at most 1: a third of the fortune is bet with stakes
    times them, a third with stakes times their squares; they must not depend on the values. All logits share one standard normal error, times `sd`: doubt about the
    reference, and its spread, are part of the p-value. All arrays (n,).
    """
    x, w, eta, s = (np.ascontiguousarray(a, dtype=float) for a in (values, weights, logits, sd))
    return float(min(1.0, _betting_upper(x, w, eta, s, NODES, WEIGHTS, BEYOND, STAKES))) if len(x) else 1.0


def mixed_binomials_upper(trials: NDArray[np.int64], counts: NDArray[np.int64], logits: Floats, sd: Floats) -> Floats:
    """P(successes >= count) over classes of trials of different rates, the logits sharing one normal error.

    trials: int64 (rows, classes), trials of each class; counts: int64 (rows,); logits, sd: (classes,) of the classes.
    Returns (rows,), in (0, 1]. Rows of more than EXACT_UP_TO trials use the Chernoff bound; rows at or below their
    expectation at the central rates are given 1.
    """
    rates = expit(logits[None, :] + sd[None, :] * NODES[:, None])
    p: Floats = _mixed_binomials(trials, counts, rates, expit(logits), WEIGHTS, BEYOND, EXACT_UP_TO)
    return p


@njit(cache=True, nogil=True)
def _mixed_binomials(trials, counts, rates, central, weights, beyond, exact_up_to):  # type: ignore[no-untyped-def]
    rows, classes = trials.shape
    out = np.ones(rows)
    below = np.empty(exact_up_to + 2)
    for row in range(rows):
        n = trials[row].sum()
        k = counts[row]
        expected = 0.0
        for c in range(classes):
            expected += trials[row, c] * central[c]
        if k <= 0 or k <= expected:
            continue
        p = beyond
        for node in range(len(weights)):
            if n <= exact_up_to:
                below[: k + 1] = 0.0
                below[0] = 1.0
                for c in range(classes):
                    r = rates[node, c]
                    for _ in range(trials[row, c]):
                        for j in range(k - 1, 0, -1):
                            below[j] = below[j] * (1.0 - r) + below[j - 1] * r
                        below[0] *= 1.0 - r
                tail = 1.0 - below[:k].sum()
                if tail < 1e-12:
                    tail = _chernoff(trials[row], k, n, rates[node])
            else:
                tail = _chernoff(trials[row], k, n, rates[node])
            p += weights[node] * min(1.0, max(tail, 0.0))
        out[row] = min(1.0, p)
    return out


@njit(cache=True, nogil=True)
def _chernoff(trials, k, n, rates):  # type: ignore[no-untyped-def]
    mean = 0.0
    for c in range(len(trials)):
        mean += trials[c] * rates[c]
    r = min(max(mean / n, 1e-12), 1.0 - 1e-12)
    x = k / n
    if x <= r:
        return 1.0
    divergence = x * np.log(x / r)
    if x < 1.0:
        divergence += (1.0 - x) * np.log((1.0 - x) / (1.0 - r))
    return np.exp(-n * divergence)


@njit(cache=True, nogil=True)
def _betting_upper(values, weights, logits, sd, nodes, mass, beyond, stakes):  # type: ignore[no-untyped-def]
    p = beyond
    logs = np.empty((3, len(stakes)))
    # from the largest error down: once the bound at a node is nothing, it is less at all that follow
    for node in range(len(nodes) - 1, -1, -1):
        logs[:] = 0.0
        for i in range(len(values)):
            rate = 1.0 / (1.0 + np.exp(-(logits[i] + sd[i] * nodes[node])))
            gain = values[i] / rate - 1.0
            for k in range(len(stakes)):
                stake = stakes[k]
                for power in range(3):
                    won = 1.0 + stake * gain
                    logs[power, k] += np.log(won) if won > 0.0 else -np.inf
                    stake *= weights[i]
        best = logs.max()
        fortune = best + np.log(np.exp(logs - best).sum() / logs.size) if best > -np.inf else best
        bound = np.exp(-fortune) if fortune > 0.0 else 1.0
        p += mass[node] * bound
        if bound < 1e-300:
            break
    return p
