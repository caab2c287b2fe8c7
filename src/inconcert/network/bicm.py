"""The bipartite configuration model: who touches what, if only activity and popularity decide (Saracco et al. 2015)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bicm:
    """Fitted on distinct degrees: p(account of degree k, object of degree n) = x_k y_n / (1 + x_k y_n).

    degrees: (A,) distinct account degrees, ascending, > 0; accounts: (A,) how many accounts have each.
    popularities: (O,) distinct object degrees; objects: (O,) how many objects have each.
    x: (A,), y: (O,) fitnesses; error: largest relative miss of a degree.
    """

    degrees: NDArray[np.int64]
    accounts: NDArray[np.int64]
    popularities: NDArray[np.int64]
    objects: NDArray[np.int64]
    x: Floats
    y: Floats
    error: float

    def probabilities(self) -> Floats:
        """(A, O): chance that an account of each degree touches an object of each popularity."""
        xy = self.x[:, None] * self.y[None, :]
        return xy / (1.0 + xy)


def fit(
    account_degrees: NDArray[np.int64],
    object_degrees: NDArray[np.int64],
    *,
    tolerance: float = 1e-6,
    sweeps: int = 5_000,
) -> Bicm:
    """Fit to the degrees of accounts and objects (each an int array; zeros are left out), both summing to the same.

    Alternating fixed point with over-relaxation on the distinct degrees: cost A x O a sweep. An account that touches
    every object, or an object that everybody touched, has no finite fitness; it ends near one, its miss in `error`.
    """
    k, accounts = np.unique(account_degrees[account_degrees > 0], return_counts=True)
    n, objects = np.unique(object_degrees[object_degrees > 0], return_counts=True)
    if int((k * accounts).sum()) != int((n * objects).sum()):
        raise InputError("The degrees of accounts and of objects do not sum to the same number of actions.")
    if not len(k):
        empty = np.empty(0)
        return Bicm(k, accounts, n, objects, empty, empty, 0.0)
    total = float((k * accounts).sum())
    x, y = k / np.sqrt(total), n / np.sqrt(total)
    error = np.inf
    for _ in range(sweeps):
        x = k / (objects * y / (1.0 + x[:, None] * y)).sum(axis=1)
        y = n / (accounts[:, None] * x[:, None] / (1.0 + x[:, None] * y)).sum(axis=0)
        xy = x[:, None] * y
        missed = np.abs((objects * xy / (1.0 + xy)).sum(axis=1) / k - 1.0)
        error = float(missed.max())
        if error < tolerance:
            break
    return Bicm(k, accounts, n, objects, x, y, error)
