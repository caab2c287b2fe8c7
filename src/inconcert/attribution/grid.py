"""The attribution grid: the same items by category of evidence and by how their sources can be had; see `families`."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.families import ACCESS, CATEGORIES
from inconcert.attribution.weighing import Weighing


@dataclass(frozen=True)
class Cell:
    """One cell.   items: keys, in their order."""

    category: str
    access: str
    items: tuple[str, ...]


def grid(weighing: Weighing) -> tuple[Cell, ...]:
    """All nine cells, row by row; an empty one says what nobody has looked at."""
    return tuple(
        Cell(row, column, tuple(i.key for i in weighing.items if (i.category, i.access) == (row, column)))
        for row in CATEGORIES
        for column in ACCESS
    )
