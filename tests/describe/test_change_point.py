"""The p-value of the sharpest change is exact: against all orders of short sequences, and in its rate of false alarms."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from inconcert.describe.change_point import sharpest_change


def statistics(sequence: tuple[bool, ...], margin: int) -> list[float]:
    """The squared statistic at every moment, from its definition."""
    n, total = len(sequence), sum(sequence)
    found = []
    for t in range(margin, n - margin + 1):
        mean = t * total / n
        variance = t * total / n * (n - total) / n * (n - t) / (n - 1)
        found.append((sum(sequence[:t]) - mean) ** 2 / variance)
    return found


@pytest.mark.parametrize(
    ("n", "total", "margin"), [(8, 4, 3), (10, 5, 5), (11, 5, 3), (12, 4, 2), (13, 6, 2), (12, 11, 1)]
)
def test_equals_the_share_of_all_orders_that_are_as_sharp(n: int, total: int, margin: int):
    orders = [tuple(place in chosen for place in range(n)) for chosen in combinations(range(n), total)]
    sharpest = np.array([max(statistics(order, margin)) for order in orders])
    for order, its in list(zip(orders, sharpest, strict=True))[::29]:
        found = sharpest_change(np.array(order), margin)
        assert found is not None
        assert found.p_value == pytest.approx((sharpest >= its - 1e-9).mean())
        assert found.at == margin + int(np.argmax(np.isclose(statistics(order, margin), its)))


def test_the_rate_of_false_alarms_is_kept():
    rng = np.random.default_rng(3)
    runs = 8000
    p = []
    for _ in range(runs):
        n = int(rng.integers(10, 80))
        found = sharpest_change(rng.permutation(n) < rng.integers(5, n - 4), 5)
        assert found is not None
        p.append(found.p_value)
    for alpha in (0.001, 0.01, 0.05, 0.2, 0.5):
        assert np.sum(np.array(p) <= alpha) <= binom.ppf(1 - 1e-4, runs, alpha), alpha


@pytest.mark.parametrize(
    "sequence", [[], [True], [True] * 50, [False] * 50, [True] * 4 + [False] * 46, [True, False] * 4]
)
def test_too_little_tells_nothing(sequence: list[bool]):
    assert sharpest_change(np.array(sequence, dtype=bool), 5) is None


def test_a_clean_break_is_found_where_it_is():
    found = sharpest_change(np.arange(3000) >= 1700, 5)
    assert found is not None
    assert found.at == 1700
    assert 0 < found.p_value < 1e-200


@given(st.lists(st.booleans(), min_size=4, max_size=60), st.integers(1, 6))
def test_turning_yes_and_no_around_changes_nothing(sequence: list[bool], margin: int):
    given_, turned = np.array(sequence), ~np.array(sequence)
    one, other = sharpest_change(given_, margin), sharpest_change(turned, margin)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.at == other.at
        assert one.p_value == pytest.approx(other.p_value)
        assert 0 < one.p_value <= 1
        assert margin <= one.at <= len(sequence) - margin
