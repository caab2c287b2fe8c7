"""The pictures of an assessment: what they draw is what was weighed, they are read out, and nothing in a title can act."""

from __future__ import annotations

import re

import pytest

from inconcert.attribution.ach_matrix import matrix
from inconcert.attribution.hypotheses import TEMPLATE
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range
from inconcert.attribution.waterfall import steps
from inconcert.attribution.weighing import Weighing
from inconcert.report.ach_matrix import ROWS_AT_MOST, ach_matrix
from inconcert.report.attribution_waterfall import attribution_waterfall, odds
from inconcert.yardstick.yardsticks import PHIA

EVIL = "<script>x</script>\u202e https://evil.example"
TITLES = {one.id: EVIL for one in TEMPLATE}


def item(key: str, weight: float, family: str = "content") -> Item:
    return Item(
        key=key, text=EVIL, kind="", family=family, category="technical", access="open", grade=None, source="", found_by="",
        weights={"H1": Range(weight - 0.2, weight, weight + 0.2)},
    )  # fmt: skip


def weighing(n: int) -> Weighing:
    return Weighing(TEMPLATE, tuple(item(f"k{i}", 0.4 + i / 100) for i in range(n)), PHIA, True)


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_the_waterfall_has_a_bar_a_family_with_its_factor():
    its = Weighing(TEMPLATE, (item("a", 1.0), item("b", -0.7, "place")), PHIA, True)
    drawn = attribution_waterfall(steps(its, "H1", "H2"), "Ministry X", "a firm")
    told = words(drawn.svg)
    for wanted in (
        "before any evidence",
        "even",
        "when and where people work (capped)",
        "÷ 5.0",
        "× 10.0",
        "2.0 : 1",
        "after all evidence",
    ):
        assert wanted in told
    assert [key.means for key in drawn.keys][:2] == ["favours “Ministry X”", "favours “a firm”"]


def test_the_matrix_has_a_row_an_item_and_a_score_a_hypothesis():
    drawn = ach_matrix(matrix(weighing(3)), {one.id: one.title for one in TEMPLATE})
    told = words(drawn.svg)
    assert [told.count(rating) for rating in ("C", "I", "N")] == [3, 18, 0]
    assert told.count("3") == 6
    assert "H7: chance, a common source or an artefact of the data." in drawn.notes


def test_a_long_matrix_says_what_it_leaves_out():
    drawn = ach_matrix(matrix(weighing(ROWS_AT_MOST + 2)), TITLES)
    assert drawn.notes[-1] == f"{ROWS_AT_MOST} of {ROWS_AT_MOST + 2} items are drawn."


@pytest.mark.parametrize("n", [0, 2])
def test_no_title_or_text_can_act_or_hide(n: int):
    its = weighing(n)
    for drawn in (ach_matrix(matrix(its), TITLES), attribution_waterfall(steps(its, "H1", "H2"), EVIL, EVIL)):
        assert drawn.svg.startswith("<svg")
        assert 'role="img"' in drawn.svg
        assert "<script" not in drawn.svg
        for text in (drawn.svg, *drawn.notes, *(key.means for key in drawn.keys)):
            assert "\u202e" not in text
            assert "https://" not in text


def test_odds_are_written_in_favour_of_the_likelier():
    assert [odds(log) for log in (0.0, 1.0, -0.5, 3.2)] == ["even", "10.0 : 1", "1 : 3.2", "1,585 : 1"]
