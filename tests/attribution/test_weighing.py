"""What must hold of every weighing: neutral evidence, order, duplicates, caps, points, names; and the exactness of the ranges."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.attribution.families import FAMILIES
from inconcert.attribution.family_weight import family_weights
from inconcert.attribution.hypotheses import TEMPLATE, Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.posterior import chance, total_weights
from inconcert.attribution.ranges import Range
from inconcert.attribution.weighing import Weighing

from .made import IDS, item, items, many, ranges, weighing

CLOSE = 1e-9


def chances(of: Weighing) -> dict[str, Range]:
    return {one.ids[0]: one.chance for one in of.outcomes}


def same(a: dict[str, Range], b: dict[str, Range]) -> bool:
    return a.keys() == b.keys() and all(
        math.isclose(x, y, abs_tol=CLOSE)
        for id in a
        for x, y in ((a[id].low, b[id].low), (a[id].point, b[id].point), (a[id].high, b[id].high))
    )


@given(its=many(), weight=ranges(), family=st.sampled_from(tuple(FAMILIES)))
def test_evidence_equally_likely_under_all_hypotheses_changes_nothing(its: list[Item], weight: Range, family: str):
    neutral = replace(item("zz-neutral", {}, family), weights=dict.fromkeys(IDS, weight))
    assert chances(weighing([*its, neutral])) == chances(weighing(its))


@given(its=many(), data=st.data())
def test_the_order_of_the_evidence_does_not_matter(its: list[Item], data: st.DataObject):
    other = data.draw(st.permutations(its))
    assert same(chances(weighing(other)), chances(weighing(its)))


@given(its=many(), data=st.data())
def test_duplicates_in_a_family_do_not_add(its: list[Item], data: st.DataObject):
    if its:
        twice = [replace(data.draw(st.sampled_from(its)), key=f"zz{n}") for n in range(3)]
        assert same(chances(weighing([*its, *twice])), chances(weighing(its)))


@given(one=items(), factor=st.floats(0.1, 1))
def test_a_weaker_item_that_agrees_does_not_add(one: Item, factor: float):
    weaker = {id: Range(w.low * factor, w.point * factor, w.high * factor) for id, w in one.weights.items()}
    assert same(chances(weighing([one, replace(one, key="zz", weights=weaker)])), chances(weighing([one])))


@given(its=many())
def test_the_range_holds_the_point_and_points_sum_to_one(its: list[Item]):
    found = chances(weighing(its))
    assert all(0 <= one.low <= one.point <= one.high <= 1 for one in found.values())
    assert math.isclose(math.fsum(one.point for one in found.values()), 1)


@given(its=many())
def test_no_family_moves_the_odds_of_two_hypotheses_beyond_its_cap(its: list[Item]):
    for family in family_weights(its, IDS):
        most = FAMILIES[family.family].most
        assert all(family.weights[a].high - family.weights[b].low <= most + CLOSE for a in IDS for b in IDS)
    priors = {one.id: one.prior for one in TEMPLATE}
    caps = math.fsum(FAMILIES[family].most for family in {one.family for one in its})
    for id, range in chances(weighing(its)).items():
        before = chance([id], total_weights(priors, ()))
        odds = [math.log10(x / (1 - x)) if 0 < x < 1 else math.inf for x in (before.low, before.high)]
        after = [math.log10(x / (1 - x)) if 0 < x < 1 else 0.0 for x in (range.low, range.high)]
        assert after[0] >= odds[0] - caps - 1e-6
        assert after[1] <= odds[1] + caps + 1e-6


@given(
    its=st.lists(items(families=("content",)), min_size=1, max_size=5, unique_by=lambda one: one.key),
    more=items("zz", ("content",)),
)
def test_an_item_more_in_a_family_never_narrows_it_unless_it_takes_the_lead(its: list[Item], more: Item):
    (before,), (after,) = family_weights(its, IDS), family_weights([*its, more], IDS)
    if before.leading and after.leading == before.leading:
        for id in IDS:
            assert after.weights[id].low <= before.weights[id].low + CLOSE
            assert after.weights[id].high >= before.weights[id].high - CLOSE


@given(its=many(), order=st.permutations(range(len(IDS))))
def test_it_is_symmetric_under_relabelling(its: list[Item], order: list[int]):
    to = {id: IDS[order[n]] for n, id in enumerate(IDS)}
    renamed = [replace(one, weights={to[id]: weight for id, weight in one.weights.items()}) for one in its]
    found, relabelled = chances(weighing(its)), chances(weighing(renamed))
    assert same({to[id]: range for id, range in found.items()}, relabelled)


@settings(max_examples=30)
@given(
    priors=st.lists(ranges(0.125, 5), min_size=2, max_size=4),
    of=st.sets(st.integers(0, 3), min_size=1, max_size=2),
)
def test_the_ranges_are_exact(priors: list[Range], of: set[int]):
    """Against every corner of the box: an extreme of a ratio of sums lies at one."""
    named = {f"H{n}": prior for n, prior in enumerate(priors)}
    ids = [f"H{n}" for n in of if n < len(priors)] or ["H0"]
    corners = [
        dict(zip(named, ends, strict=True)) for ends in itertools.product(*((p.low, p.high) for p in named.values()))
    ]
    shares = [sum(c[id] for id in ids) / sum(c.values()) for c in corners]
    its = chance(ids, total_weights(named, ()))
    assert math.isclose(its.low, min(shares), rel_tol=1e-9)
    assert math.isclose(its.high, max(shares), rel_tol=1e-9)


def test_families_add_and_items_of_one_family_do_not():
    one, two = item("a", {"H1": 0.8}, "content"), item("b", {"H1": 0.8}, "content")
    apart = item("c", {"H1": 0.8}, "statements")
    alone = chances(weighing([one]))["H1"]
    assert chances(weighing([one, two]))["H1"] == alone
    odds = [range.point / (1 - range.point) for range in (alone, chances(weighing([one, apart]))["H1"])]
    assert odds == pytest.approx([10**0.8 / 6, 10**1.6 / 6])


def test_an_item_that_points_elsewhere_widens_what_it_contradicts():
    (alone,), (both,) = (
        family_weights([item("a", {"H1": 1.5})], IDS),
        family_weights([item("a", {"H1": 1.5}), item("b", {"H6": 0.6})], IDS),
    )
    assert (both.leading, both.widening) == (("a",), ("b",))
    assert both.weights["H1"].point == alone.weights["H1"].point == 0.75
    assert both.weights["H1"].low == pytest.approx(-0.3)
    assert both.weights["H6"].high == pytest.approx(0.3)
    assert both.weights["H2"] == alone.weights["H2"]


def test_a_time_zone_weighs_at_most_ten_to_one_and_another_family_a_hundred():
    for family, most in (("place", 1.0), ("statements", 2.0)):
        (its,) = family_weights([item("a", {"H1": 6.0}, family)], IDS)
        assert its.capped
        assert its.weights["H1"].high - its.weights["H2"].low == most


def test_what_tells_less_than_a_factor_of_two_is_not_counted():
    (its,) = family_weights([item("a", {"H1": 0.29})], IDS)
    assert its.leading == ()
    assert chances(weighing([item("a", {"H1": 0.29})])) == chances(weighing())


def test_a_hypothesis_set_aside_is_no_rival():
    left = tuple(replace(one, aside="no") if one.id in ("H4", "H5") else one for one in TEMPLATE)
    found = chances(weighing(hypotheses=left))
    assert set(found) == set(IDS) - {"H4", "H5"}
    assert found["H1"].point == pytest.approx(1 / 5)


def test_below_l3_what_accuses_somebody_is_one_explanation():
    its = [item("a", {"H2": 1.5}, "organisation")]
    told = weighing(its, apart=False).outcomes
    assert [one.ids for one in told] == [("H6",), ("H7",), ("H1", "H2", "H3", "H4", "H5")]
    assert math.fsum(one.chance.point for one in told) == pytest.approx(1)
    priors = Hypothesis("H8", "state", "Ministry X", "H1", named=True)
    assert weighing(its, [*TEMPLATE, priors], apart=False).outcomes[-1].ids[-1] == "H8"
