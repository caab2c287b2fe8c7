"""Which accounts act with *somebody* more often than accounts of an ordinary crowd do: the test of accounts.

Operations that rotate their accounts show no pair twice; each of their accounts still has a partner at nearly every post.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from inconcert.detect.layer import Layer
from inconcert.network.reference import Rates
from inconcert.network.synchrony import BINS, Synchrony, popularity_bin
from inconcert.network.tails import mixed_binomials_upper

Floats = NDArray[np.float64]

MIN_OBJECTS = 3
"""Fewest shared objects at which an account can be raised: fewer cannot carry the lowest level."""


@dataclass(frozen=True)
class AccountTests:
    """account: (T,) codes; window: (T,) index; n_objects, hits: (T,); expected: (T,); p_values: (T,)."""

    kind: str
    account: NDArray[np.int64]
    window: NDArray[np.int64]
    n_objects: NDArray[np.int64]
    hits: NDArray[np.int64]
    expected: Floats
    p_values: Floats


def account_tests(first: Layer, measured: Synchrony, rates: Rates) -> AccountTests:
    """Poisson-binomial upper tails of T = objects on which somebody else acted within the window.

    One row an account with a shared object and a window. Each object counts at the reference rate of its popularity bin;
    what is unsure about the reference, and how much ordinary accounts differ, is integrated. Rows of fewer than
    MIN_OBJECTS objects rank accounts, and take no part in the multiplicity: they could never be reported.
    """
    bins = popularity_bin(measured.popularity)[first.object]
    objects = np.zeros((first.n_accounts, len(BINS)), dtype=np.int64)
    np.add.at(objects, (first.account, bins), 1)
    tested = np.flatnonzero(objects.sum(axis=1) > 0)
    trials = objects[tested]
    columns: dict[str, list[NDArray[np.generic]]] = {n: [] for n in ("window", "hits", "expected", "p")}
    for w in range(len(measured.windows_us)):
        hits = np.bincount(first.account[measured.partner <= w], minlength=first.n_accounts)[tested]
        rows, inverse = np.unique(np.column_stack([trials, hits]), axis=0, return_inverse=True)
        p = mixed_binomials_upper(
            np.ascontiguousarray(rows[:, :-1]), np.ascontiguousarray(rows[:, -1]), rates.account[w], rates.account_sd[w]
        )
        columns["window"].append(np.full(len(tested), w))
        columns["hits"].append(hits)
        columns["expected"].append(trials @ expit(rates.account[w]))
        columns["p"].append(p[inverse.ravel()])
    return AccountTests(
        first.kind,
        np.tile(tested, len(measured.windows_us)),
        np.concatenate(columns["window"]).astype(np.int64),
        np.tile(trials.sum(axis=1), len(measured.windows_us)),
        np.concatenate(columns["hits"]).astype(np.int64),
        np.concatenate(columns["expected"]).astype(np.float64),
        np.concatenate(columns["p"]).astype(np.float64),
    )
