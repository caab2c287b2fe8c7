"""Lines in reading order: rows across, blocks downwards."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.media.lines import blocks, overlap, rows


def line(left: float, top: float, text: str = "", width: float = 0.3, height: float = 0.03) -> dict:
    return {"left": left, "top": top, "right": left + width, "bottom": top + height, "text": text}


COLUMNS = [
    line(0.05, 0.1, "a1"), line(0.6, 0.1, "b1"), line(0.05, 0.14, "a2"), line(0.6, 0.141, "b2"), line(0.05, 0.18, "a3"),
]  # fmt: skip


def texts(groups: list[list[dict]]) -> list[list[str]]:
    return [[line["text"] for line in group] for group in groups]


@given(st.randoms())
def test_neither_rows_nor_blocks_depend_on_the_order_given(rng: random.Random):
    shuffled = COLUMNS.copy()
    rng.shuffle(shuffled)
    assert texts(rows(shuffled)) == [["a1", "b1"], ["a2", "b2"], ["a3"]]
    assert texts(blocks(shuffled)) == [["a1", "a2", "a3"], ["b1", "b2"]]


def test_a_heading_a_gap_and_another_column_each_begin_a_block():
    heading = line(0.05, 0.02, "heading", height=0.06)
    after_gap = line(0.05, 0.30, "later")
    assert texts(blocks([heading, *COLUMNS, after_gap])) == [["heading"], ["a1", "a2", "a3"], ["b1", "b2"], ["later"]]


def test_small_lines_beside_a_tall_one_are_rows_of_their_own():
    tall = line(0.0, 0.10, "tall", height=0.10)
    assert texts(rows([tall, line(0.5, 0.11, "one"), line(0.5, 0.16, "two")])) == [["one"], ["tall"], ["two"]]


def test_overlap_is_the_share_of_the_narrower():
    assert overlap(line(0.0, 0, width=0.4), line(0.3, 0, width=0.2)) == pytest.approx(0.5)
    assert overlap(line(0.0, 0, width=0.1), line(0.3, 0)) == 0
    assert overlap(line(0.0, 0, width=0.0), line(0.0, 0)) == 0
    assert overlap(line(0, 0.0, height=0.1), line(0.9, 0.05, height=0.1), "top", "bottom") == pytest.approx(0.5)


@given(st.lists(st.builds(line, *[st.floats(0, 1)] * 2, st.text(max_size=3), *[st.floats(0, 1)] * 2), max_size=12))
def test_every_line_is_in_one_row_and_one_block(lines: list[dict]):
    for groups in (rows(lines), blocks(lines)):
        assert sorted(id(line) for group in groups for line in group) == sorted(map(id, lines))
