"""The scale of one axis: times, shares or numbers, stretched where they span many orders of magnitude."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from inconcert.report import words
from inconcert.report.chart_look import time_format
from inconcert.report.hostile_text import one_line

TITLE_AT_MOST = 70
LATEST_US = 253_402_300_800_000_000
"""Start of the year 10000; what lies beyond, or as far before 1970, is no time."""

STRETCHED = "The scale is stretched: each step is ten times the one before."
_ONE_DAY_MS = 36 * 3_600_000
"""An axis up to this long shows times of day; its title says the date."""

_DECADES = 3
"""Orders of magnitude from which numbers above 0 get a stretched scale."""


@dataclass(frozen=True)
class Scale:
    """low, high: ends of what is drawn, milliseconds for times.   kind: linear, log, symlog or utc."""

    title: str
    low: float
    high: float
    kind: str = "linear"
    share: bool = False

    def drawn(self, value: float) -> float:
        """A value of a point in the units of the chart."""
        return value / 1000 if self.kind == "utc" else value

    @property
    def altair(self) -> alt.Scale:
        """For the chart."""
        return alt.Scale(type=self.kind, domain=[self.low, self.high], nice=False, clamp=True)  # type: ignore[arg-type]

    @property
    def axis(self) -> dict[str, Any]:
        """Ticks, their format and the title."""
        look: dict[str, Any] = {"title": self.title or None, "titlePadding": 7, "titleLimit": 340}
        if self.kind == "utc":
            span = self.high - self.low
            if span <= _ONE_DAY_MS:
                date = words.day(round((self.low + self.high) / 2) * 1000)
                look["title"] = ", ".join(
                    part for part in (self.title, date, "" if "UTC" in self.title else "UTC") if part
                )
            return {**look, "format": time_format(span), "tickCount": 4, "labelFlush": True}
        if self.kind in ("log", "symlog"):
            return {**look, "values": self._decades(), "format": ".3~s"}
        most = max(abs(self.low), abs(self.high))
        form = (".0%" if most > 0.05 else ".1~%") if self.share else ".3~s" if most >= 1e5 or most < 1e-3 else ",.6~g"
        return {**look, "format": form, "tickCount": 5}

    def _decades(self) -> list[float]:
        first, last = math.floor(math.log10(max(self.low, 1e-12))), math.ceil(math.log10(max(self.high, 1e-12)))
        if self.kind == "symlog":
            first = max(first, 0)
        step = max(1, (last - first) // 6)
        ticks = [10.0**k for k in range(first, last + 1, step) if self.low <= 10.0**k <= self.high]
        return [0.0, *ticks] if self.kind == "symlog" else ticks


def usable(values: Iterable[float | None], *, time: bool) -> list[float]:
    """Those that can be drawn: numbers, and no times before or after all calendars."""
    most = LATEST_US if time else 1e300
    return [v for v in values if v is not None and math.isfinite(v) and abs(v) < most]


def fit(
    title: str,
    values: Sequence[float],
    *,
    time: bool = False,
    zero: bool = False,
    stretch: bool = False,
    pad: float = 0.04,
) -> Scale:
    """The scale that shows these values (not empty).

    zero: it begins at 0, as lengths of bars must.   stretch: it may be stretched.   pad: room at the ends, as a share of the whole.
    """
    title = one_line(title, TITLE_AT_MOST)
    low, high = min(values), max(values)
    if time:
        low, high = low / 1000, high / 1000
        room = max((high - low) * pad, 30_000)
        return Scale(title, low - room, high + room, "utc")
    if stretch and low >= 0 and _spans_decades(values):
        if low > 0:
            return Scale(title, low / 1.3, high * 1.3, "log")
        return Scale(title, 0, high * 1.3, "symlog")
    share = title.casefold().startswith("share") and low >= -1 and high <= 1
    if zero:
        low, high = min(low, 0), max(high, 0)
    room = (high - low) * pad or (abs(high) or 1) * 0.1
    return Scale(title, low if zero and low == 0 else low - room, high + room, share=share)


def of_bins(
    title: str, bins: Sequence[tuple[float, float]], others: Sequence[float] = (), *, time: bool = False
) -> Scale:
    """The scale of a histogram's bins (start, end) and other values to be shown, tight at both ends; stretched where bins grow."""
    ends = [*(edge for one in bins for edge in one), *others]
    low, high = min(ends), max(ends)
    tight = fit(title, ends, time=time, pad=0)
    if time:
        return Scale(tight.title, low / 1000, high / 1000, "utc")
    widths = [b - a for a, b in bins if b > a]
    if low >= 0 and max(widths) > 20 * min(widths):
        return Scale(tight.title, low, high, "log" if low > 0 else "symlog")
    return Scale(
        tight.title,
        low,
        high if high == max(edge for one in bins for edge in one) else high + 0.04 * (high - low),
        share=tight.share,
    )


def _spans_decades(values: Sequence[float]) -> bool:
    positive = np.array([v for v in values if v > 0])
    if len(positive) < 4:
        return False
    low, middle, high = np.quantile(positive, [0.0, 0.5, 1.0])
    return bool(high >= 10**_DECADES * low and middle < high / 30)
