"""When an account or a set posts: per day, and by hour and weekday, on the clocks of any zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from inconcert.browse.activity import Activity
from inconcert.report.heatmap import busiest, heatmap
from inconcert.report.words import count
from inconcert.report.zones import REGIONS
from inconcert.web.figures import columns


@dataclass(frozen=True)
class Rhythm:
    """The pictures, empty without a timed post.   busiest: what the heat map shows, in a sentence.   regions: zones that are offered."""

    zone: str
    days: Markup
    heat: Markup
    busiest: str
    regions: Mapping[str, tuple[str, ...]]


def rhythm(whose: str, its: Activity) -> Rhythm:
    """The rhythm of somebody, called `whose` where a picture is read out."""
    total = sum(posts for _, posts in its.days)
    label = f"Posts of {whose} per day, {its.zone}: {count(total, 'post')} on {count(len(its.days), 'day')}"
    says = busiest(its.hours, its.zone) if its.hours.sum() else ""
    heat = heatmap(its.hours, f"Posts of {whose} by hour and weekday. {says}") if says else Markup("")
    known = any(its.zone in zones for zones in REGIONS.values())
    return Rhythm(
        its.zone, columns(its.days, label), heat, says, dict(REGIONS) if known else {"Chosen": (its.zone,), **REGIONS}
    )
