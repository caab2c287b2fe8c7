"""Items on place from what indicators measured of a whole group: its hours, the clock changes and the holidays it keeps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inconcert.place.item import Item, Source
from inconcert.place.kinds import KINDS
from inconcert.place.regions import regions
from inconcert.place.weight import Weight

HELD = 0.95
"""Share of the posterior that the indicator's set of offsets holds."""
CAP = 1.0
"""Largest weight of a measured ratio, either way, as a power of ten."""
OF_CALENDARS = {"au-wa": "AU"}
"""Calendars of the indicators that are a part of a country -> the country."""
HOLIDAYS, WORKED, CHANGE = "holidays-", "working-weekends-", "clock-change-"
_CHANGERS = ("eu", "us", "au")


def measured_items(readings: Iterable[Mapping[str, Any]], source: str) -> tuple[Item, ...]:
    """readings: rows of `indicators` on one group.   source: as it is printed, the number of the reading follows.

    What was refused for want of data gives no item.
    """
    of_place = [row for row in readings if row["indicator"] in ("working-hours", "work-calendar")]
    said = {row["measure"]: row for row in of_place if row["value"] is not None}
    found = []
    if (offset := said.get("offset")) is not None:
        found.append(
            working_hours(offset["value"], offset["low"], offset["high"], offset["says"], _source(offset, source))
        )
    changes = [row for name, row in said.items() if name.startswith(CHANGE) and row["lr"]]
    if changes:
        found.append(_clock_changes(changes, source))
    kept = [row for name, row in said.items() if name.startswith((HOLIDAYS, WORKED)) and row["lr"]]
    if kept:
        found.append(_holidays(kept, said.get("calendar"), source))
    return tuple(found)


def working_hours(best: float, low: float, high: float, says: str, source: Source) -> Item:
    """The set of offsets from UTC that fit, hours; its ends may lie beyond -12 and +14, round the clock.

    A set that holds HELD of the probability is 0.95 / its share of the clock times likelier to cover a clock that people live by than any other; of a
    country with several clocks, its people's mean counts.
    """
    its = KINDS["working-hours"]
    width = min(max(high - low, 0.25), 23.75)
    inside, outside = HELD * 24 / width, (1 - HELD) * 24 / (24 - width)
    weights = {}
    for code, region in regions().items():
        covered = sum(share for offset, share in region.offsets.items() if _covers(offset / 4, low, high))
        true = covered * inside + (1 - covered) * outside
        weights[code] = Weight(*(math.log10(e + (1 - e) * true) for e in its.misleads.ends[::-1]))
    return Item(key="working-hours", kind="working-hours", text=says, weights=weights, sources=(source,))


def _covers(offset: float, low: float, high: float) -> bool:
    return (offset - low) % 24 <= high - low + 1e-9


def _clock_changes(rows: Sequence[Mapping[str, Any]], source: str) -> Item:
    """Ratios for clocks that are never changed count for all regions that change none, against those that change theirs as that region does."""
    ratios = {row["measure"].removeprefix(CHANGE): _held(row["lr_low"], row["lr"], row["lr_high"]) for row in rows}
    weights = {
        code: Weight(-its.weak, -its.point, -its.strong)
        for code, region in regions().items()
        if (its := ratios.get(region.clock_change)) is not None
    }
    text = " ".join(row["says"] for row in rows)
    sources = tuple(_source(row, source) for row in rows)
    return Item(key="clock-changes", kind="clock-changes", text=text, weights=weights, sources=sources)


def _holidays(rows: Sequence[Mapping[str, Any]], best: Mapping[str, Any] | None, source: str) -> Item:
    """Of a country, the more telling of its holidays and its working weekends; a country without a calendar here has no weight."""
    weights: dict[str, Weight] = {}
    for row in sorted(rows, key=lambda one: one["measure"]):
        code = row["measure"].removeprefix(HOLIDAYS).removeprefix(WORKED)
        country = OF_CALENDARS.get(code, code.upper())
        its = _held(row["lr_low"], row["lr"], row["lr_high"])
        if country not in weights or abs(its.point) > abs(weights[country].point):
            weights[country] = its
    told = best if best is not None else max(rows, key=lambda row: (row["lr"], row["measure"]))
    return Item(key="holidays", kind="holidays", text=told["says"], weights=weights, sources=(_source(told, source),))


def _held(low: float, point: float, high: float) -> Weight:
    """A measured ratio with its range; weak is the end nearest to 1."""
    logs = [min(max(math.log10(max(ratio, 1e-9)), -CAP), CAP) for ratio in (low, point, high)]
    weak, strong = (logs[0], logs[2]) if logs[1] > 0 else (logs[2], logs[0])
    return Weight(weak, logs[1], strong)


def _source(row: Mapping[str, Any], source: str) -> Source:
    return Source(f"{source}, reading {row['reading']}")
