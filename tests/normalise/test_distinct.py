"""Work done once per distinct value: against the same cell by cell."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.actions import _in_order, _once
from inconcert.normalise.distinct import Items, explode
from inconcert.normalise.lists import Cell

CELLS = st.lists(st.none() | st.sampled_from(["", "a", "a b", "a a", "?", "b ?"]), max_size=8)


def _read(cell: str) -> Cell:
    return Cell(cell.split(), "odd" if "?" in cell else None)


@given(CELLS)
def test_items_and_faults_are_those_of_each_cell(cells: list[str | None]) -> None:
    items, faults = explode(pa.array(cells, pa.string()), _read)
    want = [(row, item) for row, cell in enumerate(cells) if cell is not None for item in _read(cell).items]
    assert list(zip(items.row.tolist(), items.value.to_pylist(), strict=True)) == want
    assert faults.to_pylist() == [None if cell is None else _read(cell).fault for cell in cells]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab")), max_size=8), st.permutations(range(4)))
def test_an_object_of_a_post_is_kept_once(found: list[tuple[int, str]], posts: list[int]) -> None:
    rows = sorted(found, key=lambda one: one[0])
    post = np.array(posts) // 2
    items = Items(np.array([row for row, _ in rows], np.int64), pa.array([value for _, value in rows], pa.string()))
    once, seen, want = _once(items, post), set(), []
    for row, value in rows:
        if (post[row], value) not in seen:
            want.append((row, value))
            seen.add((post[row], value))
    assert list(zip(once.row.tolist(), once.value.to_pylist(), strict=True)) == want


@given(st.lists(st.sampled_from(["1", "2", "10", "é", ""]), max_size=5))
def test_ids_in_order_are_all_different(ids: list[str]) -> None:
    by_bytes = [id.encode() for id in ids]
    ordered = by_bytes in (sorted(set(by_bytes)), sorted(set(by_bytes), reverse=True))
    assert _in_order(pa.array(ids, pa.string())) == ordered
