"""When a group speaks: posts per day, by hour and weekday, and one strip an account, on the clocks of any zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inconcert.report.heatmap import busiest, heatmap
from inconcert.report.words import count
from inconcert.report.zones import REGIONS
from inconcert.verbs.look import View, Who, accounts_days, activity, chosen_activity, dated_events
from inconcert.web.figures import columns
from inconcert.web.lanes import axis, lane


def when(
    view: View, id: str, chosen: Sequence[Who], zone: str, everybody: Sequence[str] | None, names: bool
) -> dict[str, Any]:
    """What the part of the page asks.   chosen: accounts with a strip.   everybody: ids of all accounts of a group that people made.

    UnknownName for the zone.
    """
    its = activity(view, id, zone=zone) if everybody is None else chosen_activity(view, everybody, zone=zone)
    events = dated_events(view, names=names)
    days, hours = its.days, its.hours
    found: dict[str, Any] = {
        "zone": zone,
        "regions": _regions(zone),
        "days": None,
        "heat": None,
        "lanes": (),
        "events": (),
        "axis": (),
    }
    if not days:
        return found
    first, last = days[0][0], days[-1][0]
    within = [event for event in events if first <= event.first <= last]
    total = sum(posts for _, posts in days)
    label = f"Posts of {id} per day, {zone}: {count(total, 'post')} on {count(len(days), 'day')}"
    found |= {
        "days": columns(days, label, events=[(one.first, one.title) for one in within]),
        "events": within,
        "axis": axis(first, last),
    }
    if hours.sum():
        found["busiest"] = busiest(hours, zone)
        found["heat"] = heatmap(hours, f"Posts of {id} by hour and weekday. {found['busiest']}")
    by_key = accounts_days(view, [one.key for one in chosen], zone=zone)
    marks = [one.first for one in within]
    found["lanes"] = [(one, lane(by_key.get(one.key, ()), first, last, events=marks)) for one in chosen]
    return found


def _regions(zone: str) -> dict[str, tuple[str, ...]]:
    """Zones that are offered, by region, the one in use among them."""
    known = any(zone in zones for zones in REGIONS.values())
    return dict(REGIONS) if known else {"Chosen": (zone,), **REGIONS}
