"""A histogram: what was observed as bars, the control as a line of steps, what was expected dashed, marked stretches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report.chart_look import BLUE, INK, PALE_BLUE, as_svg
from inconcert.report.chart_scale import STRETCHED, Scale, fit, of_bins, usable
from inconcert.report.chart_spans import spans
from inconcert.report.drawing import Drawing, Key

WIDTH, HEIGHT = 340, 150
BINS_AT_MOST = 200
"""Bins drawn of one layer; more are joined in twos, threes and so on, which adds their heights."""


def histogram(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """Layers observed, control and expected: bins from x to x_end with height y; layer found: spans; layers x and y: titles.
    None without bins."""
    layers = {
        name: joined([p for p in points if p.layer == name], time=figure.time)
        for name in ("observed", "control", "expected")
    }
    bins = [one for its in layers.values() for one in its]
    if not bins:
        return None
    found = [p for p in points if p.layer == "found"]
    outside = _reach(found, bins, time=figure.time)
    titles = {p.layer: p.label for p in points if p.layer in ("x", "y") and p.label}
    x = of_bins(titles.get("x", figure.x), [(a, b) for a, b, _ in bins], outside, time=figure.time)
    y = fit(titles.get("y", figure.y), [n for *_, n in bins], zero=True)
    drawn: list[alt.Chart] = []
    marked, bracket, notes = spans(found, x, WIDTH, HEIGHT, "marked")
    if marked:
        drawn.append(marked[0])
    keys = []
    if layers["observed"]:
        drawn.append(_bars(layers["observed"], x, y))
        keys.append(Key("filled bar", "observed"))
    if layers["control"]:
        drawn.append(_steps(layers["control"], x, y, INK, [1, 0]))
        keys.append(Key("solid line", "control"))
    if layers["expected"]:
        drawn.append(_steps(layers["expected"], x, y, INK, [5, 3]))
        keys.append(Key("dashed line", "expected"))
    drawn += marked[1:]
    keys += bracket
    most = max(sum(p.layer == name for p in points) for name in layers)
    if most > BINS_AT_MOST:
        notes.append(f"Each step of the picture adds up {-(-most // BINS_AT_MOST)} bins.")
    svg = as_svg(alt.layer(*drawn).properties(width=WIDTH, height=HEIGHT), label, "measure")
    return Drawing(svg, tuple(keys), (*notes, *((STRETCHED,) if x.kind in ("log", "symlog") else ())))


def _reach(found: Sequence[Point], bins: Sequence[tuple[float, float, float]], *, time: bool) -> list[float]:
    """Ends of marked stretches that the picture must hold: not those that lie far beyond its bins, as of an event known to the
    year, unless the whole stretch does."""
    low, high = min(a for a, _, _ in bins), max(b for _, b, _ in bins)
    room = (high - low) / 4
    ends: list[float] = []
    for p in found:
        its = usable([p.x, p.x_end], time=time)
        beside = bool(its) and (max(its) < low or min(its) > high)
        ends += [end for end in its if beside or low - room <= end <= high + room]
    return ends


def joined(points: Sequence[Point], *, time: bool) -> list[tuple[float, float, float]]:
    """Bins (start, end, height), ascending, at most BINS_AT_MOST."""
    bins = sorted(
        (p.x, p.x_end, p.y)
        for p in points
        if p.x is not None
        and p.x_end is not None
        and p.y is not None
        and len(usable([p.x, p.x_end], time=time)) == 2
        and usable([p.y], time=False)
        and p.x_end > p.x
    )
    together = -(-len(bins) // BINS_AT_MOST)
    if together <= 1:
        return bins
    parts = [bins[i : i + together] for i in range(0, len(bins), together)]
    return [(part[0][0], part[-1][1], sum(n for *_, n in part)) for part in parts]


def _x(name: str, x: Scale) -> alt.X:
    kind = "T" if x.kind == "utc" else "Q"
    return alt.X(f"{name}:{kind}", scale=x.altair, axis=alt.Axis(**x.axis, grid=False))


def _y(y: Scale) -> alt.Y:
    return alt.Y("n:Q", scale=y.altair, axis=alt.Axis(**above(y)))


def above(y: Scale) -> dict[str, Any]:
    """A vertical axis with its title written level above it, where it is easiest to read."""
    more = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -30, "titleY": -18}
    return {**y.axis, **more, "domain": False, "ticks": False, "tickCount": 4, "titleLimit": WIDTH}


def _bars(bins: Sequence[tuple[float, float, float]], x: Scale, y: Scale) -> alt.Chart:
    rows = [{"a": x.drawn(a), "b": x.drawn(b), "n": n} for a, b, n in bins]
    wide = len(rows) <= 80
    marks = alt.Chart(alt.InlineData(values=rows)).mark_bar(
        color=PALE_BLUE, stroke=BLUE if wide else None, strokeWidth=0.8, cornerRadius=0
    )
    drawn: alt.Chart = marks.encode(x=_x("a", x), x2="b", y=_y(y), y2=alt.datum(max(0.0, y.low)))
    return drawn


def _steps(bins: Sequence[tuple[float, float, float]], x: Scale, y: Scale, colour: str, dash: list[int]) -> alt.Chart:
    """A line along the tops of bins, from the floor at both ends and across gaps."""
    corners: list[tuple[float, float]] = []
    end = None
    for a, b, n in bins:
        if end is None or a > end:
            corners += [] if end is None else [(end, 0.0)]
            corners.append((a, 0.0))
        corners += [(a, n), (b, n)]
        end = b
    if end is not None:
        corners.append((end, 0.0))
    rows = [{"i": i, "a": x.drawn(a), "n": n} for i, (a, n) in enumerate(corners)]
    line = alt.Chart(alt.InlineData(values=rows)).mark_line(color=colour, strokeWidth=1.7, strokeDash=dash)
    drawn: alt.Chart = line.encode(x=_x("a", x), y=_y(y), order="i:Q")
    return drawn
