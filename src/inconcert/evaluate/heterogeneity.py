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
    """Fit by maximum likelihood: hits of an account in a popularity bin are binomial at the bin's rate, shifted (logits) by
    a normal number of the account's own. None with fewer than FEWEST accounts."""
    first = material.first
    trials, hits = _tallies(first.account, popularity_bin(material.measured.popularity)[first.object],
                            material.measured.partner <= window, first.n_accounts)  # fmt: skip
    kept = trials.sum(axis=1) >= MIN_OBJECTS
    trials, hits = trials[kept], hits[kept]
    if len(trials) < FEWEST:
        return None
    pooled = logit((hits.sum(axis=0) + 0.5) / (trials.sum(axis=0) + 1.0))

    def negative_log_likelihood(parameters: NDArray[np.float64]) -> float:
        shift, log_sd = parameters
        eta = pooled[None, :] + shift + np.exp(log_sd) * NODES[:, None]
        p = np.clip(expit(eta), 1e-12, 1 - 1e-12)
        each = hits @ np.log(p).T + (trials - hits) @ np.log1p(-p).T
        return -float(logsumexp(each + np.log(WEIGHTS / WEIGHTS.sum()), axis=1).sum())

    fit = minimize(negative_log_likelihood, np.array([0.0, np.log(0.5)]), method="Nelder-Mead")
    return Heterogeneity(float(np.exp(fit.x[1])), len(trials), float(hits.sum() / trials.sum()))


def _tallies(
    account: NDArray[np.int32], bins: NDArray[np.int64], hit: NDArray[np.bool_], n_accounts: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    trials = np.zeros((n_accounts, len(BINS)), dtype=np.int64)
    hits = np.zeros_like(trials)
    np.add.at(trials, (account, bins), 1)
    np.add.at(hits, (account, bins), hit.astype(np.int64))
    return trials, hits
