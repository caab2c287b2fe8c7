"""Curves: one line a layer, told apart by dashes and by the name at its end, in a pale band where its interval is known."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, TEAL, as_svg
from inconcert.report.chart_scale import STRETCHED, Scale, fit, usable
from inconcert.report.drawing import Drawing, Key
from inconcert.report.histogram_chart import above
from inconcert.report.hostile_text import one_line

WIDTH, HEIGHT = 340, 180
POINTS_AT_MOST = 250
_LINES: tuple[tuple[str, tuple[float, ...], float, str], ...] = (
    (BLUE, (1, 0), 2.6, "blue line"),
    (INK, (6, 3), 1.8, "dashed line"),
    (ORANGE, (1.5, 3), 2.6, "dotted line"),
    (TEAL, (11, 4), 2.2, "long dashes"),
    (MUTED, (1, 0), 1.3, "thin line"),
)
"""Colour, dashes, width and sign of the lines in their order; there are no more lines than these."""


def curve(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """x, y by layer, with low and high where they are known; a point without y breaks its line. None without any."""
    held = [p for p in points if usable([p.x], time=figure.time) and (p.y is None or usable([p.y], time=figure.time_y))]
    names = list(dict.fromkeys(p.layer for p in held if p.y is not None))
    if not names:
        return None
    lines = {name: sorted((p for p in held if p.layer == name), key=_at) for name in names[: len(_LINES)]}
    its = [p for line in lines.values() for p in line]
    x = fit(figure.x, [p.x or 0.0 for p in its], time=figure.time, stretch=not figure.time, pad=0.01)
    ends = usable([v for p in its for v in (p.y, p.low, p.high)], time=figure.time_y)
    y = fit(figure.y, ends, time=figure.time_y, zero=not figure.time_y and min(ends) >= 0)
    bands, drawn, keys = [], [], []
    for (name, line), (colour, dash, thick, sign) in zip(lines.items(), _LINES, strict=False):
        rows = _rows(line, x, y)
        base = alt.Chart(alt.InlineData(values=rows))
        broken = rows[-1]["part"] > 0
        if any("low" in row for row in rows):
            kept = base.transform_filter("isValid(datum.low)").encode(x=_x(x), y=_y(y, "low"), y2="high")
            bands.append(kept.mark_area(color=colour, opacity=0.16).encode(detail="part:N"))
            bands += [kept.mark_rule(color=colour, opacity=0.25, strokeWidth=3)] if broken else []
        if len(rows) > 1:
            mark = base.mark_line(color=colour, strokeWidth=thick, strokeDash=list(dash))
            drawn.append(mark.encode(x=_x(x), y=_y(y), order="i:Q", detail="part:N"))
        if len(rows) == 1 or broken:
            mark = base.mark_point(color=colour, filled=True, size=30 if broken else 60, opacity=1)
            drawn.append(mark.encode(x=_x(x), y=_y(y)))
        keys.append(Key(sign, one_line(name, 40)))
    chart = alt.layer(*bands, *drawn).properties(width=WIDTH, height=HEIGHT)
    notes = [f"{len(lines)} of {len(names):,} lines are drawn."] if len(names) > len(lines) else []
    notes += [STRETCHED] if x.kind in ("log", "symlog") else []
    notes += ["Bands are 95% intervals."] if bands else []
    return Drawing(as_svg(chart, label, "measure"), tuple(keys), tuple(notes))


def _at(point: Point) -> tuple[float, float]:
    return point.x or 0.0, point.y or 0.0


def _rows(line: Sequence[Point], x: Scale, y: Scale) -> list[dict[str, float]]:
    """Its points, and in which unbroken part of the line each lies."""
    n = len(line)
    kept = line if n <= POINTS_AT_MOST else [line[i * (n - 1) // (POINTS_AT_MOST - 1)] for i in range(POINTS_AT_MOST)]
    rows: list[dict[str, float]] = []
    part = 0
    for i, p in enumerate(kept):
        if p.y is None:
            part += bool(rows) and rows[-1]["part"] == part
            continue
        row = {"i": float(i), "x": x.drawn(p.x or 0.0), "y": y.drawn(p.y), "part": part}
        if p.low is not None and p.high is not None and len(usable([p.low, p.high], time=y.kind == "utc")) == 2:
            row |= {"low": y.drawn(p.low), "high": y.drawn(p.high)}
        rows.append(row)
    return rows


def _x(x: Scale) -> alt.X:
    return alt.X(f"x:{'T' if x.kind == 'utc' else 'Q'}", scale=x.altair, axis=alt.Axis(**x.axis, grid=False))


def _y(y: Scale, name: str = "y") -> alt.Y:
    return alt.Y(f"{name}:{'T' if y.kind == 'utc' else 'Q'}", scale=y.altair, axis=alt.Axis(**above(y)))
