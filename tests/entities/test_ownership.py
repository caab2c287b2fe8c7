"""Shares along chains of ownership: products, intervals where a share is unknown, nothing counted twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities import ownership
from inconcert.entities.ownership import MOST_CHAINS, effective, owners
from inconcert.entities.share import UNKNOWN, Share, percent, share_of, together

from .small_world import owns, world

shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda both: Share(min(both), max(both), True))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("2.3%", 0.023, 0.023), ("17,88 %", 0.1788, 0.1788), ("25-50", 0.25, 0.5), ("over 50%", 0.5, 1.0), ("≤ 5 %", 0.0, 0.05),
     ("100", 1.0, 1.0)],
)  # fmt: skip
def test_a_stated_share_is_read(written: str, low: float, high: float):
    share = share_of(written)
    assert (share.low, share.high, share.stated) == (pytest.approx(low), pytest.approx(high), True)


@pytest.mark.parametrize("written", [None, "", "some", "about 30%", "140%", "50-20", "2.3% of votes", "-5%"])
def test_what_states_no_share_may_be_anything(written: str | None):
    assert share_of(written) == UNKNOWN


@given(shares, shares, shares)
def test_products_stay_between_and_do_not_depend_on_the_order(a: Share, b: Share, c: Share):
    product = a.times(b).times(c)
    assert product.low <= min(a.low, b.low, c.low) + 1e-12
    assert product.high <= min(a.high, b.high, c.high) + 1e-12
    other = c.times(a).times(b)
    assert (product.low, product.high) == (pytest.approx(other.low), pytest.approx(other.high))
    assert together([a, b, c]).high <= 1.0


def test_chains_multiply_and_their_sum_is_what_is_held_in_all():
    graph = world(
        owns("1", "state", "one", "100%"),
        owns("2", "state", "two", "50%"),
        owns("3", "one", "firm", "10%"),
        owns("4", "two", "firm", "20%"),
    )
    state = next(owner for owner in owners(graph, "firm") if owner.id == "state")
    assert [percent(chain.share) for chain in state.chains] == ["10.00 %", "10.00 %"]
    assert percent(state.share) == "20.00 %"
    assert state.open == ()


def test_a_holding_told_twice_counts_once_for_certain():
    told_twice = world(
        owns("1", "state", "one", "100%"), owns("2", "one", "firm", "30%"), owns("3", "state", "firm", "30%")
    )
    share = effective(told_twice, "state", "firm")
    assert (share.low, share.high, share.stated) == (pytest.approx(0.3), pytest.approx(0.6), True)


def test_an_unknown_share_is_at_most_what_others_certainly_leave():
    graph = world(owns("1", "known", "firm", "70%"), owns("2", "unknown", "firm"))
    unknown = next(owner for owner in owners(graph, "firm") if owner.id == "unknown")
    assert (unknown.share.low, unknown.share.high) == (0.0, pytest.approx(0.3))
    assert unknown.open == ("2",)


def test_what_an_owner_of_the_holder_has_may_be_held_through_it():
    graph = world(owns("1", "state", "holder", "100%"), owns("2", "state", "firm", "99%"), owns("3", "holder", "firm"))
    assert effective(graph, "holder", "firm").high == 1.0


def test_what_ended_is_listed_and_counts_nothing():
    graph = world(owns("1", "old", "firm", "60%", endDate="2019"), owns("2", "new", "firm", "60%", startDate="2019"))
    by_id = {owner.id: owner for owner in owners(graph, "firm")}
    assert [chain.ended for chain in by_id["old"].chains] == [True]
    assert by_id["old"].share.high == 0.0
    assert by_id["new"].share.low == pytest.approx(0.6)


def test_circles_end():
    graph = world(owns("1", "a", "b", "50%"), owns("2", "b", "a", "50%"), owns("3", "b", "firm", "50%"))
    assert {owner.id for owner in owners(graph, "firm")} == {"a", "b"}
    assert owners(graph, "a")[0].id == "b"


def test_subsidiary_of_is_read_the_other_way():
    graph = world(owns("1", "mother", "daughter", "51%", role="subsidiary of"))
    (tie,) = graph.ties
    assert (tie.source, tie.target, tie.owner, tie.owned) == ("daughter", "mother", "mother", "daughter")
    assert owners(graph, "daughter")[0].id == "mother"


def test_owners_that_all_own_one_another_are_reckoned_within_bounds():
    """Every chain through such a knot took a reckoning of its own, more of them than there is time."""
    names = [f"c{n}" for n in range(12)]
    knot = [owns(f"{a}-{b}", a, b, "5%") for a in names for b in names if a != b]
    found = owners(world(*knot, owns("top", "state", "c1", "50%")), "c0")
    assert {owner.id for owner in found} == {*names[1:], "state"}
    assert sum(len(owner.chains) for owner in found) == MOST_CHAINS
    assert all(owner.share.low >= 0.05 for owner in found if owner.id != "state")


def test_of_too_many_chains_the_longest_are_left_out(monkeypatch: pytest.MonkeyPatch):
    """A wide ownership far up must not keep a direct owner from being told."""
    monkeypatch.setattr(ownership, "MOST_CHAINS", 50)
    far = [owns(f"f{n}", f"fund{n}", "a-holding", "0.01%") for n in range(60)]
    graph = world(owns("1", "a-holding", "firm", "60%"), owns("2", "zulu", "firm", "40%"), *far)
    found = {owner.id for owner in owners(graph, "firm")}
    assert {"a-holding", "zulu"} <= found
    assert len(found) == 50
