"""Metrics against their definitions, written out naively."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from inconcert.evaluate.metrics import THRESHOLDS, auc, average_precision, exceedances, spread, wilson

ranked = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=40)


@given(ranked)
def test_auc_is_the_chance_that_a_positive_one_scores_higher(rows: list[tuple[int, bool]]) -> None:
    above = [
        1.0 if a > b else 0.5 if a == b else 0.0 for a, positive in rows if positive for b, other in rows if not other
    ]
    found = auc([a for a, _ in rows], [positive for _, positive in rows])
    assert math.isnan(found) if not above else found == pytest.approx(sum(above) / len(above))


@given(ranked)
def test_average_precision_sums_precision_at_each_distinct_score(rows: list[tuple[int, bool]]) -> None:
    positives = sum(positive for _, positive in rows)
    expected, recall = 0.0, 0.0
    for threshold in sorted({score for score, _ in rows}, reverse=True):
        taken = [positive for score, positive in rows if score >= threshold]
        now = sum(taken) / positives if positives else 0.0
        expected += (now - recall) * sum(taken) / len(taken)
        recall = now
    found = average_precision([score for score, _ in rows], [positive for _, positive in rows])
    assert math.isnan(found) if not positives else found == pytest.approx(expected)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_score_interval(case: tuple[int, int]) -> None:
    hits, trials = case
    known = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    found = wilson(hits, trials)
    assert found.value == hits / trials
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-12)


def test_a_share_of_nothing_is_unknown() -> None:
    found = wilson(0, 0)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, 1.0)
    assert all(math.isnan(each) for each in spread([]))


@given(st.lists(st.floats(0, 1), max_size=50), st.integers(0, 20))
def test_exceedances_count_what_lies_at_or_below(p_values: list[float], unlisted: int) -> None:
    found = exceedances(np.array(p_values), len(p_values) + unlisted)
    assert found.tolist() == [len(p_values) + unlisted, *(sum(p <= at for p in p_values) for at in THRESHOLDS)]
    assert exceedances(np.array(p_values))[0] == len(p_values)
