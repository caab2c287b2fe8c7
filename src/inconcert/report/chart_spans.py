"""Marked stretches of an axis: a pale band under a bracket, with its label or a number that the caption explains; one that covers
most of the axis stands above the plot instead."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from inconcert.indicators.reading import Point
from inconcert.report.chart_look import INK, ORANGE, PALE_ORANGE
from inconcert.report.chart_scale import Scale, usable
from inconcert.report.drawing import Key
from inconcert.report.hostile_text import one_line

SPANS_AT_MOST, LABEL_AT_MOST = 12, 110
_PER_CHARACTER, _SHORT = 6.4, 22
_STRETCHED = ("log", "symlog")
_MOST_OF_IT, _WIDE_AT_MOST, _ROW, _BAND, _LOWEST = 0.5, 5, 19, 16, 50
"""Share of the axis from which a stretch is drawn above the plot; how many of these at most; distance of their rows, height of each,
and how far above the plot the first stands, over labels and the title of the axis."""


def spans(
    points: Sequence[Point], x: Scale, width: int, height: int, means: str
) -> tuple[list[alt.Chart], list[Key], list[str]]:
    """The layers, bands first, the sign for those under a bracket, which says what it `means`, and what the caption must say of them.

    points: x to x_end each, a point with no end being a single value. Labels are written above the plot where they fit side
    by side, else numbers are.
    """
    time = x.kind == "utc"
    held = [(p, *_ends(p, x, time=time)) for p in points if usable([p.x], time=time)]
    wide = [one for one in held if time and one[2] - one[1] >= _MOST_OF_IT * (x.high - x.low)]
    above, notes = _above([(p.label or "", a, b) for p, a, b in wide[:_WIDE_AT_MOST]], x, width)
    narrow = sorted((one for one in held if one not in wide), key=lambda one: one[1:])
    layers, more = _beside([(p.label or "", a, b) for p, a, b in narrow[:SPANS_AT_MOST]], x, width, height)
    drawn = len(narrow[:SPANS_AT_MOST]) + len(wide[:_WIDE_AT_MOST])
    if len(held) > drawn:
        more.append(f"{drawn} of {len(held):,} marked stretches are drawn.")
    return [*layers, *above], [Key("bracket", means)] if layers else [], [*more, *notes]


def _ends(point: Point, x: Scale, *, time: bool) -> tuple[float, float]:
    """Where a stretch begins and ends on the scale, cut at its ends."""
    first = point.x or 0.0
    last = point.x_end if usable([point.x_end], time=time) and point.x_end is not None else first
    a, b = (min(max(x.drawn(end), x.low), x.high) for end in (first, last))
    return a, b


def _above(shown: Sequence[tuple[str, float, float]], x: Scale, width: int) -> tuple[list[alt.Chart], list[str]]:
    """Light bands above the plot, each in a row of its own with its label, and what the caption must say of labels that were cut."""
    most = int((width - 6) / _PER_CHARACTER)
    layers, notes = [], []
    for row, (label, a, b) in enumerate(shown):
        top = -_LOWEST - _ROW * row
        base = alt.Chart(alt.InlineData(values=[{"a": a, "b": b, "t": one_line(label, most - 1)}]))
        begin = alt.X("a:T", scale=x.altair, axis=alt.Axis(**x.axis, grid=False))
        layers.append(
            base.mark_rect(color=PALE_ORANGE).encode(x=begin, x2="b", y=alt.value(top), y2=alt.value(top + _BAND))
        )
        text = base.mark_text(align="left", baseline="middle", dx=4, color=INK, fontSize=12, limit=width)
        layers.append(text.encode(x=alt.value(0), y=alt.value(top + _BAND / 2), text="t:N"))
        if len(label) > most - 1:
            notes.append(f"Band: {one_line(label, LABEL_AT_MOST)}.")
    return layers, notes


def _beside(
    shown: Sequence[tuple[str, float, float]], x: Scale, width: int, height: int
) -> tuple[list[alt.Chart], list[str]]:
    """Brackets with their bands under them, and what the caption must say of those that only bear a number."""
    if not shown:
        return [], []
    time = x.kind == "utc"
    labels = [one_line(label, LABEL_AT_MOST) for label, _, _ in shown]
    middles = [(a + b) / 2 for _, a, b in shown]
    numbered = not _fit(labels, middles, x, width)
    written = [str(i) for i in range(1, len(shown) + 1)] if numbered else labels
    rows = [
        {"a": a, "b": b, "m": m, "t": t, "at": at}
        for (_, a, b), m, t, at in zip(shown, middles, written, _places(written, middles, x, width), strict=True)
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    kind = "T" if time else "Q"
    start = alt.X(f"a:{kind}", scale=x.altair, axis=alt.Axis(**x.axis, grid=False))
    band = base.mark_rect(color=PALE_ORANGE, opacity=0.9, stroke=ORANGE, strokeWidth=0.6)
    bar = base.mark_rule(color=ORANGE, strokeWidth=5, strokeCap="butt")
    text = base.mark_text(dy=-9, color=INK, fontSize=12, fontWeight="bold", limit=width)
    layers = [
        band.encode(x=start, x2="b", y=alt.value(0), y2=alt.value(height)),
        bar.encode(x=start, x2="b", y=alt.value(0)),
        base.mark_point(shape="triangle-down", filled=True, color=ORANGE, size=50, opacity=1).encode(
            x=alt.X(f"m:{kind}", scale=x.altair), y=alt.value(0)
        ),
        text.encode(x=alt.X(f"at:{kind}", scale=x.altair), y=alt.value(0), text="t:N"),
    ]
    return layers, [f"{n}: {label}." for n, label in enumerate(labels, 1) if label] if numbered else []


def _fit(labels: Sequence[str], middles: Sequence[float], x: Scale, width: int) -> bool:
    """Whether labels over their marks, those near an edge moved inside, do not overlap."""
    if any(len(label) > _SHORT for label in labels) or (x.kind in _STRETCHED and len(labels) > 1):
        return False
    last = 0.0
    for label, at in zip(labels, _inside(labels, middles, x, width), strict=True):
        half = len(label) * _PER_CHARACTER / 2
        if at - half < last:
            return False
        last = at + half + 6
    return True


def _places(written: Sequence[str], middles: Sequence[float], x: Scale, width: int) -> list[float]:
    """Where on the scale the middle of each text stands; numbers that would run into one another are moved apart."""
    if x.kind in _STRETCHED:
        return list(middles)
    places: list[float] = []
    free = 0.0
    for text, at in zip(written, _inside(written, middles, x, width), strict=True):
        half = len(text) * _PER_CHARACTER / 2
        place = max(at, free + half)
        places.append(x.low + place / width * (x.high - x.low))
        free = place + half + 2
    return places


def _inside(written: Sequence[str], middles: Sequence[float], x: Scale, width: int) -> list[float]:
    """Pixels of the middles of texts over their marks, moved so far that none is cut at an edge."""
    halves = [len(text) * _PER_CHARACTER / 2 for text in written]
    places = [(middle - x.low) / (x.high - x.low) * width for middle in middles]
    return [min(max(at, half), max(half, width - half)) for at, half in zip(places, halves, strict=True)]
