"""The reliability of bits as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import vl_convert

from inconcert.evaluate.linking.calibration import Bin

BLUE, MUTED = "#1f5fa8", "#8a8a8a"


def reliability(found: Sequence[Bin]) -> str:
    """SVG: what the bits say at even odds against what was true, a mark a bin with its 95 % interval; on the line both are equal."""
    rows = [{"said": b.said, "seen": b.seen, "low": b.low, "high": b.high, "pairs": b.pairs} for b in found]
    base = alt.Chart(alt.InlineData(values=rows))
    x = alt.X("said:Q", title="probability that the ratio says, at even odds", scale=alt.Scale(domain=[0.4, 1]))
    y = alt.Y("seen:Q", title="share that was one operation, at even odds", scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart(alt.InlineData(values=[{"said": 0.4, "seen": 0.4}, {"said": 1.0, "seen": 1.0}]))
    chart = alt.layer(
        line.mark_line(color=MUTED, strokeDash=[4, 4], strokeWidth=1.2).encode(x=x, y=y),
        base.mark_rule(color=BLUE, opacity=0.5, strokeWidth=2).encode(
            x=x, y=alt.Y("low:Q", title="share that was one operation, at even odds"), y2="high"
        ),
        base.mark_point(color=BLUE, filled=True, opacity=1).encode(
            x=x, y=y, size=alt.Size("pairs:Q", scale=alt.Scale(type="log", range=[30, 250]), legend=None)
        ),
    ).properties(width=340, height=300, title="Marks above the line: more often true than the ratio says")
    svg: str = vl_convert.vegalite_to_svg(chart.to_json())
    return svg
