"""Rows of `rewrites`: aligned wordings, their changes, and whether names were swapped."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.rewriting.align import align
from inconcert.rewriting.rewrites import SPAN_MOST, entity_swap, names_swapped, rewrites

ARTICLE = (
    "Officials in Lorne said on Friday that {0} had paid for the boats, and that {1} of them were seen near the pier."
)


def pairs(*texts: tuple[str, str]) -> pa.Table:
    rows = [
        {"cluster_id": "T1", "reference_post_id": "r", "reference_text": before, "post_id": f"p{n}", "text": after}
        for n, (before, after) in enumerate(texts)
    ]
    names = ("cluster_id", "reference_post_id", "reference_text", "post_id", "text")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def test_rows_are_those_of_the_schema_in_the_order_of_the_pairs() -> None:
    swapped = ARTICLE.format("Norway", 40), ARTICLE.format("Cuba", 400)
    made = rewrites(pairs(swapped, (swapped[0], "Quite different words"), (swapped[0], swapped[0] + " Share it!")))
    assert made.schema == schema.table("rewrites").arrow
    first, second, third = made.to_pylist()
    assert json.loads(first.pop("substitutions")) == [["Norway", "Cuba"], ["40", "400"]]
    assert first.pop("aligned") == pytest.approx(21 / 23)
    assert first == {
        "cluster_id": "T1", "reference_post_id": "r", "post_id": "p0", "longest_block": 7, "entity_swap": True,
    }  # fmt: skip
    assert (second["post_id"], second["aligned"], second["entity_swap"]) == ("p1", 0, False)
    assert (json.loads(third["substitutions"]), third["entity_swap"]) == ([["", "Share it"]], False)
    assert rewrites(pairs()).schema == made.schema


@pytest.mark.parametrize(
    ("before", "after", "swap"),
    [
        (ARTICLE.format("Norway", "some"), ARTICLE.format("Cuba", "some"), True),
        (ARTICLE.format("Norway", "some"), ARTICLE.format("he", "some"), False),  # no name in its place
        (ARTICLE.format("she", "some"), ARTICLE.format("he", "many"), False),
        (ARTICLE.format("she", "40"), ARTICLE.format("she", "90"), True),
        ("据报道，中国的研究人员在会议上发表了这份报告。", "据报道，美国的研究人员在会议上发表了这份报告。", True),
        ("Cuba says no to all of it", "Iran told us what it thinks of that plan", False),  # little is left
        (ARTICLE.format("Norway", "some"), ARTICLE.format("Norway", "some") + " Cuba!", False),  # only added
    ],
)
def test_a_swap_needs_mostly_the_same_words_and_a_name_for_a_name(before: str, after: str, swap: bool) -> None:
    assert entity_swap(align(before, after)) is swap
    assert entity_swap(align(after, before)) is swap


@pytest.mark.data
def test_every_substitution_of_the_reference_case_is_of_names(shared_data: Path) -> None:
    swap = json.loads((shared_data / "quotes.json").read_text("utf-8"))["entity_swap"]
    found = align(swap["original"], swap["rewritten"])
    assert entity_swap(found)
    assert names_swapped(found) == [True, True, True]


def test_a_change_is_cut_where_it_is_no_name_any_more() -> None:
    made = rewrites(pairs(("old " * 500, "new " * 500)))
    assert [len(side) for side in json.loads(made["substitutions"][0].as_py())[0]] == [SPAN_MOST, SPAN_MOST]


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int | None]] = []
    rewrites(pairs(*[("a", "b")] * 3), lambda *what: told.append(what))
    assert told == [("aligning wordings", 0, 3)]
