"""Who acts with whom more than activity, popularity and the objects' own clocks explain: the test of pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.detect.counts import CoActions
from inconcert.detect.layer import Layer
from inconcert.network import bicm
from inconcert.network.multiple import FALSE_DISCOVERY, cauchy_tail, cauchy_terms
from inconcert.network.synchrony import Synchrony, shrunk_rates
from inconcert.network.tails import poisson_upper

Floats = NDArray[np.float64]

EXTRA = 60
"""Terms of a tail summed beyond the observed count; the rest is below 1e-20 of the first where it matters."""
LARGEST_P = 0.001
"""Pairs whose p-values all lie above, by Chernoff's bound, are not kept: nine in ten, and none could be chosen or join others."""
MIN_OBJECTS = 2
"""Fewest distinct objects at which a pair is tested; one common object never names two accounts."""


@dataclass(frozen=True)
class PairTests:
    """Pairs of one kind that came near to anything: source, target (P,) account codes; counts int32 (P, W+1), the last column untimed;
    expected, p_values float (P, W+1). model, degree (accounts,) and mass (W+1, popularities): what the null was made of,
    mass being the summed chance of synchrony of the objects of each popularity."""

    kind: str
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    counts: NDArray[np.int32]
    expected: Floats
    p_values: Floats
    model: bicm.Bicm
    degree: NDArray[np.int64]
    mass: Floats


def pair_tests(first: Layer, measured: Synchrony, counted: CoActions, *, largest_p: float = LARGEST_P) -> PairTests:
    """Poisson upper tails of co-action counts under the null of activity x popularity x object's own synchrony.

    The mean for accounts of degrees k, l is the sum over objects of p_ko p_lo q_o: p from the bipartite configuration
    model, q the object's own shrunk chance of falling within the window (1 when untimed). It is tabulated over distinct
    degrees. Objects beyond the popularity cap of a scale (`counted.max_accounts`) are left out of its mean as of its count.
    largest_p: pairs are kept that may be as low at one scale; 1 for all.
    """
    degree = np.bincount(first.account, minlength=first.n_accounts)
    model = bicm.fit(degree, measured.popularity.astype(np.int64))
    rates = np.concatenate([shrunk_rates(measured), np.ones((len(measured.popularity), 1))], axis=1)
    place = np.searchsorted(model.popularities, measured.popularity)
    mass = np.zeros((counted.n.shape[1], len(model.popularities)))
    chance = model.probabilities()
    means = np.zeros((counted.n.shape[1], len(model.degrees), len(model.degrees)))
    for s in range(len(mass)):
        within = (measured.popularity >= 2) & (measured.popularity <= counted.max_accounts[s])
        mass[s] = np.bincount(place[within], weights=rates[within, s], minlength=len(model.popularities))
        means[s] = (chance * mass[s]) @ chance.T
    class_of = np.searchsorted(model.degrees, degree)
    near = promising(counted.source, counted.target, counted.n, class_of, means, MIN_OBJECTS, np.log(largest_p))
    kept = np.flatnonzero(near | (largest_p >= 1.0))
    source, target, n = counted.source[kept], counted.target[kept], counted.n[kept]
    expected = means[:, class_of[source], class_of[target]].T
    p_values = np.where(n >= MIN_OBJECTS, poisson_upper(n, expected), 1.0)
    return PairTests(first.kind, source, target, n, expected, p_values, model, degree, mass)


def timed_only(tests: PairTests) -> PairTests:
    """The same without the untimed scale: what may join candidates, since liking the same things is not synchrony."""
    return replace(
        tests,
        counts=tests.counts[:, :-1],
        expected=tests.expected[:, :-1],
        p_values=tests.p_values[:, :-1],
        mass=tests.mass[:-1],
    )


def exact_p_values(tests: PairTests, rows: NDArray[np.int64]) -> Floats:
    """(rows, W+1): Poisson-binomial upper tails, exact given the classes of the null; 1 where a count is not tested.

    Objects of one popularity enter with their mean chance of synchrony, which never makes the tail lighter (Hoeffding 1956).
    """
    chance = tests.model.probabilities()
    x = np.searchsorted(tests.model.degrees, tests.degree[tests.source[rows]])
    y = np.searchsorted(tests.model.degrees, tests.degree[tests.target[rows]])
    out = np.ones((len(rows), tests.counts.shape[1]))
    known: dict[tuple[int, int, int, int], float] = {}
    trials = tests.model.objects
    for i, row in enumerate(rows):
        for s, count in enumerate(tests.counts[row]):
            if count < MIN_OBJECTS:
                continue
            key = (int(min(x[i], y[i])), int(max(x[i], y[i])), s, int(count))
            if key not in known:
                mean = np.divide(tests.mass[s], trials, out=np.zeros(len(trials)), where=trials > 0)
                known[key] = float(exact_upper(trials, chance[x[i]] * chance[y[i]] * mean, int(count), EXTRA))
            out[i, s] = min(1.0, known[key])
    return out


@dataclass(frozen=True)
class EdgeTests:
    """Pairs over all kinds: source, target (E,) codes, sorted; p_value (E,) the Cauchy combination over kinds and scales,
    q_value (E,) over all pairs of accounts."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    p_value: Floats
    q_value: Floats


def combine_pairs(tests: Mapping[str, PairTests], accounts: int, n_scales: int, fdr: str = "bh") -> EdgeTests:
    """One p-value a pair over kinds and scales, and q-values over all accounts x (accounts - 1) / 2 pairs.

    accounts: those that could have been paired; pairs without a tested count have p = 1 and are not stored.
    """
    keys = {kind: t.source.astype(np.int64) * 2**31 + t.target for kind, t in tests.items()}
    union = np.unique(np.concatenate(list(keys.values())))
    total, listed = np.zeros(len(union)), np.zeros(len(union), dtype=np.int64)
    for kind, key in keys.items():
        at = np.searchsorted(union, key)
        total[at] += cauchy_terms(tests[kind].p_values).sum(axis=1)
        listed[at] += n_scales
    p = cauchy_tail(total, listed, len(tests) * n_scales)
    q = FALSE_DISCOVERY[fdr](p, accounts * (accounts - 1) // 2)
    return EdgeTests((union // 2**31).astype(np.int32), (union % 2**31).astype(np.int32), p, q)


@njit(cache=True, nogil=True)
def promising(source, target, n, class_of, means, fewest, log_p):  # type: ignore[no-untyped-def]
    """bool (P,): whether Chernoff's bound on the Poisson tail of a count falls to exp(log_p) at one scale."""
    out = np.zeros(len(source), dtype=np.bool_)
    for i in range(len(source)):
        x, y = class_of[source[i]], class_of[target[i]]
        for s in range(n.shape[1]):
            count, mean = n[i, s], means[s, x, y]
            if count < fewest or count <= mean:
                continue
            if mean <= 0.0 or count - mean - count * np.log(count / mean) <= log_p:
                out[i] = True
                break
    return out


@njit(cache=True, nogil=True)
def exact_upper(trials, probabilities, count, extra):  # type: ignore[no-untyped-def]
    """P(successes >= count) when trials[c] trials succeed with probabilities[c] each: Poisson-binomial, summed term by
    term from `count` to count + extra, so that tails far below 1e-16 keep their digits."""
    size = count + extra + 1
    pmf = np.zeros(size)
    pmf[0] = 1.0
    term = np.empty(size)
    for c in range(len(trials)):
        n, p = trials[c], probabilities[c]
        if p <= 0.0 or n == 0:
            continue
        p = min(p, 1.0 - 1e-12)
        top = min(n, size - 1)
        term[0] = np.exp(n * np.log1p(-p))
        for j in range(1, top + 1):
            term[j] = term[j - 1] * (n - j + 1) / j * p / (1.0 - p)
        for s in range(size - 1, -1, -1):
            total = 0.0
            for j in range(min(s, top) + 1):
                total += pmf[s - j] * term[j]
            pmf[s] = total
    return pmf[count:].sum()
