"""Measuring more indicators does not push ordinary accounts towards being somebody's: the strongest of many has paid for being chosen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inconcert.attribution.entered import entered
from inconcert.attribution.finding import Finding
from inconcert.attribution.hypotheses import ORDINARY
from inconcert.attribution.ranges import Range
from inconcert.attribution.selection import paid
from inconcert.indicators.evidence import from_p

from .made import weighing

GROUPS, ALPHA, SURE = 400, 0.05, 1e-6
"""Groups of ordinary accounts; level of the tests; chance at which a bound that holds is broken."""


def measured(
    low: float, point: float | None = None, *, kind: str = "handles/x", there: bool = False, missed: bool = False
) -> Finding:
    point = low if point is None else point
    return Finding(kind, kind, "", "run 1", Range(low, point, point), there, missed)


def readings(number: int, tested: bool, rng: np.random.Generator) -> Sequence[Finding]:
    """What so many measures of one family show of accounts like all others: p-values that are uniform, and the ratios they carry."""
    p_values = rng.uniform(size=number)
    found = stats.false_discovery_control(p_values) <= ALPHA if tested else np.zeros(number, bool)
    return [
        Finding(f"handles/{n}", f"handles/{n}", "", "run 1", Range(*np.log10([its.low, its.value, its.high]).tolist()), bool(there), tested and not there)
        for n, (its, there) in enumerate(zip(map(from_p, p_values.tolist()), found, strict=True))
    ]  # fmt: skip


def factors(number: int, tested: bool) -> Iterator[float]:
    """Of each group, by how much its readings raise the odds of all who would be accused against all others, at most for one of them."""
    rng = np.random.default_rng(number)
    for _ in range(GROUPS):
        its = entered(paid(readings(number, tested, rng)), [])
        weighed = weighing(its.items)
        forms = {one.id: one.form for one in weighed.rivals}
        weights = weighed.families[0].weights if weighed.families else {}
        accusing = max((weights[id].point for id in weights if forms[id] not in ORDINARY), default=0.0)
        ordinary = [weights[id].point for id in weights if forms[id] == "chance"]
        yield 10 ** (accusing - min(ordinary, default=0.0))


@pytest.mark.parametrize("number", [1, 4, 16])
def test_ordinary_accounts_are_seldom_pushed_however_much_is_tested(number: int):
    """Under Benjamini-Hochberg anything is found in ALPHA of such groups at most, and what was not found pushes nobody."""
    pushed = sum(factor > 1 + 1e-9 for factor in factors(number, tested=True))
    assert pushed <= stats.binom.ppf(1 - SURE, GROUPS, ALPHA)


@pytest.mark.parametrize("number", [1, 4, 16])
def test_what_no_test_decides_pushes_by_chance_as_seldom_as_one_measure_would(number: int):
    """A ratio whose expectation is 1 reaches c in one of c groups (Markov), the largest of k over k as well. A mixture with
    groups that lack the sign weighs less than the ratio."""
    its = np.array(list(factors(number, tested=False)))
    for c in (2.0, 5.0, 10.0):
        assert (its >= c).sum() <= stats.binom.ppf(1 - SURE, GROUPS, 1 / c)


def test_with_more_measures_ordinary_accounts_are_pushed_no_further():
    means = [np.log10(list(factors(number, tested=False))).mean() for number in (1, 4, 16)]
    assert means[0] >= means[1] >= means[2]


@given(ratios=st.lists(st.floats(-2, 2), min_size=1, max_size=8))
def test_the_largest_after_paying_is_at_most_the_mean_and_what_speaks_against_is_kept(ratios: list[float]):
    after = [one.measured for one in paid([measured(log, kind=f"handles/{n}") for n, log in enumerate(ratios)])]
    values = [one.low for one in after if one is not None]
    assert 10 ** max(values) <= max(1.0, math.fsum(10**log for log in ratios) / len(ratios)) + 1e-9
    assert [value for value in values if value < 0] == [log for log in ratios if log < 0]
    assert all(0 <= value <= log for value, log in zip(values, ratios, strict=True) if log >= 0)


def test_a_sign_that_was_tested_for_and_not_found_weighs_in_favour_of_nobody():
    found, missed, against = paid(
        [measured(1.5, there=True), measured(1.2, 1.8, missed=True), measured(-1.5, missed=True)]
    )
    assert found.measured is not None
    assert found.measured.low == pytest.approx(1.5 - math.log10(3))
    assert missed.measured == Range(0.0, 0.0, 0.0)
    assert against.measured == Range(-1.5, -1.5, -1.5)


def test_other_families_and_what_was_not_measured_cost_nothing():
    its = [measured(1.0, there=True), measured(1.0, kind="automation/x"), measured(1.0, kind="impact/x"), Finding("in-concert", "level/in-concert", "", "run 1")]  # fmt: skip
    assert list(paid(its)) == its
