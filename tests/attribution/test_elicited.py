"""The packaged table: every row can be weighed, has its reason, and measured signs weigh as much as they say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.attribution.elicited import SHOWN, Kind, elicited, kind_of_finding, weights_of
from inconcert.attribution.families import ACCESS, CATEGORIES, FAMILIES, OF_INDICATOR
from inconcert.attribution.hypotheses import FORMS, TEMPLATE, Hypothesis
from inconcert.attribution.ranges import Range
from inconcert.attribution.spectrum import STEPS
from inconcert.indicators.catalogue import INDICATORS

KINDS = pytest.mark.parametrize("kind", elicited().values(), ids=list(elicited()))
LOGS = st.floats(-2, 2)


@KINDS
def test_a_row_names_what_there_is_and_has_a_reason(kind: Kind):
    assert kind.family in FAMILIES
    assert kind.category in CATEGORIES
    assert kind.access in ACCESS
    assert set(kind.weights) == set(FORMS)
    assert kind.reason.endswith(".")
    if kind.steps is not None:
        first, last = (list(STEPS).index(step) for step in kind.steps)
        assert first <= last


@KINDS
def test_a_row_tells_something_and_has_a_least_favourable_form(kind: Kind):
    ends = [end for weight in kind.weights.values() for end in (weight.low, weight.high)]
    if kind.unit == SHOWN:
        indicator = INDICATORS[kind.name.partition("/")[0]]
        family = OF_INDICATOR.get(indicator.family, indicator.family)
        assert kind.family == OF_INDICATOR.get(indicator.name, family)
        assert min(ends) >= 0
        assert max(ends) <= 1
    else:
        assert kind.unit == "log10"
        assert min(weight.point for weight in kind.weights.values()) <= 0.2
        assert max(ends) <= 2
        assert min(ends) >= 0


@given(share=st.sampled_from(sorted(FORMS)), log=LOGS)
def test_a_measured_sign_weighs_as_the_mixture_of_who_shows_it_and_who_does_not(share: str, log: float):
    kind = elicited()["creation-bursts"]
    its = weights_of(kind, {}, TEMPLATE, Range(log, log, log))
    points = {one.form: its[one.id].point for one in TEMPLATE}
    exact = {form: math.log10(1 - s.point + s.point * 10**log) for form, s in kind.weights.items()}
    least = min(exact.values())
    assert points[share] == pytest.approx(exact[share] - least, abs=1e-9)


@pytest.mark.parametrize(
    ("measured", "counts"),
    [(Range(1, 1.5, 2), 1.0), (Range(-2, -1.5, -1), -1.0), (Range(-0.5, 0.4, 2), 0.0), (Range(-2, -0.4, 0.5), 0.0)],
)
def test_of_a_measured_range_the_end_nearest_to_one_counts(measured: Range, counts: float):
    kind = elicited()["handles"]
    assert weights_of(kind, {}, TEMPLATE, measured) == weights_of(kind, {}, TEMPLATE, Range(counts, counts, counts))


def test_a_missing_sign_weighs_less_against_than_its_presence_for():
    kind = elicited()["creation-bursts"]
    for_, against = (weights_of(kind, {}, TEMPLATE, Range(log, log, log)) for log in (2.0, -2.0))
    there, missing = for_["H1"].point - for_["H7"].point, against["H7"].point - against["H1"].point
    assert 0 < 3 * missing < there


def test_findings_find_their_row_by_measure_or_by_indicator():
    assert kind_of_finding("handles/random-handles") is elicited()["handles"]
    assert kind_of_finding("working-hours/work") is elicited()["working-hours/work"]
    assert kind_of_finding("impact/inward-engagers") is None


def test_a_hypothesis_made_like_another_weighs_as_that_one_unless_told_otherwise():
    one = Hypothesis("H8", "state", "Ministry X", "H1", named=True)
    two = Hypothesis("H8.1", "state", "an office of Ministry X", "H8", named=True)
    own = {"H1": Range(1.0, 1.0, 1.0), "H7": Range(0.0, 0.0, 0.0)}
    its = weights_of(elicited()["denial"], own, [*TEMPLATE, one, two])
    assert its["H8"] == its["H8.1"] == its["H1"]
    its = weights_of(elicited()["denial"], own | {"H8": Range(0.5, 0.5, 0.5)}, [*TEMPLATE, one, two])
    assert its["H8"] == its["H8.1"] != its["H1"]


def test_a_sign_that_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="nothing was"):
        weights_of(elicited()["handles"], {}, TEMPLATE)
