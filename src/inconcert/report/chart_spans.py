"""Marked stretches of an axis: a pale band under a bracket, with its label or a number that the caption explains."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from inconcert.indicators.reading import Point
from inconcert.report.chart_look import INK, ORANGE, PALE_ORANGE
from inconcert.report.chart_scale import Scale, usable
from inconcert.report.hostile_text import one_line

SPANS_AT_MOST, LABEL_AT_MOST = 12, 110
_PER_CHARACTER, _SHORT = 6.4, 22
_STRETCHED = ("log", "symlog")


def spans(points: Sequence[Point], x: Scale, width: int, height: int) -> tuple[list[alt.Chart], list[str]]:
    """The layers, bands first, and what the caption must say of them.

    points: x to x_end each, a point with no end being a single value. Labels are written above the plot where they fit side
    by side, else numbers are.
    """
    time = x.kind == "utc"
    held = [p for p in points if usable([p.x], time=time)]
    shown = sorted(held[:SPANS_AT_MOST], key=lambda p: (p.x or 0.0, p.x_end or 0.0))
    if not shown:
        return [], []
    labels = [one_line(p.label or "", LABEL_AT_MOST) for p in shown]
    ends = [p.x_end if usable([p.x_end], time=time) and p.x_end is not None else p.x or 0.0 for p in shown]
    begins = [x.drawn(p.x or 0.0) for p in shown]
    middles = [(a + x.drawn(b)) / 2 for a, b in zip(begins, ends, strict=True)]
    numbered = not _fit(labels, middles, x, width)
    written = [str(i) for i in range(1, len(shown) + 1)] if numbered else labels
    inside = [min(max(m, x.low), x.high) for m in middles]
    rows = [
        {"a": a, "b": x.drawn(b), "m": m, "t": t, "at": at}
        for a, b, m, t, at in zip(begins, ends, inside, written, _places(written, inside, x, width), strict=True)
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
    notes = [f"{n}: {label}." for n, label in enumerate(labels, 1) if label] if numbered else []
    if len(held) > len(shown):
        notes.append(f"{len(shown)} of {len(held):,} marked stretches are drawn.")
    return layers, notes


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
