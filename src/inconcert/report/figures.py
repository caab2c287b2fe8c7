"""Charts as inline SVG: Altair specifications, rendered without a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from inconcert.report.shuffled import Calibration
from inconcert.report.timeline import Timeline

INK, MUTED, RULE = "#1c2430", "#5b6575", "#e3e7ec"
GREY, BLUE, ORANGE = "#bcc5d1", "#1f5fa8", "#c4570a"
TEAL, PURPLE = "#16786a", "#7b3fa0"
WIDTH = 640
SHAPES: tuple[tuple[str, str], ...] = (
    ("circle", BLUE), ("diamond", ORANGE), ("square", TEAL), ("triangle-up", PURPLE), ("cross", MUTED),
)  # fmt: skip
"""Shape and colour of the platforms, those with most posts first; the last stands for all further ones."""
_BARS_AT_MOST = 62
_DATES = {"quarter of an hour": "%H:%M", "hour": "%-d %b %H:%M", "day": "%-d %b", "week": "%b %Y"}
_MEASURES = ("pairs of accounts", "accounts in such pairs", "groups")


def posts_over_time(shown: Timeline, label: str, *, colour: str = BLUE, within: Timeline | None = None) -> Markup:
    """Posts per hour, day or week; `within`, a part of them on the same axis, is drawn in front in blue."""
    marks = [_bins(shown, colour)]
    if within is not None:
        marks.append(_bins(within, BLUE))
    return _svg(alt.layer(*marks).properties(width=WIDTH, height=110), label)


def permuted_copies(calibration: Calibration, label: str) -> Markup:
    """Findings in each permuted copy (open circles) and in the data themselves (filled diamonds), one row a measure."""
    rows = [
        {"measure": measure, "n": counts[i], "which": which}
        for i, measure in enumerate(_MEASURES)
        for which, counts in [*(("copy", copy) for copy in calibration.copies), ("data", calibration.observed)]
    ]
    most = max(max(counts) for counts in (calibration.observed, *calibration.copies))
    x = alt.X("n:Q", title="found", scale=alt.Scale(type="symlog", domain=[0, max(most, 1)], nice=False))
    x = x.axis(values=[0, *(10**k for k in range(7) if 10**k <= max(most, 1))], format=",d", grid=True)
    y = alt.Y("measure:N", title=None, sort=list(_MEASURES)).axis(domain=False, ticks=False, labelPadding=12)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    copies = base.transform_filter("datum.which === 'copy'").mark_point(
        size=95, color=MUTED, strokeWidth=1.6, fill="white"
    )
    data = base.transform_filter("datum.which === 'data'").mark_point(
        shape="diamond", size=130, filled=True, color=ORANGE, opacity=1
    )
    return _svg(alt.layer(copies, data).properties(width=WIDTH - 150, height=108), label)


def first_posts(posts: Sequence[tuple[int, int]], accounts: int, label: str) -> Markup:
    """First posts of accounts over time, each one step higher than the one before: steep is sudden.

    posts: (microseconds since 1970, place in SHAPES), earliest first, of so many accounts in all.
    """
    step = accounts / len(posts)
    values = [
        {"t": time_us // 1000, "n": round((i + 1) * step), "p": which} for i, (time_us, which) in enumerate(posts)
    ]
    first, last = values[0]["t"], values[-1]["t"]
    margin = max(500, (last - first) // 50)
    scale = alt.Scale(type="utc", domain=[first - margin, last + margin], nice=False)
    time = alt.X("t:T", title=None, scale=scale)
    time = time.axis(grid=False, tickCount=5, labelFlush=True, format=_time_format(last - first))
    n = alt.Y("n:Q", title=None).axis(tickCount=3, tickMinStep=1, format=",d", domain=False, ticks=False)
    shapes, colours = zip(*SHAPES, strict=True)
    places = list(range(len(SHAPES)))
    marks = alt.Chart(alt.InlineData(values=values)).mark_point(size=46, filled=True, opacity=1)
    drawn = marks.encode(
        x=time,
        y=n,
        shape=alt.Shape("p:N", legend=None, scale=alt.Scale(domain=places, range=list(shapes))),
        color=alt.Color("p:N", legend=None, scale=alt.Scale(domain=places, range=list(colours))),
    )
    return _svg(alt.layer(drawn).properties(width=WIDTH, height=92), label)


def _time_format(span_ms: int) -> str:
    """How times along an axis of that length are written."""
    if span_ms <= 180_000:
        return "%H:%M:%S"
    if span_ms <= 36 * 3_600_000:
        return "%H:%M"
    return "%-d %b %H:%M" if span_ms <= 4 * 86_400_000 else "%-d %b" if span_ms <= 300 * 86_400_000 else "%b %Y"


def _bins(line: Timeline, colour: str) -> alt.Chart:
    starts = [(line.axis.start_us + i * line.axis.unit_us) // 1000 for i in range(line.axis.n + 1)]
    unit_ms = line.axis.unit_us // 1000
    time = alt.X("t:T", title=None, scale=alt.Scale(type="utc", domain=[starts[0], starts[-1]], nice=False))
    time = time.axis(
        grid=False, tickCount=5 if line.axis.unit == "hour" else 7, labelFlush=True, format=_DATES[line.axis.unit]
    )
    n = alt.Y("n:Q", title=None).axis(tickCount=3, format="~s", domain=False, ticks=False)
    if line.axis.n <= _BARS_AT_MOST:
        values = [{"t": t, "e": t + unit_ms, "n": n} for t, n in zip(starts, line.posts, strict=False)]
        bars = alt.Chart(alt.InlineData(values=values)).mark_bar(color=colour, stroke="white", strokeWidth=0.6)
        drawn: alt.Chart = bars.encode(x=time, x2="e:T", y=n, y2=alt.datum(0))
        return drawn
    heights = [*line.posts, line.posts[-1]]
    values = [{"t": t, "n": n} for t, n in zip(starts, heights, strict=True)]
    area = alt.Chart(alt.InlineData(values=values)).mark_area(color=colour, interpolate="step-after", opacity=1)
    drawn = area.encode(x=time, y=n)
    return drawn


@cache
def _look() -> dict[str, Any]:
    axis = {
        "labelColor": MUTED,
        "labelFontSize": 12,
        "titleColor": MUTED,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "background": None,
        "aria": False,
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {**axis, "gridColor": RULE, "domainColor": GREY, "tickColor": GREY},
        "axisY": {"labelColor": INK},
    }


def _svg(chart: alt.LayerChart | alt.FacetChart, label: str) -> Markup:
    """The chart as an SVG element that scales with the page and is read out as one picture with that label."""
    svg = vl_convert.vegalite_to_svg({**chart.to_dict(), "config": _look()})
    head = re.match(r"<svg[^>]*?viewBox=\"([^\"]*)\"[^>]*>", svg)
    if head is None:
        raise ValueError("the chart renderer gave no SVG with a viewBox")
    opening = Markup('<svg class="chart" viewBox="{}" role="img" aria-label="{}">').format(head.group(1), label)
    body = re.sub(r'\saria-(?:hidden|roledescription)="[^"]*"|\srole="[^"]*"|\sclass="[^"]*"', "", svg[head.end() :])
    return opening + Markup(body)
