"""Work that costs Python time is done once per distinct value of a column, then spread over its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.normalise.lists import Cell


def per_distinct(values: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    """`read` of every value, NULL for NULL; called once per distinct value. String in, string out, same length."""
    coded = values.dictionary_encode()
    return pa.array([read(v) for v in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


@dataclass(frozen=True)
class Items:
    """The items of list cells, in order: `row` (int64) is the position of the cell, `value` the item; equal lengths."""

    row: NDArray[np.int64]
    value: pa.Array

    def where(self, mask: pa.Array) -> Items:
        """The items where mask is true; a NULL in the mask counts as false."""
        chosen = pc.fill_null(mask, False)
        return Items(self.row[chosen.to_numpy(zero_copy_only=False)], self.value.filter(chosen))

    def map(self, read: Callable[[str], str | None]) -> Items:
        """Each item as `read` gives it; items that it gives None for are left out."""
        value = per_distinct(self.value, read)
        return Items(self.row, value).where(value.is_valid())

    def __add__(self, other: Items) -> Items:
        """Both, by row; within a row those of self first."""
        row = np.concatenate([self.row, other.row])
        order = np.argsort(row, kind="stable")
        return Items(row[order], pa.concat_arrays([self.value, other.value]).take(pa.array(order)))


def explode(
    cells: pa.Array,
    read: Callable[[str], Cell],
    at_once: Callable[[pa.Array], tuple[NDArray[np.bool_], pa.ListArray]] | None = None,
) -> tuple[Items, pa.Array]:
    """The items of each cell, and what is wrong with each cell (NULL: nothing); `read` is called once per distinct cell.

    at_once: reads many cells without fault as `read` does: which of some it has read, and the items of each of these.
    """
    filled = np.flatnonzero(cells.is_valid().to_numpy(zero_copy_only=False))
    coded = cells.drop_null().dictionary_encode()
    done, items = at_once(coded.dictionary) if at_once else (np.zeros(len(coded.dictionary), bool), _NO_ITEMS)
    found = [read(cell) for cell in coded.dictionary.filter(pa.array(~done)).to_pylist()]
    values = pa.array([item for cell in found for item in cell.items], pa.string())
    ends = pa.array(np.cumsum([0, *(len(cell.items) for cell in found)]), pa.int32())
    place = np.where(done, np.cumsum(done), len(items) + np.cumsum(~done)) - 1
    coded = pa.array(place).take(coded.indices)
    lists = pa.concat_arrays([items, pa.ListArray.from_arrays(ends, values)]).take(coded)
    row = filled[pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)]
    return Items(row, pc.list_flatten(lists)), _faults(found, coded.to_numpy() - len(items), filled, len(cells))


def _faults(found: list[Cell], of: NDArray[np.int64], filled: NDArray[np.int64], cells: int) -> pa.Array:
    """What is wrong with each of the cells; found: the different ones, `of` which (below 0: of none, and without fault)
    those at the places `filled` are."""
    if all(cell.fault is None for cell in found):
        return pa.nulls(cells, pa.string())
    place = np.full(cells, -1, np.int64)
    place[filled] = of
    return pa.array([cell.fault for cell in found], pa.string()).take(pa.array(place, mask=place < 0))


_NO_ITEMS = pa.array([], pa.list_(pa.string()))
