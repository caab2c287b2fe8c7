"""Below L3 nothing follows from how well an item fits an explanation that accuses, but for the side to which it points."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.attribution.elicited import elicited
from inconcert.attribution.finding import Finding
from inconcert.attribution.hypotheses import ORDINARY, TEMPLATE
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range
from inconcert.attribution.withheld import NEITHER, NOBODY, SOMEBODY, innocent, points_to, withheld

from .made import item, items, ranges, weighing

FINDING = Finding("declared", "declared", "its page names it", "run 1")


def found(weights: dict[str, Range]) -> Item:
    kind = elicited()["declared"]
    return Item(
        key="declared", text=FINDING.text, kind="declared", family=kind.family, category=kind.category, access=kind.access, grade=None,
        source="run 1", found_by="this case", weights=weights, steps=kind.steps,
    )  # fmt: skip


@given(
    one=st.fixed_dictionaries({h.id: ranges() for h in TEMPLATE}),
    other=st.fixed_dictionaries({h.id: ranges() for h in TEMPLATE}),
)
def test_what_is_left_is_the_same_whatever_the_others_weigh(one: dict[str, Range], other: dict[str, Range]):
    first, second = (innocent(weighing([found(its)], apart=False), [FINDING], []) for its in (one, other))
    assert first == second
    assert {h.form for h in first.rivals} == ORDINARY
    assert set(first.items[0].weights) == {"H6", "H7"}
    assert first.items[0].steps is None
    assert sum(outcome.chance.point for outcome in first.outcomes) == pytest.approx(1)


@pytest.mark.parametrize(
    ("weights", "side"),
    [
        ({"H1": 1.0}, SOMEBODY), ({"H4": 0.5, "H6": 0.1}, SOMEBODY), ({"H6": 1.0}, NOBODY), ({"H7": 1.0, "H3": 0.6}, NOBODY),
        ({"H3": 1.0, "H6": 1.0}, NEITHER), ({"H1": 0.29}, NEITHER), ({}, NEITHER),
    ],
)  # fmt: skip
def test_an_item_points_to_the_side_that_it_fits_twice_as_well(weights: dict[str, float], side: str):
    assert points_to(item("x", weights), TEMPLATE) == side


@given(one=items(key="x"))
def test_with_one_side_alone_an_item_points_nowhere(one: Item):
    assert points_to(one, [h for h in TEMPLATE if h.form in ORDINARY]) == NEITHER


def test_a_title_that_somebody_gave_is_not_told():
    (first,) = withheld([replace(h, title="Bureau Nine") for h in TEMPLATE if h.form == "state"])
    assert (first.id, first.says) == ("H1", "a body of a state runs it")
    assert {one.id for one in withheld(TEMPLATE)} == {"H1", "H2", "H3", "H4", "H5"}
