"""Likelihood ratios: bounded, monotone, and rarely large where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from inconcert.indicators.evidence import MOST, enrichment, from_p

ALPHA = 0.01
TRIALS = 2_000


def most_expected(rate: float, trials: int) -> int:
    """More false alarms than this in so many trials have a chance below one in a million, at that rate."""
    return int(binom.isf(1e-6, trials, rate))


@given(st.integers(1, 200), st.integers(0, 200), st.integers(1, 500), st.integers(0, 500))
def test_a_share_beside_another_is_bounded_and_grows_with_the_count(n: int, k: int, n_control: int, k_control: int):
    k, k_control = k % (n + 1), k_control % (n_control + 1)
    found = enrichment(k, n, k_control, n_control)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert 0 < found.p_value <= 1
    assert 1 / MOST - 1e-9 <= found.ratio.low <= found.ratio.value <= found.ratio.high <= MOST + 1e-9
    if k < n:
        assert enrichment(k + 1, n, k_control, n_control).p_value <= found.p_value + 1e-12


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.06])
def test_ordinary_groups_are_seldom_raised_however_alike_their_members_are(spread: float):
    rng = np.random.default_rng(11)
    raised = counted = 0
    for _ in range(TRIALS):
        rate = rng.uniform(0.02, 0.6)
        own = rng.beta(rate * (1 / spread - 1), (1 - rate) * (1 / spread - 1)) if spread else rate
        found = enrichment(int(rng.binomial(40, own)), 40, int(rng.binomial(200, rate)), 200)
        raised += found.p_value <= ALPHA
        counted += found.ratio.low >= 3
    assert raised <= most_expected(ALPHA, TRIALS)
    # an e-value of 3 or more has a chance of a third at most; the lower end of the range must do far better
    assert counted <= most_expected(0.02, TRIALS)


def test_a_group_unlike_its_control_is_raised():
    found = enrichment(20, 40, 10, 200)
    assert found.p_value < 0.001
    assert found.ratio.low > 3


def test_no_sample_is_no_comparison():
    for bad in ((0, 0, 1, 10), (1, 10, 0, 0), (11, 10, 1, 10), (-1, 10, 1, 10)):
        with pytest.raises(ValueError, match="no samples"):
            enrichment(*bad)


@given(st.floats(1e-12, 1.0))
def test_a_p_value_is_worth_no_more_than_any_alternative_can_make_of_it(p: float):
    found = from_p(p)
    assert found.low <= found.value <= found.high <= MOST
    if p < 1 / np.e:
        assert found.high <= -1 / (np.e * p * np.log(p)) + 1e-9


def test_the_lower_end_is_an_e_value():
    """Its mean over uniform p-values is at most 1, which is what makes a bet against the null fair (Vovk and Wang 2021)."""
    p = (np.arange(100_000) + 0.5) / 100_000
    assert np.mean([from_p(float(one)).low for one in p]) <= 1.0
