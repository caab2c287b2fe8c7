"""The test of pairs: its mean is the double sum over objects, it finds nothing where nothing is, and rings stand out."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.sweep import co_actions
from inconcert.network.bicm import fit
from inconcert.network.multiple import benjamini_hochberg, benjamini_yekutieli, cauchy
from inconcert.network.pairs import (
    LARGEST_P,
    MIN_OBJECTS,
    EdgeTests,
    PairTests,
    combine_pairs,
    exact_p_values,
    exact_upper,
    pair_tests,
    timed_only,
)
from inconcert.network.synchrony import shrunk_rates, synchrony
from inconcert.network.tails import poisson_binomial_upper
from inconcert.schema import WINDOWS_US

from .worlds import DAY, HOUR, MINUTE, SECOND, at_most, crowd, joined, layer, ring

WINDOWS = (MINUTE, HOUR)


def examined(
    data: Layer, windows_us: tuple[int, ...] = WINDOWS, max_accounts: int | None = None, largest_p: float = 1.0
) -> PairTests:
    first = first_actions(data)
    counted = co_actions(first, windows_us, min_objects=1, max_accounts=max_accounts)
    return pair_tests(first, synchrony(first, windows_us), counted, largest_p=largest_p)


def edges(data: Layer, fdr: str = "bh") -> EdgeTests:
    """Combined over all scales of the schema."""
    tests = examined(data, WINDOWS_US)
    return combine_pairs({data.kind: tests}, len(np.unique(data.account)), len(WINDOWS_US) + 1, fdr)


def per_object(data: Layer, scale: int, cap: int) -> np.ndarray:
    """(accounts, objects) chance of touching, and (objects,) of synchrony: the null spelt out; objects above cap left out."""
    first = first_actions(data)
    degree = np.bincount(first.account, minlength=first.n_accounts)
    popularity = np.bincount(first.object, minlength=first.n_objects)
    model = fit(degree, popularity)
    rates = np.column_stack([shrunk_rates(synchrony(first, WINDOWS)), np.ones(first.n_objects)])[:, scale]
    x = dict(zip(model.degrees.tolist(), model.x, strict=True))
    y = dict(zip(model.popularities.tolist(), model.y, strict=True))
    touch = [[x.get(k, 0) * y[n] / (1 + x.get(k, 0) * y[n]) for n in popularity.tolist()] for k in degree.tolist()]
    return np.array(touch), np.where(popularity <= cap, rates, 0.0)


@pytest.mark.parametrize("cap", [None, 12])
def test_the_mean_is_the_double_sum_over_objects(cap: int | None):
    data = crowd(np.random.default_rng(2), accounts=60, objects=60)
    found = examined(data, max_accounts=cap)
    for s in range(len(WINDOWS) + 1):
        touch, rate = per_object(data, s, cap or 10**9)
        for row in range(0, len(found.source), 7):
            i, j = found.source[row], found.target[row]
            assert found.expected[row, s] == pytest.approx(float((touch[i] * touch[j] * rate).sum()), rel=1e-9)
            count, mean = found.counts[row, s], found.expected[row, s]
            expected = poisson.sf(count - 1, mean) if count >= MIN_OBJECTS else 1.0
            assert found.p_values[row, s] == pytest.approx(expected, rel=1e-9)


def test_exact_tails_are_those_of_the_objects_one_by_one():
    """With objects of one popularity sharing their mean chance of synchrony, which makes no tail lighter."""
    data = joined(crowd(np.random.default_rng(3), accounts=50, objects=50), ring(np.random.default_rng(4), [3, 9, 20], accounts=50, objects=6))  # fmt: skip
    found = examined(data)
    rows = np.arange(len(found.source))
    exact = exact_p_values(found, rows)
    popularity = np.bincount(first_actions(data).object)
    for s in range(len(WINDOWS) + 1):
        touch, rate = per_object(data, s, 10**9)
        pooled = np.array([rate[popularity == n].mean() for n in popularity.tolist()])
        for row in np.flatnonzero(found.counts[:, s] >= MIN_OBJECTS)[:60]:
            i, j, count = found.source[row], found.target[row], int(found.counts[row, s])
            one_by_one = poisson_binomial_upper(touch[i] * touch[j] * rate, count)
            assert exact[row, s] == pytest.approx(poisson_binomial_upper(touch[i] * touch[j] * pooled, count), rel=1e-6)
            if count >= found.expected[row, s] + 1:
                assert one_by_one <= exact[row, s] * (1 + 1e-9) <= found.p_values[row, s] * (1 + 2e-9)
    assert (exact[found.counts < MIN_OBJECTS] == 1.0).all()


def exact_fraction(trials: list[int], chances: list[Fraction], count: int) -> Fraction:
    """P(successes >= count) in rational numbers."""
    pmf = [Fraction(1)]
    for n, p in zip(trials, chances, strict=True):
        for _ in range(n):
            pmf = [
                (pmf[k] if k < len(pmf) else 0) * (1 - p) + (pmf[k - 1] * p if k else 0) for k in range(len(pmf) + 1)
            ]
    return sum(pmf[count:], Fraction(0))


@settings(deadline=None, max_examples=60)
@given(classes=st.lists(st.tuples(st.integers(0, 6), st.sampled_from([0, 1, 3, 10, 500, 10**6, 999_999])), min_size=1, max_size=4), count=st.integers(0, 14))  # fmt: skip
def test_exact_upper_equals_rational_arithmetic(classes: list[tuple[int, int]], count: int):
    trials = [n for n, _ in classes]
    chances = [Fraction(p, 10**6) for _, p in classes]
    found = exact_upper(np.array(trials), np.array([float(c) for c in chances]), count, 60)
    assert found == pytest.approx(float(exact_fraction(trials, chances, count)), rel=1e-6, abs=1e-300)


def test_exact_tails_far_below_the_resolution_of_doubles_keep_their_digits():
    trials, chances = [40, 30, 5], [Fraction(1, 10**5), Fraction(1, 10**4), Fraction(1, 100)]
    for count in (8, 15, 30):
        exact = float(exact_fraction(trials, chances, count))
        assert exact < 1e-18
        found = exact_upper(np.array(trials), np.array([float(c) for c in chances]), count, 60)
        assert found == pytest.approx(exact, rel=1e-9)


# Where nobody acts with anybody ----------------------------------------------------------------------------------------

WORLDS = 60


@pytest.fixture(scope="module")
def nulls() -> list[PairTests]:
    """Worlds drawn from the null itself: activity, popularity and each object's own clock decide."""
    return [examined(crowd(np.random.default_rng([11, w])), WINDOWS_US) for w in range(WORLDS)]


@pytest.mark.parametrize("scale", range(len(WINDOWS_US) + 1))
def test_p_values_are_conservative_where_only_the_null_decides(nulls: list[PairTests], scale: int):
    """Pairs of one world depend on each other, so the worlds are the trials: their mean share, with its error."""
    for level in (0.05, 0.01, 0.001):
        share = []
        for t in nulls:
            pairs = len(t.degree) * (len(t.degree) - 1) / 2
            share.append((t.p_values[:, scale] <= level).sum() / pairs)
        assert np.mean(share) <= level + 4 * np.std(share) / np.sqrt(WORLDS)


def test_edges_are_rare_where_only_the_null_decides(nulls: list[PairTests]):
    """Any edge there is a false one, so at q <= .01 at most one world in a hundred may have any."""
    found = 0
    for t in nulls:
        every = combine_pairs({"share": t}, int((t.degree > 0).sum()), len(WINDOWS_US) + 1)
        found += bool((every.q_value <= 0.01).any())
    assert at_most(found, WORLDS, 0.01)


def test_the_null_is_not_conservative_beyond_use(nulls: list[PairTests]):
    """Among active pairs the untimed tail, the least discrete one, is within a small factor of uniform."""
    p = np.concatenate([t.p_values[t.expected[:, -1] > 1.5, -1] for t in nulls])
    assert len(p) > 1_000
    assert 0.1 <= (p <= 0.2).mean() / 0.2 <= 1.5


def test_bursts_of_news_make_no_edges():
    """Forty objects each of which sets a tenth of the crowd off within a minute: the object's own clock explains it."""
    found = 0
    for seed in range(20):
        rng = np.random.default_rng([12, seed])
        rows = [
            (int(a), o, int(o * DAY + rng.exponential(30) * SECOND))
            for o in range(40)
            for a in rng.permutation(250)[:25]
        ]
        data = joined(crowd(rng), layer(rows, accounts=250))
        found += bool((edges(data).q_value <= 0.01).any())
    assert at_most(found, 20, 0.01)


# Rings, and the faults of other programs ---------------------------------------------------------------------------------


def planted(seed: int, members: list[int], **knobs: float) -> tuple[EdgeTests, set[tuple[int, int]]]:
    rng = np.random.default_rng([13, seed])
    data = joined(crowd(rng), ring(rng, members, accounts=250, **knobs))
    found = edges(data)
    chosen = found.q_value <= 0.01
    return found, set(zip(found.source[chosen].tolist(), found.target[chosen].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_a_ring_is_found_pair_by_pair_and_nobody_else(seed: int):
    """Its objects have no other audience, so it hides in their clocks; that it meets at all is what gives it away."""
    members = [5, 40, 77, 130, 201, 249]
    _, found = planted(seed, members, objects=15)
    wanted = set(itertools.combinations(members, 2))
    assert wanted <= found
    assert len(found - wanted) <= 1


def test_a_planted_pair_has_a_small_p_value_and_a_pair_that_meets_too_seldom_one_near_one():
    """Regression, `bicm` 3.4.0: its normal and RNA tails are lower tails, so it picks the pairs that meet too seldom."""
    accounts, rng = 60, np.random.default_rng(14)
    rows = [(int(a), o, int(rng.uniform(0, 20 * DAY))) for o in range(120) for a in 2 + rng.permutation(18)[:11]]
    # two lively accounts keep out of each other's way, all but three times
    rows += [(0, o, o * DAY) for o in range(0, 120, 2)] + [(1, o, o * DAY) for o in (0, 2, 4, *range(1, 120, 2))]
    rows += [(a, 200 + k, int(k * DAY)) for k in range(8) for a in (50, 51)]
    found = examined(layer(rows, accounts=accounts))
    at = {(s, t): row for row, (s, t) in enumerate(zip(found.source.tolist(), found.target.tolist(), strict=True))}
    planted_row, shy_row = at[50, 51], at[0, 1]
    assert found.p_values[planted_row, -1] < 1e-6
    assert exact_p_values(found, np.array([planted_row]))[0, -1] <= found.p_values[planted_row, -1]
    assert MIN_OBJECTS <= found.counts[shy_row, -1] < found.expected[shy_row, -1] / 3
    assert found.p_values[shy_row, -1] > 0.999
    assert exact_p_values(found, np.array([shy_row]))[0, -1] > 0.999


def test_accounts_that_share_their_only_object_are_no_pair():
    """Regression, Pacheco and Luceri: the cosine of two accounts with one object each is 1, so a viral post makes a clique."""
    rng = np.random.default_rng(15)
    viral = layer([(a, 0, a * SECOND) for a in range(150, 250)], accounts=250)
    data = joined(crowd(rng, accounts=250), viral)
    degree = np.bincount(first_actions(data).account, minlength=250)
    found = examined(data)
    once = np.flatnonzero(degree == 1)
    both = np.isin(found.source, once) & np.isin(found.target, once)
    assert both.sum() > 50
    assert (found.p_values[both] == 1.0).all()
    every = edges(data)
    singles = np.isin(every.source, once) | np.isin(every.target, once)
    assert (every.q_value[singles] > 0.01).all()


def test_a_ring_whose_pairs_all_weigh_the_same_is_kept_whole():
    """Regression: percentile rules drop every edge when all weights are equal, and scaling by their range divides by zero."""
    members, rng = [10, 60, 61, 150, 200, 290], np.random.default_rng(21)
    rows = [(a, o, o * DAY) for o in range(12) for a in members]
    rows += [(int(a), 12 + o, int(rng.uniform(0, 20 * DAY))) for o in range(99) for a in 3 * o + np.arange(3)]
    data = layer(rows, accounts=300)
    assert set(examined(data).counts[:, 0][examined(data).counts[:, 0] > 1].tolist()) == {12}
    every = edges(data)
    found = every.q_value <= 0.01
    pairs = set(zip(every.source[found].tolist(), every.target[found].tolist(), strict=True))
    assert pairs == set(itertools.combinations(members, 2))


def test_a_world_in_which_everybody_does_everything_finds_nobody_and_divides_by_nothing():
    rng = np.random.default_rng(22)
    rows = [(a, o, int(o * DAY + rng.uniform(0, HOUR))) for a in range(12) for o in range(9)]
    every = edges(layer(rows, accounts=12))
    assert len(every.q_value) == 66
    assert np.isfinite(every.p_value).all()
    assert (every.q_value > 0.01).all()


# Combination -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fdr", ["bh", "by"])
def test_kinds_and_scales_are_combined_pair_by_pair(fdr: str):
    a = examined(crowd(np.random.default_rng(16), accounts=40, objects=40))
    b = examined(joined(crowd(np.random.default_rng(17), accounts=40, objects=40), ring(np.random.default_rng(18), [1, 2, 3], accounts=40)))  # fmt: skip
    scales = len(WINDOWS) + 1
    found = combine_pairs({"share": a, "url": b}, 40, scales, fdr)
    listed: dict[tuple[int, int], list[float]] = {}
    for t in (a, b):
        for s, u, p in zip(t.source.tolist(), t.target.tolist(), t.p_values.tolist(), strict=True):
            listed.setdefault((s, u), []).extend(p)
    assert list(zip(found.source.tolist(), found.target.tolist(), strict=True)) == sorted(listed)
    padded = [listed[pair] + [1.0] * (2 * scales - len(listed[pair])) for pair in sorted(listed)]
    assert found.p_value == pytest.approx(cauchy(padded, 2 * scales), rel=1e-9)
    procedure = {"bh": benjamini_hochberg, "by": benjamini_yekutieli}[fdr]
    assert found.q_value == pytest.approx(procedure(found.p_value, 40 * 39 // 2), rel=1e-12)


def test_what_may_join_candidates_is_the_timed_scales():
    whole = examined(crowd(np.random.default_rng(19), accounts=40, objects=40))
    timed = timed_only(whole)
    assert timed.p_values.tolist() == whole.p_values[:, :-1].tolist()
    assert timed.counts.tolist() == whole.counts[:, :-1].tolist()
    assert timed.expected.shape == timed.p_values.shape
    assert len(timed.mass) == len(WINDOWS)


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_pairs_that_are_not_kept_could_not_have_been_chosen(seed: int):
    """Chernoff's bound lies above the tail, and a pair that is not listed counts as the largest p."""
    rng = np.random.default_rng(seed)
    data = joined(crowd(rng, accounts=60, objects=80), ring(rng, range(8), accounts=60, objects=12))
    everything, kept = examined(data, WINDOWS_US), examined(data, WINDOWS_US, largest_p=LARGEST_P)
    stored = set(zip(kept.source.tolist(), kept.target.tolist(), strict=True))
    for source, target, p in zip(
        everything.source.tolist(), everything.target.tolist(), everything.p_values, strict=True
    ):
        assert (source, target) in stored or p.min() > LARGEST_P / 20
    accounts, scales = len(np.unique(data.account)), len(WINDOWS_US) + 1
    chosen = []
    for tests in (everything, kept):
        combined = combine_pairs({data.kind: tests}, accounts, scales)
        low = combined.q_value <= 0.01
        chosen.append(list(zip(combined.source[low].tolist(), combined.target[low].tolist(), strict=True)))
    assert chosen[0] == chosen[1]
