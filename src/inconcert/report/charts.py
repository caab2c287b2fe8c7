"""The picture of a reading: from the points it kept and the kind of chart its indicator names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inconcert.indicators.figure import Figure
from inconcert.indicators.reading import Point
from inconcert.report.curve_chart import curve
from inconcert.report.drawing import Drawing
from inconcert.report.histogram_chart import histogram
from inconcert.report.rows_chart import bars, shares
from inconcert.report.scatter_chart import scatter
from inconcert.report.strip_chart import strip

DRAWN: dict[str, Callable[[Figure, Sequence[Point], str], Drawing | None]] = {
    "histogram": histogram,
    "shares": shares,
    "strip": strip,
    "scatter": scatter,
    "curve": curve,
    "bars": bars,
}
"""Every kind of indicators.figure.CHARTS but the clock, which is drawn in a zone (clock_chart)."""


def chart(figure: Figure, points: Sequence[Point], label: str) -> Drawing | None:
    """The picture, read out as `label`; None for points of which nothing can be drawn. KeyError for a clock.

    Labels and layers of points are strangers' words: they are cut to a line and made visible; names must be masked before.
    """
    return DRAWN[figure.chart](figure, points, label)
