"""Lines of text on a picture in the order in which people read them.

A line is a row of schema PICTURE_TEXTS; of it, `left`, `top`, `right`, `bottom` (shares of the sides) and `text` are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Line = Mapping[str, Any]
L = TypeVar("L", bound=Line)

MOST_GAP = 1.0
"""Height of a line by which the next one of a paragraph may be apart."""
MOST_UNLIKE = 1.6
"""Ratio of heights from which two lines are not of one paragraph: a heading is not."""


def rows(lines: Iterable[L]) -> list[list[L]]:
    """Lines that stand beside each other, left to right; the rows from top to bottom."""
    found: list[list[L]] = []
    for line in sorted(lines, key=lambda line: (_middle(line), line["left"], line["right"], line["text"])):
        if found and beside(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda line: (line["left"], line["top"], line["text"])) for row in found]


def blocks(lines: Iterable[L]) -> list[list[L]]:
    """Paragraphs, so that two columns are read one after the other: each line goes under the nearest line above it of like
    height that it mostly overlaps; a block stands where its first line does."""
    found: list[list[L]] = []
    for line in (line for row in rows(lines) for line in row):
        above = [block for block in found if _follows(block[-1], line)]
        if above:
            max(above, key=lambda block: float(block[-1]["bottom"])).append(line)
        else:
            found.append([line])
    return found


def beside(one: Line, other: Line) -> bool:
    """Whether the middle of each lies within the height of the other."""
    return bool(one["top"] < _middle(other) < one["bottom"] and other["top"] < _middle(one) < other["bottom"])


def overlap(one: Line, other: Line, start: str = "left", end: str = "right") -> float:
    """Share of the narrower line that stands above or below the other, 0 to 1; of heights with start top, end bottom."""
    narrower = min(one[end] - one[start], other[end] - other[start])
    both = min(one[end], other[end]) - max(one[start], other[start])
    return max(0.0, float(both / narrower)) if narrower > 0 else 0.0


def _middle(line: Line) -> float:
    return float(line["top"] + line["bottom"]) / 2


def _follows(above: Line, line: Line) -> bool:
    """Whether the line may continue the paragraph that `above` ends."""
    heights = sorted((above["bottom"] - above["top"], line["bottom"] - line["top"]))
    gap = line["top"] - above["bottom"]
    return bool(
        heights[0] > 0
        and heights[1] <= MOST_UNLIKE * heights[0]
        and -heights[0] / 2 <= gap <= MOST_GAP * heights[0]
        and overlap(above, line) >= 0.5
    )
