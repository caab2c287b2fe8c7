"""The matrix of competing hypotheses as a picture: items against hypotheses, the most diagnostic first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import altair as alt

from inconcert.attribution.ach_matrix import RATINGS, Matrix
from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, as_svg
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import one_line

COLUMN, SIDE, HEAD, CELL, GAP, TOP = 62, 150, 17, 22, 8, 26
"""Pixels: width of a column and of the bars of diagnosticity, height of the words above a row, of a cell, between rows, and of the ids."""
ROWS_AT_MOST, LABEL_AT_MOST = 30, 90
_LOOK: dict[str, tuple[str, str]] = {
    "CC": (BLUE, "#ffffff"), "C": (PALE_BLUE, INK), "N": ("#ffffff", MUTED), "I": (PALE_ORANGE, INK), "II": (ORANGE, "#ffffff"),
}  # fmt: skip
"""Rating -> its fill, and the colour of its letters."""


Mark = dict[str, Any]
"""What one mark is drawn from: places in pixels, and words."""
Align = Literal["left", "center"]


def ach_matrix(matrix: Matrix, titles: Mapping[str, str]) -> Drawing:
    """The first ROWS_AT_MOST items. titles: hypothesis -> how it is called, for the words under the picture."""
    ids = matrix.hypotheses
    rows = matrix.rows[:ROWS_AT_MOST]
    width, step = len(ids) * COLUMN + SIDE, HEAD + CELL + GAP
    height = TOP + len(rows) * step + HEAD + CELL
    cells: list[Mark] = []
    words: list[Mark] = []
    for i, row in enumerate(rows):
        top = TOP + i * step
        words.append({"x": 2, "y": top + HEAD / 2, "t": one_line(f"{row.key}: {row.text}", LABEL_AT_MOST)})
        cells += [_cell(j, top + HEAD, row.ratings[id]) for j, id in enumerate(ids)]
    last = TOP + len(rows) * step
    words += [{"x": j * COLUMN + COLUMN / 2 - 8, "y": TOP / 2, "t": id} for j, id in enumerate(ids)]
    words += [{"x": len(ids) * COLUMN + 8, "y": TOP / 2, "t": "diagnosticity"}, {"x": 2, "y": last + HEAD / 2, "t": "inconsistency (1 for I, 2 for II)"}]  # fmt: skip
    scores: list[Mark] = [
        {"x": j * COLUMN + COLUMN / 2, "y": last + HEAD + CELL / 2, "t": str(matrix.inconsistency.get(id, "–"))}
        for j, id in enumerate(ids)
    ]
    most = max((row.diagnosticity for row in rows), default=0.0) or 1.0
    bars: list[Mark] = [
        {
            "x": len(ids) * COLUMN + 8, "x2": len(ids) * COLUMN + 8 + (SIDE - 60) * row.diagnosticity / most,
            "y": TOP + i * step + HEAD + 4, "y2": TOP + i * step + HEAD + CELL - 4, "m": TOP + i * step + HEAD + CELL / 2,
            "t": f"× {10**row.diagnosticity:.3g}",
        }
        for i, row in enumerate(rows)
    ]  # fmt: skip
    layers = [_rects([cell for cell in cells if cell["t"] == rating], rating, width, height) for rating in _LOOK if any(cell["t"] == rating for cell in cells)]  # fmt: skip
    layers += [_letters([cell for cell in cells if cell["t"] == rating], _LOOK[rating][1], width, height) for rating in _LOOK]  # fmt: skip
    layers += [
        *_bars(bars, width, height),
        _texts(words, "left", width, height),
        _texts(scores, "center", width, height),
    ]
    chart = alt.layer(*layers).properties(width=width, height=height)
    notes = [f"{rating}: {means}." for rating, means in RATINGS.items()]
    notes += [f"{id}: {one_line(titles[id], LABEL_AT_MOST)}." for id in ids]
    if len(matrix.rows) > len(rows):
        notes.append(f"{len(rows)} of {len(matrix.rows)} items are drawn.")
    return Drawing(as_svg(chart, "Items of evidence against hypotheses", "measure"), (), tuple(notes))


def _cell(column: int, top: float, rating: str) -> Mark:
    left = column * COLUMN
    return {
        "x": left + 2, "x2": left + COLUMN - 2, "y": top, "y2": top + CELL, "cx": left + COLUMN / 2, "cy": top + CELL / 2, "t": rating,
    }  # fmt: skip


def _across(name: str, width: int) -> alt.X:
    return alt.X(f"{name}:Q", scale=alt.Scale(domain=[0, width], range=[0, width], nice=False), axis=None)


def _down(name: str, height: int) -> alt.Y:
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)


def _rects(cells: list[Mark], rating: str, width: int, height: int) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=cells))
    x, y = _across("x", width), _down("y", height)
    drawn: alt.Chart = base.mark_rect(fill=_LOOK[rating][0], stroke=MUTED, strokeWidth=0.8).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q"
    )
    return drawn


def _letters(cells: list[Mark], colour: str, width: int, height: int) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=cells))
    drawn: alt.Chart = base.mark_text(color=colour, fontSize=12, fontWeight="bold").encode(
        x=_across("cx", width), y=_down("cy", height), text="t:N"
    )
    return drawn


def _bars(bars: list[Mark], width: int, height: int) -> list[alt.Chart]:
    base = alt.Chart(alt.InlineData(values=bars))
    return [
        base.mark_rect(fill=MUTED).encode(x=_across("x", width), x2="x2:Q", y=_down("y", height), y2="y2:Q"),
        base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(
            x=_across("x2", width), y=_down("m", height), text="t:N"
        ),
    ]


def _texts(words: list[Mark], align: Align, width: int, height: int) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=words))
    drawn: alt.Chart = base.mark_text(align=align, baseline="middle", fontSize=12, color=INK).encode(
        x=_across("x", width), y=_down("y", height), text="t:N"
    )
    return drawn
