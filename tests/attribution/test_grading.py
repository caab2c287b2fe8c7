"""Grades: what a poor one does to a weight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.attribution.grading import CREDIBILITY, RELIABILITY, Grade, discounted, grade
from inconcert.attribution.ranges import NONE, Range
from inconcert.errors import InputError

from .made import ranges

GRADES = [Grade(a, b) for a in RELIABILITY for b in CREDIBILITY]


def test_the_poorer_of_the_two_axes_counts():
    assert grade("b3") == Grade("B", "3")
    assert grade("A1").trust == 1
    assert grade("A5").trust == grade("E1").trust == min(one.trust for one in GRADES)
    assert grade("B2").words == "usually reliable, probably true"


@pytest.mark.parametrize("text", ["", "B", "B7", "G1", "22", "B2 or so", "²A"])
def test_what_is_no_grade_is_refused(text: str):
    with pytest.raises(InputError, match="no grade"):
        grade(text)


@given(weight=ranges(), trust=st.floats(0, 1))
def test_a_discount_shrinks_the_point_towards_none_and_keeps_it_in_its_range(weight: Range, trust: float):
    its = discounted(weight, trust)
    assert abs(its.point) <= abs(weight.point)
    assert min(weight.low, 0) <= its.low <= its.point <= its.high <= max(weight.high, 0)


@given(weight=ranges(), better=st.sampled_from(GRADES), worse=st.sampled_from(GRADES))
def test_a_poorer_grade_never_weighs_more(weight: Range, better: Grade, worse: Grade):
    if worse.trust <= better.trust:
        assert abs(discounted(weight, worse.trust).point) <= abs(discounted(weight, better.trust).point)


@given(low=st.floats(0.1, 2), more=st.floats(0.1, 1), trust=st.floats(0.1, 0.9))
def test_a_discount_widens_the_range_beside_what_is_left(low: float, more: float, trust: float):
    weight = Range(low, low + more / 2, low + more)
    its = discounted(weight, trust)
    assert (its.high - its.low) / its.point > (weight.high - weight.low) / weight.point


def test_full_trust_changes_nothing_and_no_weight_stays_none():
    weight = Range(-0.3, 0.2, 1.1)
    assert discounted(weight, 1.0) == weight
    assert discounted(NONE, 0.4) == NONE
