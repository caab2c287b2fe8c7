"""What is read from one thing counts once: every pair of indicators that could say the same twice, and what of a family is kept at its cap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.attribution.elicited import elicited
from inconcert.attribution.families import FAMILIES
from inconcert.attribution.family_weight import family_weights
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range

from .made import IDS, item, items, ranges

PAIRS = (
    ("automation", "activity-synchrony"),
    ("automation", "hand-off"),
    ("event-onset", "activity-synchrony"),
    ("working-hours/work", "automation"),
    ("work-calendar", "activity-synchrony"),
    ("comment-waves", "reply-flooding"),
    ("creation-bursts", "creation-hours"),
    ("handles", "contradicting-names"),
    ("region-label", "working-hours/work"),
    ("check-in", "working-hours/work"),
    ("check-in", "work-calendar"),
)
SIDES = st.fixed_dictionaries({id: st.floats(0, 4, width=32) for id in IDS})


def of_kind(name: str, weights: Mapping[str, float], factor: float = 1.0) -> Item:
    kind = elicited()[name]
    its = {id: weight * factor for id, weight in weights.items()}
    return replace(item(name, its, kind.family, kind.category), kind=name)


def moved(its: list[Item], a: str, b: str) -> float:
    """Largest odds of two hypotheses that these items can move, as a power of ten."""
    return sum(one.weights[a].high - one.weights[b].low for one in family_weights(its, IDS))


@pytest.mark.parametrize("pair", PAIRS, ids=" and ".join)
@settings(max_examples=25, deadline=None)
@given(weights=SIDES, factor=st.floats(0.1, 0.9))
def test_two_that_are_read_from_one_thing_and_agree_weigh_as_the_stronger(
    pair: tuple[str, str], weights: dict[str, float], factor: float
):
    for strong, weak in (pair, pair[::-1]):
        one, both = of_kind(strong, weights), [of_kind(strong, weights), of_kind(weak, weights, factor)]
        alone = {f.family: f.weights for f in family_weights([one], IDS) if f.leading}
        assert {f.family: f.weights for f in family_weights(both, IDS) if f.leading} == alone
        assert family_weights(both, IDS) == family_weights(both[::-1], IDS)


@pytest.mark.parametrize("pair", PAIRS, ids=" and ".join)
@settings(max_examples=25, deadline=None)
@given(one=SIDES, other=SIDES)
def test_two_that_are_read_from_one_thing_share_one_cap(
    pair: tuple[str, str], one: dict[str, float], other: dict[str, float]
):
    both = [of_kind(pair[0], one), of_kind(pair[1], other)]
    most = max(FAMILIES[elicited()[name].family].most for name in pair)
    assert all(moved(both, a, b) <= most + 1e-9 for a in IDS for b in IDS)


def test_hours_and_labels_share_the_cap_of_places_beside_any_other_reading_of_times():
    """Whichever of the two readings of times of posts tells more, the other does not count beside it, and labels never add to hours."""
    for hours, timer in ((3.0, 1.0), (1.0, 3.0)):
        its = [
            of_kind("region-label", {"H1": 2.0}),
            of_kind("working-hours/work", {"H1": hours}),
            of_kind("automation", {"H1": timer}),
        ]
        found = {one.family: one for one in family_weights(its, IDS)}
        assert [key for one in found.values() for key in one.leading].count("working-hours/work") == (hours > timer)
        assert moved(its, "H1", "H6") == pytest.approx(1.0 if hours > timer else 3.0)


def test_what_was_read_from_different_things_still_adds():
    its = [
        of_kind("creation-bursts", {"H4": 1.0}),
        of_kind("automation", {"H4": 1.0}),
        of_kind("region-label", {"H4": 0.5}),
    ]
    assert moved(its, "H4", "H6") == pytest.approx(2.5)


@given(one=items(families=("content",)))
def test_at_its_cap_a_family_keeps_the_width_of_its_range(one: Item):
    """The point is brought to the cap; what reaches from it towards no weight stays as long as it was, or ends at the other cap."""
    (found,) = family_weights([one], IDS)
    half = FAMILIES["content"].most / 2
    for id, free in one.among(IDS).items():
        its = found.weights[id]
        point = max(-half, min(half, free.point))
        assert its.point == (point if found.leading else 0.0)
        if found.leading and free.point > half:
            assert (its.low, its.high) == (pytest.approx(max(-half, half - (free.point - free.low))), half)
        elif found.leading and free.point < -half:
            assert (its.low, its.high) == (-half, pytest.approx(min(half, -half + (free.high - free.point))))
        elif found.leading:
            assert its == Range(max(-half, free.low), free.point, min(half, free.high))


@given(weight=ranges(-3, 3), most=st.floats(0.5, 3))
def test_a_range_that_is_held_is_as_wide_towards_none_as_it_was(weight: Range, most: float):
    held = weight.held(most)
    assert -most <= held.low <= held.point <= held.high <= most
    if abs(weight.point) <= most:
        assert (held.low, held.high) == (max(weight.low, -most), min(weight.high, most))
    elif weight.point > 0:
        assert held.point - held.low == pytest.approx(min(weight.point - weight.low, 2 * most))
    else:
        assert held.high - held.point == pytest.approx(min(weight.high - weight.point, 2 * most))


def test_a_range_beyond_the_cap_does_not_become_a_number():
    (its,) = family_weights([item("a", {"H1": (5.0, 7.0)})], IDS)
    assert its.weights["H1"] == Range(0.0, 1.0, 1.0)
