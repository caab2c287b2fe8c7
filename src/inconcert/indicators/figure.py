"""What the picture of an indicator is made of; the report draws it."""

from __future__ import annotations

from dataclasses import dataclass

CHARTS: dict[str, str] = {
    "clock": "posts by hour and weekday: layer is a platform, x the quarter hour of the UTC week from Monday 00:00 (0 to 671), y posts",
    "histogram": "layers observed, control and expected: bins from x to x_end with height y; layer found: spans x to x_end, label; "
    "layers x and y: label is the title of that axis in this picture, instead of the figure's",
    "shares": "one row a label: layers group and control, x the share, low and high its interval",
    "strip": "one lane a layer: marks at x, to x_end where it is a span, label",
    "scatter": "layers ordinary and found: marks at x, y; layer bound: a line; layer span: x to x_end, label",
    "curve": "one line a layer: x, y, with low and high where they are known; a point without y breaks the line",
    "bars": "one bar a label: layer colours it, x its length, low and high its interval",
}
"""Kind of chart -> the points it draws, in the words of the table `indicator_points`."""


@dataclass(frozen=True)
class Figure:
    """chart: one of CHARTS. x, y: titles of the axes. time: whether x is microseconds since 1970 UTC (then read as dates);
    time_y: the same of y."""

    chart: str
    x: str
    y: str
    time: bool = False
    time_y: bool = False

    def __post_init__(self) -> None:
        if self.chart not in CHARTS:
            raise ValueError(f"no chart is called {self.chart!r}; known: {sorted(CHARTS)}")
