"""Posts by hour and weekday, one small map a platform, which the page's zone switch repaints with the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from inconcert.indicators.reading import Point
from inconcert.report.chart_scale import usable
from inconcert.report.heatmap import busiest, heatmap
from inconcert.report.hostile_text import one_line
from inconcert.report.zones import BINS, Zones, by_hour

MAPS_AT_MOST = 4


@dataclass(frozen=True)
class Clock:
    """One map.

    key: by which the script finds its week.   name: its platform.   week: posts by (stretch, bin of the UTC week, posts).
    """

    key: str
    name: str
    svg: Markup
    busiest: str
    week: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Clocks:
    """The maps of one reading, those with most posts first, and how many platforms are left out."""

    maps: tuple[Clock, ...]
    further: int


def clocks(points: Sequence[Point], key: str, zones: Zones | None, zone: str, stretch: int) -> Clocks | None:
    """Layer: a platform; x: quarter hour of the UTC week; y: posts. None without posts, or without zones to draw them in.

    stretch: the stretch of the calendar whose offset from UTC is used throughout, since points do not say in which week they fell.
    """
    weeks: dict[str, dict[int, int]] = {}
    for p in points:
        if len(usable([p.x, p.y], time=False)) == 2 and p.x is not None and p.y is not None and p.y >= 0.5:
            of = weeks.setdefault(p.layer, {})
            of[int(p.x) % BINS] = of.get(int(p.x) % BINS, 0) + round(p.y)
    if not weeks or zones is None:
        return None
    ranked = sorted(weeks, key=lambda name: (-sum(weeks[name].values()), name))
    maps = [_clock(f"{key}-{i}", name, weeks[name], zones, zone, stretch) for i, name in enumerate(ranked, 1)]
    return Clocks(tuple(maps[:MAPS_AT_MOST]), len(maps[MAPS_AT_MOST:]))


def _clock(key: str, platform: str, bins: Mapping[int, int], zones: Zones, zone: str, stretch: int) -> Clock:
    week = tuple((stretch, place, n) for place, n in sorted(bins.items()))
    hours = by_hour(week, zones.offsets[zone])
    name, fullest = one_line(platform, 40), busiest(np.asarray(hours), zone)
    return Clock(key, name, heatmap(hours, f"Posts on {name} by hour and weekday. {fullest}"), fullest, week)
