"""The spread between accounts is recovered from simulated ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from inconcert.evaluate.heterogeneity import fitted_sd


def simulated(sd: float, accounts: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    trials = rng.integers(0, 12, size=(accounts, 3)) + np.array([1, 2, 0])
    logits = np.array([-1.5, -0.5, 1.0]) + sd * rng.normal(size=(accounts, 1))
    return trials, rng.binomial(trials, expit(logits))


@pytest.mark.parametrize("sd", [0.5, 1.0, 2.0])
def test_spread_is_recovered(sd: float) -> None:
    found = [fitted_sd(*simulated(sd, 300, seed)) for seed in range(5)]
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    # within four standard errors of the mean of five samples, and a tenth for the pooled rates being estimated
    assert abs(np.mean(found) - sd) < 4 * error + 0.1 * sd


def test_accounts_that_differ_by_chance_alone_have_little_spread() -> None:
    assert np.mean([fitted_sd(*simulated(0.0, 300, seed)) for seed in range(5)]) < 0.2
