"""How much ordinary accounts of one crowd differ in synchrony, beyond what popularity and chance explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit, logsumexp

from inconcert.network.accounts import MIN_OBJECTS
from inconcert.network.material import Material
from inconcert.network.synchrony import BINS, popularity_bin

NODES, WEIGHTS = hermegauss(41)
FEWEST = 30
"""Accounts below which nothing is estimated."""


@dataclass(frozen=True)
class Heterogeneity:
    """sd: spread of accounts' rates, logits. accounts: those with MIN_OBJECTS shared objects. rate: share of their actions
    with a partner within the window."""

    sd: float
    accounts: int
    rate: float


def heterogeneity(material: Material, window: int) -> Heterogeneity | None:
    """Fit the accounts of one crowd; None with fewer than FEWEST accounts."""
    first = material.first
    bins = popularity_bin(material.measured.popularity)[first.object]
    trials = np.zeros((first.n_accounts, len(BINS)), dtype=np.int64)
    hits = np.zeros_like(trials)
    np.add.at(trials, (first.account, bins), 1)
    np.add.at(hits, (first.account, bins), (material.measured.partner <= window).astype(np.int64))
    kept = trials.sum(axis=1) >= MIN_OBJECTS
    if kept.sum() < FEWEST:
        return None
    trials, hits = trials[kept], hits[kept]
    return Heterogeneity(fitted_sd(trials, hits), len(trials), float(hits.sum() / trials.sum()))


def fitted_sd(trials: NDArray[np.int64], hits: NDArray[np.int64]) -> float:
    """Maximum likelihood of the spread between rows, logits, of trials and hits (rows, classes).

    Hits of a row in a class are binomial at the class's pooled rate, moved (logits) by a constant of all rows, which the
    spread makes necessary, and by a normal number of the row's own.
    """
    pooled = logit((hits.sum(axis=0) + 0.5) / (trials.sum(axis=0) + 1.0))

    def negative_log_likelihood(parameters: NDArray[np.float64]) -> float:
        shift, log_sd = parameters
        p = np.clip(expit(pooled + shift + np.exp(log_sd) * NODES[:, None]), 1e-12, 1 - 1e-12)
        each = hits @ np.log(p).T + (trials - hits) @ np.log1p(-p).T
        return -float(logsumexp(each + np.log(WEIGHTS / WEIGHTS.sum()), axis=1).sum())

    fit = minimize(negative_log_likelihood, np.array([0.0, np.log(0.5)]), method="Nelder-Mead")
    return float(np.exp(fit.x[1]))
