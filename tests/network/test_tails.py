"""Upper tails against exact sums, and bounds against the exact probability of every outcome."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import norm, poisson

from inconcert.network.tails import (
    EXACT_UP_TO,
    betting_upper,
    mixed_binomials_upper,
    poisson_binomial_upper,
    poisson_upper,
)

chances = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=9)
logits = st.floats(-6.0, 3.0)


def enumerated(probabilities: list[float], count: int) -> float:
    """P(successes >= count), one outcome after the other."""
    return math.fsum(
        math.prod(p if hit else 1 - p for p, hit in zip(probabilities, outcome, strict=True))
        for outcome in itertools.product((0, 1), repeat=len(probabilities))
        if sum(outcome) >= count
    )


@given(count=st.integers(-3, 60), mean=st.floats(1e-6, 80.0))
def test_poisson_tail_is_that_of_scipy(count: int, mean: float):
    assert poisson_upper(count, mean) == pytest.approx(poisson.sf(count - 1, mean), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(("count", "mean"), [(20, Fraction(1, 10_000)), (3, Fraction(1, 10**9)), (40, Fraction(1, 4))])
def test_poisson_tails_far_below_the_resolution_of_doubles_keep_their_digits(count: int, mean: Fraction):
    terms = [mean**j / math.factorial(j) for j in range(count, count + 40)]
    exact = float(sum(terms)) * math.exp(-mean)
    assert exact < 1e-16
    assert poisson_upper(count, float(mean)) == pytest.approx(exact, rel=1e-9)


def test_a_count_of_nothing_is_certain_whatever_the_mean():
    assert poisson_upper([[0, -1], [1, 0]], [0.0, 5.0]).tolist() == [[1.0, 1.0], [0.0, 1.0]]


@given(probabilities=chances, count=st.integers(-1, 11))
def test_poisson_binomial_tail_is_the_sum_over_outcomes(probabilities: list[float], count: int):
    assert poisson_binomial_upper(probabilities, count) == pytest.approx(enumerated(probabilities, count), abs=1e-12)


@given(probabilities=chances, count=st.integers(1, 9))
def test_poisson_tail_bounds_the_poisson_binomial_one_above_its_mean(probabilities: list[float], count: int):
    """Hoeffding 1956: what lets pairs be screened by Poisson tails."""
    assume(count >= sum(probabilities) + 1)
    assert poisson_upper(count, sum(probabilities)) >= enumerated(probabilities, count) - 1e-12


def mixed(trials: list[int], count: int, eta: list[float], sd: float) -> float:
    """One row of mixed_binomials_upper, all classes of one sd."""
    row = np.array([trials], dtype=np.int64)
    return float(mixed_binomials_upper(row, np.array([count]), np.array(eta), np.full(len(eta), sd))[0])


@settings(deadline=None)
@given(trials=st.lists(st.integers(0, 4), min_size=2, max_size=2), eta=st.lists(logits, min_size=2, max_size=2), count=st.integers(1, 8))  # fmt: skip
def test_without_doubt_the_mixed_tail_is_the_plain_one(trials: list[int], eta: list[float], count: int):
    assume(count <= sum(trials))
    rates = expit(eta)
    exact = enumerated([r for r, n in zip(rates, trials, strict=True) for _ in range(n)], count)
    found = mixed(trials, count, eta, 0.0)
    if count <= np.dot(trials, rates):
        assert found == 1.0
    else:
        assert found >= exact * (1 - 1e-9)
        if exact > 1e-9:
            assert found == pytest.approx(exact, rel=1e-4)


@settings(deadline=None)
@given(trials=st.lists(st.integers(0, 300), min_size=2, max_size=3), excess=st.integers(1, 60), data=st.data())
def test_rows_too_long_to_sum_are_bounded_from_above(trials: list[int], excess: int, data: st.DataObject):
    assume(sum(trials) > EXACT_UP_TO)
    eta = data.draw(st.lists(logits, min_size=len(trials), max_size=len(trials)))
    count = min(int(np.dot(trials, expit(eta))) + excess, sum(trials))
    exact = poisson_binomial_upper(np.repeat(expit(eta), trials), count)
    assert mixed(trials, count, eta, 0.0) >= exact * (1 - 1e-9)


@settings(deadline=None)
@given(n=st.integers(3, 30), eta=st.floats(-5.0, -0.5), count=st.integers(2, 30), sd=st.floats(0.05, 1.5))
def test_doubt_about_the_rate_never_strengthens_evidence(n: int, eta: float, count: int, sd: float):
    count = min(count, n)
    plain = mixed([n], count, [eta], 0.0)
    assume(plain <= 0.05)
    less, more = mixed([n], count, [eta], sd), mixed([n], count, [eta], 1.3 * sd)
    assert plain <= less * (1 + 1e-6)
    assert less <= more * (1 + 1e-6)


@settings(deadline=None, max_examples=60)
@given(trials=st.lists(st.integers(0, 5), min_size=2, max_size=2), eta=st.lists(logits, min_size=2, max_size=2), sd=st.lists(st.floats(0.0, 2.0), min_size=2, max_size=2))  # fmt: skip
def test_the_mixed_tail_bounds_the_probability_under_a_rate_that_is_itself_uncertain(
    trials: list[int], eta: list[float], sd: list[float]
):
    error = np.linspace(-7.9, 7.9, 80)  # middles of cells
    mass = norm.pdf(error) / norm.pdf(error).sum()
    rates = expit(np.array(eta) + np.array(sd) * error[:, None])
    for count in range(1, sum(trials) + 1):
        exact = mass @ [poisson_binomial_upper(np.repeat(each, trials), count) for each in rates]
        row = np.array([trials], dtype=np.int64)
        found = mixed_binomials_upper(row, np.array([count]), np.array(eta), np.array(sd))[0]
        assert found >= exact * (1 - 1e-9)


# Betting -------------------------------------------------------------------------------------------------------------

support = st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.01, 1.0)), min_size=1, max_size=3)
"""Values in [0, 1] with their weights: one trial's distribution."""


@settings(deadline=None, max_examples=80)
@given(trials=st.lists(support, min_size=1, max_size=4), weights=st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4), slack=st.floats(0.0, 2.0))  # fmt: skip
def test_betting_pays_at_most_its_stake_whatever_the_distributions(
    trials: list[list[tuple[float, float]]], weights: list[float], slack: float
):
    """Every outcome enumerated: the fortune 1 / p has expectation at most 1, so p is below alpha with chance at most alpha.

    slack: how far, in logits, the true mean lies below the one that is tested.
    """
    distributions = [[(v, w / sum(w for _, w in one)) for v, w in one] for one in trials]
    means = np.array([sum(v * w for v, w in one) for one in distributions])
    assume(means.min() > 1e-6)
    eta = np.log(means / np.maximum(1 - means, 1e-12)) + slack
    expectation, tail = 0.0, []
    for outcome in itertools.product(*distributions):
        chance = math.prod(w for _, w in outcome)
        p = betting_upper([v for v, _ in outcome], weights[: len(trials)], eta, np.zeros(len(trials)))
        assert 0.0 < p <= 1.0
        expectation += chance / p if p < 1.0 else 0.0
        tail.append((p, chance))
    assert expectation <= 1.0 + 1e-9
    for alpha, _ in tail:
        assert sum(c for p, c in tail if p <= alpha) <= alpha + 1e-9


@settings(deadline=None, max_examples=40)
@given(eta=st.lists(logits, min_size=1, max_size=6), data=st.data())
def test_betting_bounds_the_tail_when_the_rates_share_an_error(eta: list[float], data: st.DataObject):
    n = len(eta)
    sd = np.array(data.draw(st.lists(st.floats(0.0, 2.0), min_size=n, max_size=n)))
    weights = data.draw(st.lists(st.floats(0.0, 1.0), min_size=n, max_size=n))
    error = norm.ppf((np.arange(200) + 0.5) / 200)
    rates = expit(np.array(eta) + sd * error[:, None])
    outcomes = np.array(list(itertools.product((0.0, 1.0), repeat=n)))
    chance = np.array([np.prod(np.where(o > 0, rates, 1 - rates), axis=1).mean() for o in outcomes])
    p = np.array([betting_upper(o, weights, eta, sd) for o in outcomes])
    for alpha in p:
        assert chance[p <= alpha].sum() <= alpha * (1 + 1e-6) + 1e-12


@settings(deadline=None)
@given(n=st.integers(8, 60), eta=st.floats(-4.0, 0.0), sd=st.floats(0.1, 1.0))
def test_betting_is_less_sure_of_less_and_under_more_doubt(n: int, eta: float, sd: float):
    ones, rates = np.ones(n), np.full(n, eta)
    sure = betting_upper(ones, ones, rates, np.zeros(n))
    assert sure < 0.1
    assert sure <= betting_upper(ones, ones, rates, np.full(n, sd)) * (1 + 1e-9)
    some = np.concatenate([ones[: n // 2], np.zeros(n - n // 2)])
    assert sure <= betting_upper(some, ones, rates, np.zeros(n)) * (1 + 1e-9)


def test_betting_has_power_and_asks_for_no_values():
    assert betting_upper([], [], [], []) == 1.0
    n = 30
    assert betting_upper(np.ones(n), np.ones(n), np.full(n, -1.0), np.full(n, 0.5)) < 1e-3
    assert betting_upper(np.full(n, 0.2), np.ones(n), np.full(n, -1.0), np.zeros(n)) == 1.0


def test_many_values_at_their_mean_do_not_drown_a_few_far_above_it():
    """Cover traffic: two hundred ordinary meetings and eight objects on which the whole group met at once."""
    values = np.concatenate([np.full(200, 0.1), np.ones(8)])
    weights = np.concatenate([np.full(200, 0.05), np.ones(8)])
    eta = np.full(208, np.log(0.1 / 0.9))
    assert betting_upper(values, weights, eta, np.zeros(208)) < 1e-4
