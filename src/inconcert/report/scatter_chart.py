"""A scatter: ordinary points as dots, marked ones as filled diamonds, a bound as a line, stretches under brackets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report.chart_look import INK, MUTED, ORANGE, as_svg
from inconcert.report.chart_scale import STRETCHED, Scale, fit, usable
from inconcert.report.chart_spans import spans
from inconcert.report.drawing import Drawing, Key
from inconcert.report.histogram_chart import above
from inconcert.report.hostile_text import one_line

WIDTH, HEIGHT = 340, 210
MARKS_AT_MOST, LABELS_AT_MOST, LABEL_AT_MOST, LINE_AT_MOST = 400, 6, 28, 300
"""Marks of one layer; of more, one stands for all in its small square, larger for more. Labels; corners of the bound."""


def scatter(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """Layers ordinary and found: marks at x, y; layer bound: a line; layer span: x to x_end. None without any mark."""
    held = [p for p in points if usable([p.x], time=figure.time) and usable([p.y], time=figure.time_y)]
    ordinary, found = ([p for p in held if p.layer == name] for name in ("ordinary", "found"))
    bound = sorted((p for p in held if p.layer == "bound"), key=lambda p: (p.x or 0.0, p.y or 0.0))
    if not (ordinary or found or bound):
        return None
    marked = [p for p in points if p.layer == "span" and usable([p.x], time=figure.time)]
    across = usable(
        [v for p in (*ordinary, *found, *bound, *marked) for v in (p.x, p.x_end if p in marked else None)],
        time=figure.time,
    )
    x = fit(figure.x, across, time=figure.time, stretch=not figure.time)
    y = fit(figure.y, [p.y or 0.0 for p in (*ordinary, *found, *bound)], time=figure.time_y, stretch=not figure.time_y)
    over, bracket, notes = spans(marked, x, WIDTH, HEIGHT, "marked stretch")
    layers, keys = over[:1], []
    if ordinary:
        layers.append(_marks(ordinary, x, y, found=False))
        keys.append(Key("dot", "ordinary" if found else "each of them"))
    if bound:
        layers.append(_line(bound, x, y))
        keys.append(Key("solid line", "bound"))
    if found:
        layers.append(_marks(found, x, y, found=True))
        layers += _named(found, x, y)
        keys.append(Key("diamond", "marked"))
    layers += over[1:]
    keys += bracket
    crowded = [name for name, its in (("dots", ordinary), ("diamonds", found)) if len(its) > MARKS_AT_MOST]
    notes += [f"Larger {name} stand for several." for name in crowded]
    notes += [STRETCHED] if {x.kind, y.kind} & {"log", "symlog"} else []
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    return Drawing(as_svg(chart, label, "measure"), tuple(keys), tuple(notes))


def _place(value: float | None, scale: Scale) -> float:
    return scale.drawn(value or 0.0)


def _marks(points: Sequence[Point], x: Scale, y: Scale, *, found: bool) -> alt.Chart:
    pairs = [(_place(p.x, x), _place(p.y, y)) for p in points]
    counted = together(pairs, x, y)
    least, largest = (70, 150) if found else (9, 46)
    most = math.sqrt(max(counted.values()))
    rows = [
        {"x": a, "y": b, "s": least + (largest - least) * (math.sqrt(n) - 1) / max(most - 1, 1)}
        for (a, b), n in counted.items()
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    if found:
        marks = base.mark_point(shape="diamond", filled=True, color=ORANGE, opacity=0.95)
    else:
        marks = base.mark_point(shape="circle", filled=True, color=MUTED, opacity=0.55)
    size = alt.Size("s:Q", legend=None, scale=None)
    drawn: alt.Chart = marks.encode(x=_x(x), y=_y(y), size=size)
    return drawn


def together(pairs: Sequence[tuple[float, float]], x: Scale, y: Scale) -> Counter[tuple[float, float]]:
    """Places and how many points each stands for: every point itself, or the middle of the squares of the finest grid that
    leaves at most MARKS_AT_MOST."""
    alone = Counter(pairs)
    if len(alone) <= MARKS_AT_MOST:
        return alone
    for across in (95, 70, 50, 38, 28, 20):
        wide, high = (x.high - x.low) / across, (y.high - y.low) / (across * HEIGHT / WIDTH)
        cells: Counter[tuple[int, int]] = Counter((int((a - x.low) / wide), int((b - y.low) / high)) for a, b in pairs)
        if len(cells) <= MARKS_AT_MOST:
            break
    return Counter({(x.low + (i + 0.5) * wide, y.low + (j + 0.5) * high): n for (i, j), n in cells.items()})


def _line(points: Sequence[Point], x: Scale, y: Scale) -> alt.Chart:
    n = len(points)
    kept = points if n <= LINE_AT_MOST else [points[i * (n - 1) // (LINE_AT_MOST - 1)] for i in range(LINE_AT_MOST)]
    rows = [{"x": _place(p.x, x), "y": _place(p.y, y), "i": i} for i, p in enumerate(kept)]
    line = alt.Chart(alt.InlineData(values=rows)).mark_line(color=INK, strokeWidth=1.8)
    drawn: alt.Chart = line.encode(x=_x(x), y=_y(y), order="i:Q")
    return drawn


def _named(found: Sequence[Point], x: Scale, y: Scale) -> list[alt.Chart]:
    """Labels of the first that have one and stand clear of the others."""
    taken: list[tuple[float, float]] = []
    rows: list[dict[str, Any]] = []
    for p in found:
        if not p.label or len(rows) == LABELS_AT_MOST or x.kind in ("log", "symlog") or y.kind in ("log", "symlog"):
            continue
        at = (_place(p.x, x) - x.low) / (x.high - x.low) * WIDTH
        up = HEIGHT - (_place(p.y, y) - y.low) / (y.high - y.low) * HEIGHT
        if any(abs(up - b) < 14 and abs(at - a) < 150 for a, b in taken):
            continue
        taken.append((at, up))
        text = one_line(p.label, LABEL_AT_MOST)
        rows.append({"x": _place(p.x, x), "y": _place(p.y, y), "t": text, "side": at > WIDTH * 0.6})
    charts: list[alt.Chart] = []
    sides: tuple[tuple[bool, Literal["left", "right"], int], ...] = ((False, "left", 8), (True, "right", -8))
    for side, align, dx in sides:
        values = [row for row in rows if row["side"] == side]
        if values:
            base = alt.Chart(alt.InlineData(values=values)).encode(x=_x(x), y=_y(y), text="t:N")
            charts.append(base.mark_text(align=align, dx=dx, fontSize=11, stroke="white", strokeWidth=4))
            charts.append(base.mark_text(align=align, dx=dx, fontSize=11, color=INK))
    return charts


def _x(x: Scale) -> alt.X:
    return alt.X(f"x:{'T' if x.kind == 'utc' else 'Q'}", scale=x.altair, axis=alt.Axis(**x.axis, grid=False))


def _y(y: Scale) -> alt.Y:
    return alt.Y(f"y:{'T' if y.kind == 'utc' else 'Q'}", scale=y.altair, axis=alt.Axis(**above(y)))
