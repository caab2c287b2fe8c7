"""The waterfall of an assessment: what each family of evidence adds in favour of one explanation against another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from inconcert.attribution.waterfall import AFTER, BEFORE, Step
from inconcert.report.chart_look import BLUE, GREY, INK, MUTED, PALE_BLUE, PALE_ORANGE, RULE, as_svg
from inconcert.report.drawing import Drawing, Key
from inconcert.report.hostile_text import one_line

WIDTH, HEAD, BAR, GAP = 560, 17, 20, 9
"""Pixels: of the chart, of the words above a bar, of a bar, and between rows."""
ROOM = 1.1
"""Share of the axis kept free at its right, for the numbers."""


def attribution_waterfall(steps: Sequence[Step], one: str, other: str) -> Drawing:
    """One bar a step, from left to right what favours `one`; a thin line is its range. one, other: titles of the two hypotheses."""
    rows = [_row(number, step) for number, step in enumerate(steps)]
    ends = [0.0, *(row[name] for row in rows for name in ("low", "high", "start", "end"))]
    least, most = min(ends) - 0.1, max(ends) + 0.1
    most += (most - least) * (ROOM - 1)
    height = len(rows) * (HEAD + BAR + GAP)
    ticks = list(range(int(least // 1), int(most // 1) + 1))
    axis = alt.Axis(
        title=None, values=ticks, grid=True,
        labelExpr="datum.value == 0 ? 'even' : datum.value > 0 ? format(pow(10, datum.value), ',') + ' : 1' : '1 : ' + format(pow(10, -datum.value), ',')",
    )  # fmt: skip
    scale = alt.Scale(domain=[least, most], nice=False)
    x, plain = alt.X("start:Q", scale=scale, axis=axis), alt.Y("y:Q", scale=_down(height), axis=None)
    base = alt.Chart(alt.InlineData(values=rows))
    middle = alt.Y("middle:Q", scale=_down(height), axis=None)
    layers = [
        base.mark_rule(color=RULE).encode(x=alt.value(0), x2=alt.value(WIDTH), y=alt.Y("line:Q", scale=_down(height), axis=None)),
        base.mark_rule(color=MUTED, strokeWidth=1.4).encode(x=alt.datum(0)),
        *(
            base.transform_filter(alt.datum.fill == name)
            .mark_rect(fill=fill, stroke=stroke, strokeWidth=thick)
            .encode(x=x, x2="end:Q", y=plain, y2="below:Q")
            for name, fill, stroke, thick in (
                ("for", PALE_BLUE, BLUE, 1), ("against", PALE_ORANGE, INK, 1.6), ("sum", GREY, INK, 1),
            )
        ),
        base.mark_rule(color=INK, strokeWidth=1.6).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=middle),
        base.mark_text(align="left", dx=7, fontSize=12, color=INK).encode(x=alt.X("right:Q", scale=scale), y=middle, text="told:N"),
        *(
            base.mark_text(align="left", baseline="middle", fontSize=12, **look).encode(
                x=alt.value(2), y=alt.Y("head:Q", scale=_down(height), axis=None), text="label:N"
            )
            for look in ({"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}, {"color": INK})  # readable across the grid
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    titles = one_line(one, 80), one_line(other, 80)
    label = f"Weight of evidence for “{titles[0]}” against “{titles[1]}”, family by family"
    keys = (
        Key("filled bar", f"favours “{titles[0]}”"),
        Key("orange bar", f"favours “{titles[1]}”"),
        Key("grey bar", "before any evidence, and after all of it"),
        Key("thin line", "range"),
    )
    return Drawing(
        as_svg(chart, label, "measure"), keys, ("The odds of one against the other, on a logarithmic scale.",)
    )


def _row(number: int, step: Step) -> dict[str, Any]:
    top = number * (HEAD + BAR + GAP)
    whole = step.label in (BEFORE, AFTER)
    low, high = step.start + step.weight.low, step.start + step.weight.high
    fill = "sum" if whole else "for" if step.weight.point >= 0 else "against"
    return {
        "head": top + HEAD / 2, "y": top + HEAD, "below": top + HEAD + BAR, "middle": top + HEAD + BAR / 2,
        "line": top + HEAD + BAR + GAP / 2, "start": step.start, "end": step.end, "low": low, "high": high,
        "right": max(high, step.end, step.start), "label": step.label + (" (capped)" if step.capped else ""), "fill": fill,
        "told": odds(step.weight.point) if whole else _factor(step.weight.point),
    }  # fmt: skip


def odds(log: float) -> str:
    """A ratio as odds, such as 12 : 1."""
    return "even" if abs(log) < 0.005 else f"{_number(log)} : 1" if log > 0 else f"1 : {_number(-log)}"


def _factor(log: float) -> str:
    return f"× {_number(log)}" if log > -0.02 else f"÷ {_number(-log)}"


def _number(log: float) -> str:
    value = 10**log
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def _down(height: int) -> alt.Scale:
    return alt.Scale(domain=[0, height], range=[0, height], nice=False)
