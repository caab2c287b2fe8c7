"""Counts as people and programs write them."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise.numbers import NOT_A_COUNT, read_counts


@pytest.mark.parametrize(
    ("cell", "count"),
    [("0", 0), ("1234", 1234), ("-3", -3), ("1234.0", 1234), ("1,234", 1234), ("1.234.567", 1_234_567), ("12 345", 12_345),
     ("1.2K", 1200), ("3M", 3_000_000), ("1,5k", 1500), ("2.3万", 23_000), ("1亿", 100_000_000), ("10万+", 100_000), ("１２", 12),
     ("1.2w", 12_000), ("10w+", 100_000), ("2千", 2000), ("3百万", 3_000_000), ("1.5千万", 15_000_000), ("3亿", 300_000_000),
     ("1.2 万", 12_000), ("999+", 999), ("1.2億", 120_000_000)],
)  # fmt: skip
def test_counts(cell: str, count: int) -> None:
    counts, reasons = read_counts(pa.array([cell]))
    assert (counts.to_pylist(), reasons.to_pylist()) == ([count], [None])


@pytest.mark.parametrize(
    "cell", ["many", "1.5", "1,23", "1e3", "12:30", "99999999999999999999", "--1", "赞", "万", "+", "1.5+"]
)
def test_what_is_no_count_is_told(cell: str) -> None:
    counts, reasons = read_counts(pa.array([None, cell, "5"]))
    assert counts.to_pylist() == [None, None, 5]
    assert reasons.to_pylist() == [None, NOT_A_COUNT, None]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-(10**15) + 1, 10**15 - 1))))
def test_whole_numbers_come_back(numbers: list[int | None]) -> None:
    cells = pa.array([None if n is None else str(n) for n in numbers], pa.string())
    assert read_counts(cells)[0].to_pylist() == numbers
