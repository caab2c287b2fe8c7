"""The null of who touches what: degrees come back, and the fit on distinct degrees is the fit on the whole matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from inconcert.errors import InputError
from inconcert.network.bicm import fit


def matrix_fit(incidence: np.ndarray) -> np.ndarray:
    """(accounts, objects) chances of the model of largest likelihood, one fitness an account and an object, no shortcuts."""
    rows, columns = incidence.sum(axis=1), incidence.sum(axis=0)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        a, b = parameters[: len(rows)], parameters[len(rows) :]
        eta = a[:, None] + b
        chance = 1 / (1 + np.exp(-eta))
        gradient = np.concatenate([chance.sum(axis=1) - rows, chance.sum(axis=0) - columns])
        return float(np.logaddexp(0, eta).sum() - rows @ a - columns @ b), gradient

    best = minimize(loss, np.zeros(len(rows) + len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "ftol": 1e-15, "gtol": 1e-10}).x  # fmt: skip
    return 1 / (1 + np.exp(-(best[: len(rows), None] + best[len(rows) :])))


def inner(rng: np.random.Generator, accounts: int, objects: int) -> np.ndarray:
    """A random 0/1 matrix whose rows and columns are neither empty nor full, so that all fitnesses are finite."""
    while True:
        weight = np.outer(rng.lognormal(0, 1, accounts), rng.lognormal(0, 1, objects))
        incidence = (rng.random((accounts, objects)) < 0.6 * weight / (1 + weight)).astype(int)
        rows, columns = incidence.sum(axis=1), incidence.sum(axis=0)
        if rows.min() > 0 and rows.max() < objects and columns.min() > 0 and columns.max() < accounts:
            return incidence


@pytest.mark.parametrize("seed", range(6))
def test_it_equals_the_fit_of_every_account_and_object_on_the_full_matrix(seed: int):
    incidence = inner(np.random.default_rng(seed), 14, 11)
    degree, popularity = incidence.sum(axis=1), incidence.sum(axis=0)
    model = fit(degree, popularity)
    ours = model.probabilities()[np.searchsorted(model.degrees, degree)][:, np.searchsorted(model.popularities, popularity)]  # fmt: skip
    assert ours == pytest.approx(matrix_fit(incidence), abs=2e-4)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), accounts=st.integers(2, 60), objects=st.integers(2, 40))
def test_expected_degrees_are_the_degrees(seed: int, accounts: int, objects: int):
    rng = np.random.default_rng(seed)
    incidence = rng.random((accounts, objects)) < rng.uniform(0.02, 0.5)
    degree, popularity = incidence.sum(axis=1), incidence.sum(axis=0)
    model = fit(degree, popularity)
    chance = model.probabilities()
    assert model.degrees.tolist() == sorted(set(degree[degree > 0].tolist()))
    assert model.popularities.tolist() == sorted(set(popularity[popularity > 0].tolist()))
    assert ((chance >= 0) & (chance <= 1)).all()
    missed = np.abs(chance @ model.objects / model.degrees - 1).max(initial=0)
    assert missed == pytest.approx(model.error, abs=1e-9)
    full = degree.max(initial=0) == (popularity > 0).sum() or popularity.max(initial=0) == (degree > 0).sum()
    if not full:
        assert model.error < 1e-3
        assert model.accounts @ chance == pytest.approx(model.popularities.astype(float), rel=2e-3)


def test_somebody_who_touched_everything_ends_near_one_and_is_reported_as_a_miss():
    incidence = np.ones((4, 5), dtype=int)
    incidence[1:, 2:] = 0
    incidence[1, 3] = 1
    model = fit(incidence.sum(axis=1), incidence.sum(axis=0))
    assert np.isfinite(model.probabilities()).all()
    assert model.probabilities()[-1].min() > 0.9
    assert 0 < model.error < 0.05


def test_zeros_are_left_out_and_nothing_is_a_model_of_nothing():
    with_zeros, without = fit(np.array([2, 0, 1, 1]), np.array([2, 2, 0])), fit(np.array([2, 1, 1]), np.array([2, 2]))
    assert with_zeros.probabilities().tolist() == without.probabilities().tolist()
    empty = fit(np.zeros(3, int), np.zeros(2, int))
    assert empty.probabilities().shape == (0, 0)


def test_degrees_that_cannot_belong_together_are_refused():
    with pytest.raises(InputError, match="do not sum to the same"):
        fit(np.array([2, 1]), np.array([2]))
