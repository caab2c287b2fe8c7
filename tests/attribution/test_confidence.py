"""Confidence: what each of its four reasons asks for, and that the poorest decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from inconcert.attribution.confidence import Confidence, confidence
from inconcert.attribution.grading import grade
from inconcert.attribution.item import Item
from inconcert.attribution.sensitivity import removals

from .made import item, weighing


def sure(items: Sequence[Item]) -> Confidence:
    weighed = weighing(items)
    return confidence(weighed, removals(weighed))


def strong(key: str, family: str, category: str, graded: str = "A1", source: str = "") -> Item:
    return item(key, {"H1": 2.0}, family, category, grade(graded), source=source or f"paper of {key}")


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


def test_two_categories_that_one_source_tells_of_are_not_independent():
    for other in ("The letter", " the  LETTER "):
        found = sure(
            [
                strong("a", "statements", "contextual", source="the letter"),
                strong("b", "infrastructure", "technical", source=other),
            ]
        )
        assert found.reasons[0][0] == "moderate"
        assert "all from one source" in found.reasons[0][1]
    found = sure(
        [strong("a", "statements", "contextual", source="the letter"), strong("b", "infrastructure", "technical")]
    )
    assert found.reasons[0][0] == "high"


def test_what_one_other_finder_found_has_one_source_whatever_the_papers():
    two = [strong("a", "statements", "contextual"), strong("b", "infrastructure", "technical")]
    for first, second, level in (
        ("The Daily Ledger", "the daily ledger", "moderate"),
        ("The Daily Ledger", "Bo", "high"),
        ("this case", "this case", "high"),
    ):
        its = [replace(two[0], found_by=first), replace(two[1], found_by=second)]
        assert sure(its).reasons[0][0] == level


def test_all_that_the_program_measured_is_one_source_and_one_outside_item_is_a_second():
    measured = [replace(one, grade=None, source=f"run {n}") for n, one in enumerate(THREE[1:])]
    found = sure(measured)
    assert found.reasons[0][0] == "moderate"
    assert "all from one source" in found.reasons[0][1]
    assert sure([*measured, replace(THREE[0], source="Run 8ba5b7cb, reading 3")]).reasons[0][0] == "moderate"
    assert sure([*measured, THREE[0]]).reasons[0][0] == "high"


def test_the_second_source_must_bring_the_second_category():
    its = [strong("a", "statements", "contextual", source="x"), strong("b", "organisation", "contextual", source="y"), strong("c", "infrastructure", "technical", source="x")]  # fmt: skip
    assert sure(its[::2]).reasons[0][0] == "moderate"
    assert sure(its).reasons[0][0] == "high"  # y and x


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
