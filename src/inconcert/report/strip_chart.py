"""A strip chart: one lane a layer, a tick for each moment or value, a bar for each span, the labelled ones named. A span of a
month or more that covers others of its layer, as an event known to the year does, stands in a lane of its own, lighter, and does not
stretch the scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import altair as alt

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report.chart_look import BLUE, INK, ORANGE, PALE_BLUE, as_svg
from inconcert.report.chart_scale import STRETCHED, Scale, fit, usable
from inconcert.report.drawing import Drawing, Key
from inconcert.report.hostile_text import one_line
from inconcert.report.timeline import DAY_US

WIDTH, NAMED_STEP, STEP = 340, 50, 36
LANES_AT_MOST, MARKS_AT_MOST, LABELS_AT_MOST = 10, 100, 4
"""Lanes; ticks of one lane, of more as many evenly chosen; labels written in one lane."""

EDGES_AT_MOST = 60
"""Spans in all up to which the beginning of each is marked too."""

APART_AT_MOST = 500
"""Labelled marks of a layer up to which it is asked whether one covers another."""

MONTH_US = 28 * DAY_US
"""Length from which a span that covers others is moved to a lane of its own."""

_LONGER = (", longer", ", longest")
_LANE, _LABEL = 50, 42
_PER_CHARACTER = 6.2


def strip(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """Marks at x, to x_end where it is a span, in the lane of their layer. None without any."""
    held, covering = _apart([p for p in points if usable([p.x], time=figure.time)], time=figure.time)
    lanes = list(dict.fromkeys(p.layer for p in held))
    if not lanes:
        return None
    shown = {lane: i for i, lane in enumerate(lanes[:LANES_AT_MOST])}
    its = [p for p in held if p.layer in shown]
    inner = [p for p in its if p.layer not in covering] or its
    values = usable([v for p in inner for v in (p.x, p.x_end)], time=figure.time)
    x = fit(figure.x, values, time=figure.time, stretch=True)
    step = NAMED_STEP if any(p.label for p in its) else STEP
    layers, thinned = [_head(step, lanes[:LANES_AT_MOST])], False
    ticks, bars, bands, named = [], [], [], []
    for lane, i in shown.items():
        marks = sorted((p for p in its if p.layer == lane), key=lambda p: (p.x or 0.0, p.x_end or 0.0, p.label or ""))
        spans = [p for p in marks if p.x_end is not None and usable([p.x_end], time=figure.time)]
        if lane in covering:
            bands += [{"a": _inside(p.x, x), "b": _inside(p.x_end, x), "y": (i + 1) * step - 16} for p in spans]
            named += _labels([p for p in marks if p.label], x, i, covering)
            continue
        moments = [p for p in marks if p not in spans] if spans else marks
        thinned |= len(spans) > MARKS_AT_MOST or len(moments) > MARKS_AT_MOST
        bars += [
            {"a": x.drawn(p.x or 0.0), "b": x.drawn(p.x_end or 0.0), "y": (i + 1) * step - 16} for p in _few(spans)
        ]
        ticks += [
            {"a": x.drawn(p.x or 0.0), "y": (i + 1) * step - 22, "y2": (i + 1) * step - 10} for p in _few(moments)
        ]
        named += _labels([p for p in marks if p.label], x, i)
    height = len(shown) * step
    y = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    if bands:
        base = alt.Chart(alt.InlineData(values=bands)).mark_rule(color=PALE_BLUE, strokeWidth=12, opacity=0.6)
        layers.append(base.encode(x=_x("a", x), x2="b", y=alt.Y("y:Q", scale=y, axis=None)))
    if bars:
        base = alt.Chart(alt.InlineData(values=bars)).mark_rule(color=BLUE, strokeWidth=9, opacity=0.55)
        layers.append(base.encode(x=_x("a", x), x2="b", y=alt.Y("y:Q", scale=y, axis=None)))
    if 0 < len(bars) <= EDGES_AT_MOST:
        edge = alt.Chart(alt.InlineData(values=bars)).mark_tick(color=BLUE, thickness=1.4, size=13, orient="vertical")
        layers.append(edge.encode(x=_x("a", x), y=alt.Y("y:Q", scale=y, axis=None)))
    if ticks:
        # one broken line for all of them: a mark each would take four times the room in the page
        corners = [
            {"i": 3 * n + k, "a": tick["a"] if k < 2 else None, "y": (tick["y"], tick["y2"], None)[k]}
            for n, tick in enumerate(ticks)
            for k in range(3)
        ]
        line = alt.Chart(alt.InlineData(values=corners)).mark_line(
            color=BLUE, strokeWidth=1.5, opacity=0.75, invalid="break-paths-filter-domains"
        )
        layers.append(line.encode(x=_x("a", x), y=alt.Y("y:Q", scale=y, axis=None), order="i:Q"))
    if named:
        base = alt.Chart(alt.InlineData(values=named))
        layers.append(
            base.transform_filter("datum.mark")
            .mark_point(shape="diamond", filled=True, size=70, color=ORANGE, opacity=1)
            .encode(x=_x("a", x), y=alt.Y("y:Q", scale=y, axis=None))
        )
        for align in ("left", "right"):
            text = base.transform_filter(f"datum.side === '{align}'").mark_text(
                align=align, dx=7 if align == "left" else -7, fontSize=11, color=INK, stroke=None
            )
            layers.append(text.encode(x=_x("a", x), y=alt.Y("l:Q", scale=y, axis=None), text="t:N"))
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    notes = [f"{len(shown)} of {len(lanes):,} rows are drawn."] if len(lanes) > len(shown) else []
    notes += [f"At most {MARKS_AT_MOST} marks of a row are drawn, evenly chosen."] if thinned else []
    notes += [STRETCHED] if x.kind in ("log", "symlog") else []
    keys = [Key("span", "from beginning to end")] if bars or bands else []
    keys += [Key("diamond", "named")] if any(row["mark"] for row in named) and (ticks or bars) else []
    return Drawing(as_svg(chart, label, "measure"), tuple(keys), tuple(notes))


def _apart(points: Sequence[Point], *, time: bool) -> tuple[list[Point], frozenset[str]]:
    """The points, labelled spans that cover others of their layer moved to lanes of their own, and the names of these lanes."""
    held: list[Point] = []
    covering: list[str] = []
    for layer in dict.fromkeys(p.layer for p in points):
        its = [p for p in points if p.layer == layer]
        labelled = [p for p in its if p.label] if time else []
        depths: dict[Point, int] = {}
        for p in sorted(labelled, key=_length) if len(labelled) <= APART_AT_MOST else []:
            depths[p] = min(len(_LONGER), max((depth + 1 for q, depth in depths.items() if _covers(p, q)), default=0))
        held += [p for p in its if not depths.get(p)]
        for depth, longer in enumerate(_LONGER, 1):
            moved = [p for p in its if depths.get(p) == depth]
            lane = moved[0].label or "" if len(moved) == 1 else layer + longer
            held += [replace(p, layer=lane, label=None if len(moved) == 1 else p.label) for p in moved]
            covering += [lane] if moved else []
    return held, frozenset(covering)


def _length(p: Point) -> float:
    return (p.x_end if p.x_end is not None else p.x or 0.0) - (p.x or 0.0)


def _covers(p: Point, q: Point) -> bool:
    begins, ends = q.x or 0.0, q.x_end if q.x_end is not None else q.x or 0.0
    lasts = p.x_end is not None and _length(p) >= MONTH_US and _length(q) < _length(p)
    return lasts and (p.x or 0.0) <= begins and ends <= (p.x_end or 0.0)


def _inside(value: float | None, x: Scale) -> float:
    return min(max(x.drawn(value or 0.0), x.low), x.high)


def _few(points: Sequence[Point]) -> list[Point]:
    n = len(points)
    if n <= MARKS_AT_MOST:
        return list(points)
    return [points[i * (n - 1) // (MARKS_AT_MOST - 1)] for i in range(MARKS_AT_MOST)]


def _labels(points: Sequence[Point], x: Scale, lane: int, bands: Collection[str] = ()) -> list[dict[str, object]]:
    """Diamonds for labelled marks, none on bands, and their labels as long as they do not run into one another."""
    rows: list[dict[str, object]] = []
    free, written = -1.0, 0
    for p in _few(points):
        at = (_inside(p.x, x) - x.low) / (x.high - x.low) * WIDTH
        text = one_line(p.label or "", _LABEL)
        long = len(text) * _PER_CHARACTER
        side = "left" if at + long + 8 < WIDTH or at < WIDTH / 2 else "right"
        begins = at if side == "left" else at - long - 8
        fits = x.kind in ("linear", "utc") and begins > free and written < LABELS_AT_MOST
        if fits:
            free, written = begins + long + 12, written + 1
        rows.append(
            {
                "a": _inside(p.x, x),
                "mark": p.layer not in bands,
                "y": (lane + 1) * NAMED_STEP - 16,
                "l": lane * NAMED_STEP + 20,
                "t": text if fits else "",
                "side": side,
            }
        )
    return rows


def _x(name: str, x: Scale) -> alt.X:
    kind = "T" if x.kind == "utc" else "Q"
    return alt.X(f"{name}:{kind}", scale=x.altair, axis=alt.Axis(**x.axis, grid=True))


def _head(step: int, lanes: Sequence[str]) -> alt.Chart:
    rows = [{"y": i * step + 5, "t": one_line(lane, _LANE)} for i, lane in enumerate(lanes)]
    height = len(lanes) * step
    text = alt.Chart(alt.InlineData(values=rows)).mark_text(
        align="left", baseline="middle", fontSize=12, fontWeight="bold", color=INK, limit=WIDTH
    )
    drawn: alt.Chart = text.encode(
        x=alt.value(0),
        y=alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None),
        text="t:N",
    )
    return drawn
