"""Charts with one row a label, the label written above it so that long ones have room: shares beside a control, and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import altair as alt

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report import words
from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, RULE, as_svg
from inconcert.report.chart_scale import Scale, fit, usable
from inconcert.report.drawing import Drawing, Key
from inconcert.report.hostile_text import one_line

WIDTH, LABEL_AT_MOST, ROWS_AT_MOST = 340, 50, 18
_HEAD, _SHARES, _BAR, _GAP = 16, 30, 19, 7
"""Heights, in pixels: of a label, of a pair of shares, of a bar, and of the space before the next label."""


_FILLS: tuple[tuple[str, str, float, str], ...] = (
    (BLUE, BLUE, 0, "solid bar"),
    ("#ffffff", INK, 1.2, "open bar"),
    (PALE_ORANGE, ORANGE, 2, "orange bar"),
    ("#8b95a3", INK, 0.8, "grey bar"),
    (PALE_BLUE, BLUE, 0.8, "filled bar"),
)
"""Fill, outline, its width and sign of the layers of bars: told apart by lightness and outline."""


_MEANS = {"found": "marked"}
"""Layers whose name would say more than a picture may: whether something was found is in the words beside it."""


def shares(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """Layers group (filled diamonds) and control (rings), each at its share x with its interval. None without any."""
    drawn = [p for p in points if p.layer in ("group", "control") and _has(p)]
    labels = list(dict.fromkeys(p.label or "" for p in drawn))
    if not labels:
        return None
    shown = {text: i for i, text in enumerate(labels[:ROWS_AT_MOST])}
    its = [p for p in drawn if (p.label or "") in shown]
    x = fit(figure.x, _ends(its), zero=True)
    x = replace(x, share=all(0 <= v <= 1 for v in _ends(its)))
    rows = [i * (_HEAD + _SHARES + _GAP) for i in range(len(shown))]
    height = rows[-1] + _HEAD + _SHARES
    layers = _frame(list(zip(rows, shown, strict=True)), height)
    for name, shape, colour, filled, dy, thick in (
        ("control", "circle", MUTED, False, 23, 1.6),
        ("group", "diamond", ORANGE, True, 9, 2.6),
    ):
        values = [
            {
                "x": p.x,
                "low": _or(p.low, p.x),
                "high": _or(p.high, p.x),
                "y": rows[shown[p.label or ""]] + _HEAD + dy - 1,
                "t": said(p.x or 0.0, x),
            }
            for p in its
            if p.layer == name
        ]
        if not values:
            continue
        base = alt.Chart(alt.InlineData(values=values))
        y = _row_scale("y", height)
        look = {"filled": True} if filled else {"filled": False, "fill": "white"}
        layers += [
            base.mark_rule(color=colour, strokeWidth=thick).encode(x=_x(x, "low"), x2="high", y=y),
            base.mark_point(shape=shape, color=colour, size=90, opacity=1, strokeWidth=1.8, **look).encode(
                x=_x(x, "x"), y=y
            ),
            base.mark_text(align="left", dx=9, color=INK if name == "group" else MUTED, fontSize=12).encode(
                x=_x(x, "high"), y=y, text="t:N"
            ),
        ]
    keys = [Key("diamond", "measured here")] if any(p.layer == "group" for p in its) else []
    keys += [Key("ring", "control")] if any(p.layer == "control" for p in its) else []
    return _finished(layers, height, label, keys, len(shown), len(labels))


def bars(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """One bar a label, x its length, its layer told by fill and outline, with an interval where one is known. None without any."""
    drawn = [p for p in points if _has(p)]
    if not drawn:
        return None
    kinds = list(dict.fromkeys(p.layer for p in drawn))
    shown = drawn[:ROWS_AT_MOST]
    x = fit(figure.x, _ends(shown), zero=True)
    rows, heads, height = _under_heads([p.label or "" for p in shown])
    layers = _frame(heads, height)
    stub = (
        0.012 * (x.high - max(x.low, 0.0)) if x.low >= 0 else x.low
    )  # without it an empty bar would not show its layer
    fills = {kind: _FILLS[min(i, len(_FILLS) - 1)] for i, kind in enumerate(kinds)}
    for kind, (fill, stroke, thick, _) in fills.items():
        values = [
            {
                "x": p.x or 0.0 if len(kinds) == 1 else max(p.x or 0.0, stub),
                "low": _or(p.low, p.x),
                "high": _or(p.high, p.x),
                "end": max(_or(p.high, p.x), p.x or 0.0, 0.0),
                "y": row + 2,
                "y2": row + _BAR - 2,
                "m": row + _BAR / 2,
                "t": said(p.x or 0.0, x),
            }
            for row, p in zip(rows, shown, strict=True)
            if p.layer == kind
        ]
        if not values:
            continue
        base = alt.Chart(alt.InlineData(values=values))
        y, middle = _row_scale("y", height), _row_scale("m", height)
        layers += [
            base.mark_rect(fill=fill, stroke=stroke, strokeWidth=thick, opacity=1).encode(
                x=_x(x, "x"), x2=alt.datum(0), y=y, y2="y2"
            ),
            *(
                base.transform_filter("datum.low < datum.high")
                .mark_rule(color=colour, strokeWidth=thickness)
                .encode(x=_x(x, "low"), x2="high", y=middle)
                for colour, thickness in (("#ffffff", 4.6), (INK, 1.6))
            ),
            base.mark_text(align="left", dx=6, color=INK, fontSize=12).encode(x=_x(x, "end"), y=middle, text="t:N"),
        ]
    keys = [Key(fills[kind][3], one_line(_MEANS.get(kind, kind), 40)) for kind in kinds[: len(_FILLS)]]
    keys = keys if len(kinds) > 1 else []
    return _finished(layers, height, label, keys, len(shown), len(drawn))


def said(value: float, x: Scale) -> str:
    """A value as written beside its mark."""
    if x.share and 0 <= value <= 1:
        return words.percent(value).replace("less than ", "<").replace("more than ", ">")
    return words.number(value)


def _has(point: Point) -> bool:
    return bool(usable([point.x], time=False))


def _ends(points: Sequence[Point]) -> list[float]:
    return usable([v for p in points for v in (p.x, p.low, p.high)], time=False)


def _or(value: float | None, otherwise: float | None) -> float:
    return value if value is not None and usable([value], time=False) else otherwise or 0.0


def _x(x: Scale, name: str) -> alt.X:
    # room at the right for the numbers written beside the last marks
    room = alt.Scale(type="linear", domain=[x.low, x.high], range=[0, WIDTH - 54], nice=False)
    return alt.X(f"{name}:Q", scale=room, axis=alt.Axis(**x.axis, grid=True))


def _row_scale(name: str, height: int) -> alt.Y:
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)


def _under_heads(labels: Sequence[str]) -> tuple[list[int], list[tuple[int, str]], int]:
    """Where each bar begins, where each label is written (once over bars that share it), and the height of all."""
    rows: list[int] = []
    heads: list[tuple[int, str]] = []
    at = 0
    for i, text in enumerate(labels):
        if i == 0 or text != labels[i - 1]:
            at += _GAP if i else 0
            heads.append((at, text))
            at += _HEAD
        rows.append(at)
        at += _BAR
    return rows, heads, at


def _frame(heads: Sequence[tuple[int, str]], height: int) -> list[alt.Chart]:
    """The labels, each at the head of its row, and a thin line between rows."""
    values = [{"y": at + 7, "line": at - _GAP / 2, "t": one_line(text, LABEL_AT_MOST)} for at, text in heads]
    base = alt.Chart(alt.InlineData(values=values))
    text = base.mark_text(align="left", baseline="middle", fontSize=12, color=INK, limit=WIDTH)
    line = base.transform_filter("datum.line > 0").mark_rule(color=RULE)
    return [
        line.encode(x=alt.value(0), x2=alt.value(WIDTH), y=_row_scale("line", height)),
        text.encode(x=alt.value(0), y=_row_scale("y", height), text="t:N"),
    ]


def _finished(
    layers: Sequence[alt.Chart], height: int, label: str, keys: Sequence[Key], shown: int, of: int
) -> Drawing:
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    notes = (f"{shown} of {of:,} are drawn.",) if of > shown else ()
    return Drawing(as_svg(chart, label, "measure"), tuple(keys), notes)
