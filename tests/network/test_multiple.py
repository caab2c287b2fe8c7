"""False discovery procedures against their definitions; combined p-values against the formula and by simulation."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from inconcert.network.multiple import (
    FALSE_DISCOVERY,
    LARGEST,
    benjamini_hochberg,
    benjamini_yekutieli,
    cauchy,
    cauchy_tail,
    cauchy_terms,
    twice_the_median,
)

from .worlds import at_most

p_lists = st.lists(st.one_of(st.floats(0.0, 1.0), st.sampled_from([0.0, 1e-300, 1e-12, 0.01, 1.0])), max_size=12)
DRAWS = 20_000


def naive_q(p_values: list[float], tests: int) -> list[float]:
    """Least p(k) m / k over the k that reject the p-value, each with all the p-values as small."""
    return [
        min(1.0, *(other * tests / sum(x <= other for x in p_values) for other in p_values if other >= p))
        for p in p_values
    ]


@given(p_values=p_lists, unlisted=st.integers(0, 10**9))
def test_benjamini_hochberg_is_the_step_up_procedure_over_all_tests_made(p_values: list[float], unlisted: int):
    tests = len(p_values) + unlisted
    q = benjamini_hochberg(p_values, tests)
    assert q.tolist() == pytest.approx(naive_q(p_values, tests), rel=1e-12)
    for alpha in (0.01, 0.05, 0.5):
        ordered = sorted(p_values)
        rejected = max((k for k, p in enumerate(ordered, 1) if p <= k * alpha / tests * (1 + 1e-12)), default=0)
        assert (q <= alpha * (1 + 1e-12)).sum() == sum(p <= ordered[rejected - 1] for p in p_values) * (rejected > 0)


@given(p_values=p_lists, unlisted=st.integers(0, 3_000))
def test_benjamini_yekutieli_pays_the_harmonic_sum(p_values: list[float], unlisted: int):
    tests = len(p_values) + unlisted
    harmonic = float(sum((Fraction(1, i) for i in range(1, tests + 1)), Fraction(0))) if tests < 60 else math.fsum(1 / i for i in range(1, tests + 1))  # fmt: skip
    expected = [min(1.0, q * harmonic) for q in naive_q(p_values, tests)]
    assert benjamini_yekutieli(p_values, tests).tolist() == pytest.approx(expected, rel=1e-9)


def test_the_harmonic_sum_of_many_tests_is_not_approximated_visibly():
    """Above a million tests a formula stands in for the sum; it must go on where the sum ended."""
    tests = 1_000_001
    exact = 1e-9 * tests * math.fsum(1 / i for i in range(1, tests + 1))
    assert benjamini_yekutieli([1e-9], tests)[0] == pytest.approx(exact, rel=1e-12)


def test_fewer_tests_than_p_values_cannot_be_claimed_and_nothing_gives_nothing():
    assert benjamini_hochberg([0.01, 0.02], 1).tolist() == benjamini_hochberg([0.01, 0.02], 2).tolist()
    for procedure in FALSE_DISCOVERY.values():
        assert len(procedure([], 10)) == 0


@given(rows=st.lists(st.lists(st.floats(1e-9, 1.0), min_size=3, max_size=3), min_size=1, max_size=5))
def test_cauchy_is_the_published_formula(rows: list[list[float]]):
    expected = [
        0.5 - math.atan(sum(math.tan((0.5 - min(p, LARGEST)) * math.pi) for p in row) / 3) / math.pi for row in rows
    ]
    assert cauchy(rows, 3).tolist() == pytest.approx(expected, rel=1e-5, abs=1e-15)


@given(p=st.floats(1e-290, 1e-6), others=st.lists(st.floats(0.05, 1.0), max_size=6))
def test_one_tiny_p_value_is_worth_itself_times_the_tests_combined(p: float, others: list[float]):
    k = 1 + len(others)
    assert cauchy([[p, *others]], k)[0] == pytest.approx(p * k, rel=1e-3)


@pytest.mark.parametrize("p", [1e-11, 2e-12, 1.0001e-12, 0.9999e-12, 1e-13, 1e-40, 1e-299])
def test_tiny_p_values_keep_their_digits_on_both_sides_of_the_change_of_formula(p: float):
    assert cauchy([[p]], 1)[0] == pytest.approx(p, rel=1e-3)


def test_a_p_value_of_zero_is_the_smallest_and_one_outweighs_nothing():
    assert 0 < cauchy([[0.0]], 1)[0] <= 1e-299
    assert cauchy([[1e-10, 1.0]], 2)[0] == pytest.approx(2e-10, rel=1e-6)


@given(row=st.lists(st.floats(1e-12, 1.0), min_size=1, max_size=4), unlisted=st.integers(0, 50))
def test_tests_that_are_not_listed_count_as_ones(row: list[float], unlisted: int):
    padded = [*row, *[1.0] * unlisted]
    combined = cauchy([row], len(padded))[0]
    assert combined == pytest.approx(cauchy([padded], len(padded))[0], rel=1e-9)
    terms = cauchy_terms([row])
    assert cauchy_tail(terms.sum(axis=1), [len(row)], len(padded))[0] == combined


def joint_uniforms(rng: np.random.Generator, k: int, correlation: float) -> np.ndarray:
    """(DRAWS, k) p-values under the null, equally correlated on the normal scale."""
    common, own = rng.normal(size=(DRAWS, 1)), rng.normal(size=(DRAWS, k))
    uniform: np.ndarray = ndtr(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own)
    return uniform


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
def test_cauchy_is_valid_in_the_tail_under_dependence(correlation: float):
    p = cauchy(joint_uniforms(np.random.default_rng(5), 12, correlation), 12)
    for alpha in (0.001, 0.01):
        # Liu and Xie: valid as alpha goes to 0; at these levels the excess they report is below a tenth
        assert at_most(int((p <= alpha).sum()), DRAWS, 1.1 * alpha)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_twice_the_median_is_valid_under_dependence(correlation: float, k: int):
    p = np.array([twice_the_median(row) for row in joint_uniforms(np.random.default_rng(6), k, correlation)])
    for alpha in (0.01, 0.05, 0.5):
        assert at_most(int((p <= alpha).sum()), DRAWS, alpha)


def test_twice_the_median_is_valid_when_p_values_conspire():
    """The worst dependence: three of five are small together, and the other two make up for it elsewhere."""
    rng, alpha = np.random.default_rng(7), 0.05
    p = rng.uniform(alpha / 2, 1, (DRAWS, 5))
    for row in np.flatnonzero(rng.random(DRAWS) < 5 / 3 * alpha / 2):
        p[row, rng.choice(5, 3, replace=False)] = rng.uniform(0, alpha / 2, 3)
    assert abs((p <= alpha / 2).mean() - alpha / 2) < 0.003  # each of them is uniform where it matters
    assert at_most(sum(twice_the_median(row) <= alpha for row in p), DRAWS, alpha)


@given(p_values=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=7))
def test_twice_the_median_is_what_it_says(p_values: list[float]):
    ordered, n = sorted(p_values), len(p_values)
    middle = ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2
    assert twice_the_median(p_values) == pytest.approx(min(1.0, 2 * middle))
