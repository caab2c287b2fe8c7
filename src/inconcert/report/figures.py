"""Charts as inline SVG: Altair specifications, rendered without a browser."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from markupsafe import Markup

from inconcert.report.chart_look import BLUE, MUTED, ORANGE, SHAPES, WIDTH, as_svg, time_format
from inconcert.report.event_marks import event_marks
from inconcert.report.events import Event
from inconcert.report.shuffled import Calibration
from inconcert.report.timeline import Timeline

_BARS_AT_MOST, _HEIGHT = 62, 110
_DATES = {"quarter of an hour": "%H:%M", "hour": "%-d %b %H:%M", "day": "%-d %b", "week": "%b %Y"}
_LETTERS_APART = 9
"""Room between labels of times, for each letter of their format: on a telephone letters are larger, and labels may not meet."""

_MEASURES = ("pairs of accounts", "accounts in such pairs", "groups")


def posts_over_time(
    shown: Timeline, label: str, *, colour: str = BLUE, within: Timeline | None = None, events: Sequence[Event] = ()
) -> Markup:
    """Posts per hour, day or week; `within`, a part of them on the same axis, is drawn in front in blue; events stand above."""
    marks = [_bins(shown, colour)]
    if within is not None:
        marks.append(_bins(within, BLUE))
    marks += event_marks(events, shown.axis, _HEIGHT)
    return as_svg(alt.layer(*marks).properties(width=WIDTH, height=_HEIGHT), label)


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
    return as_svg(alt.layer(copies, data).properties(width=WIDTH - 150, height=108), label)


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
    time = time.axis(grid=False, tickCount=5, labelFlush=True, format=time_format(last - first))
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
    return as_svg(alt.layer(drawn).properties(width=WIDTH, height=92), label)


def _bins(line: Timeline, colour: str) -> alt.Chart:
    starts = [(line.axis.start_us + i * line.axis.unit_us) // 1000 for i in range(line.axis.n + 1)]
    unit_ms = line.axis.unit_us // 1000
    time = alt.X("t:T", title=None, scale=alt.Scale(type="utc", domain=[starts[0], starts[-1]], nice=False))
    time = time.axis(
        grid=False, tickCount=5 if line.axis.unit == "hour" else 7, labelFlush=True, format=_DATES[line.axis.unit],
        labelOverlap=True, labelSeparation=_LETTERS_APART * len(_DATES[line.axis.unit]),
    )  # fmt: skip
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
