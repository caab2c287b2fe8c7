"""How charts look: colours, shapes, type, and the SVG element they become."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

INK, MUTED, RULE = "#1c2430", "#5b6575", "#e3e7ec"
GREY, BLUE, ORANGE = "#bcc5d1", "#1f5fa8", "#c4570a"
TEAL, PURPLE = "#16786a", "#7b3fa0"
PALE_BLUE, PALE_ORANGE = "#a9c6e4", "#fbe3cf"
WIDTH = 640
SHAPES: tuple[tuple[str, str], ...] = (
    ("circle", BLUE), ("diamond", ORANGE), ("square", TEAL), ("triangle-up", PURPLE), ("cross", MUTED),
)  # fmt: skip
"""Shape and colour of the platforms, those with most posts first; the last stands for all further ones."""


def time_format(span_ms: float) -> str:
    """How times along an axis of that length are written."""
    if span_ms <= 180_000:
        return "%H:%M:%S"
    if span_ms <= 36 * 3_600_000:
        return "%H:%M"
    return "%-d %b %H:%M" if span_ms <= 4 * 86_400_000 else "%-d %b" if span_ms <= 300 * 86_400_000 else "%b %Y"


def as_svg(chart: alt.LayerChart | alt.FacetChart | alt.ConcatChart, label: str, css: str = "chart") -> Markup:
    """The chart as an SVG element that scales with the page and is read out as one picture with that label.

    css: its class. ValueError when the renderer gives something else.
    """
    svg = vl_convert.vegalite_to_svg({**chart.to_dict(), "config": _look()})
    head = re.match(r"<svg[^>]*?viewBox=\"([^\"]*)\"[^>]*>", svg)
    if head is None:
        raise ValueError("the chart renderer gave no SVG with a viewBox")
    opening = Markup('<svg class="{}" viewBox="{}" role="img" aria-label="{}">').format(css, head.group(1), label)
    body = re.sub(r'\saria-(?:hidden|roledescription)="[^"]*"|\srole="[^"]*"|\sclass="[^"]*"', "", svg[head.end() :])
    return opening + Markup(body)


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
