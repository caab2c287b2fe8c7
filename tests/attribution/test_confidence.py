"""Confidence: what each of its four reasons asks for, and that the poorest decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from inconcert.attribution.confidence import Confidence, confidence
from inconcert.attribution.grading import grade
from inconcert.attribution.item import Item
from inconcert.attribution.sensitivity import removals

from .made import item, weighing


def sure(items: Sequence[Item]) -> Confidence:
    weighed = weighing(items)
    return confidence(weighed, removals(weighed))


def strong(key: str, family: str, category: str, graded: str = "A1") -> Item:
    return item(key, {"H1": 2.0}, family, category, grade(graded))


THREE = [
    strong("a", "statements", "contextual"),
    strong("b", "infrastructure", "technical"),
    strong("c", "content", "behavioural"),
]


def test_high_takes_two_categories_a_narrow_range_stability_and_good_grades():
    found = sure(THREE)
    assert [level for level, _ in found.reasons] == ["high"] * 4
    assert found.level == "high"


def test_one_category_is_moderate_at_most_whatever_the_rest():
    found = sure([strong(key, family, "technical") for key, family in (("a", "statements"), ("b", "infrastructure"), ("c", "content"))])  # fmt: skip
    assert [level for level, _ in found.reasons] == ["moderate", "high", "high", "high"]
    assert found.level == "moderate"


def test_two_categories_of_one_family_are_not_independent():
    found = sure([strong("a", "statements", "contextual"), strong("b", "statements", "technical")])
    assert found.reasons[0][0] == "moderate"


def test_a_decisive_item_lowers_it():
    found = sure([item("a", {"H1": 1.2}), item("b", {"H6": 0.7}, "carriers")])
    assert found.reasons[2] == ("low", "Another explanation leads without the item a.")
    assert found.level == "low"


def test_poor_grades_lower_it_and_a_good_one_beside_them_does_not_help():
    for graded, level in (("B2", "high"), ("C2", "moderate"), ("A4", "low"), ("F1", "low")):
        found = sure([*THREE[:2], strong("c", "content", "behavioural", graded)])
        assert found.reasons[3][0] == level
    assert "poorest grade among what carries it is F1" in found.reasons[3][1]


def test_nothing_weighed_is_low_for_want_of_everything():
    found = sure([])
    assert found.level == "low"
    assert [level for level, _ in found.reasons] == ["low", "high", "high", "low"]


@pytest.mark.parametrize("items", [THREE, THREE[:1], []])
def test_no_reason_says_how_likely_anything_is(items: list[Item]):
    assert not [reason for _, reason in sure(items).reasons if "likely" in reason or "chance" in reason]
