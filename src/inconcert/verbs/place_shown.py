"""What is shown of where a group is, from the tables of a run: regions with counts, and nothing of any one account."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inconcert.case import Run
from inconcert.place.counted import FEWER, counted
from inconcert.place.kinds import FAMILIES, STAGED
from inconcert.place.span import Span
from inconcert.place.statement import CLOCK, COUNTRY, PROVINCE, RegionChance, Statement, statement, yardstick_word
from inconcert.report.drawing import Drawing
from inconcert.report.place_chart import place_chart
from inconcert.report.place_map import place_map
from inconcert.yardstick.yardstick import Yardstick

IN_TABLE = "the table place_accounts of the run"
"""Where the posts of few accounts are named: whoever needs them opens the working file, and nothing that is shown leads to one person."""
ANYWHERE_KIND, STAGED_KIND = "anywhere", "staged"
REGIONS_TOLD = 12
"""Of each kind, the likeliest; the table `places` has all."""


@dataclass(frozen=True)
class Reading:
    """A way in which an item misleads, and its chance given all items."""

    says: str
    chance: Span


@dataclass(frozen=True)
class LocatedItem:
    """One item, as the table `place_items` has it.   accounts: "" for what is of the whole group.   weight: at the region it favours, from its
    weak to its strong reading.   readings: the innocent way and the set-up one.   conflicts: (item, what it says, what would make both true).
    sources: where it is to be seen.
    """

    key: str
    kind: str
    family: str
    says: str
    accounts: str
    favours: str
    weight: Span
    counts: str
    readings: tuple[Reading, Reading]
    says_otherwise: str
    conflicts: tuple[tuple[str, str, tuple[str, ...]], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RegionCount:
    """accounts: of the group that show the region by a platform's label or a check-in: "fewer than 5", or how many."""

    code: str
    name: str
    accounts: str


@dataclass(frozen=True)
class Located:
    """Everything that is shown of where a group is.

    run: that computed it.   stands: False when somebody entered, retracted or measured something since.   statement: the one sentence.
    chances: regions, each kind likeliest first.   anywhere, staged: the other readings.   counts: regions with accounts, most first.   families: family ->
    (title, cap, weight, whether it was capped).   set_aside: labels that name no region known, and accounts with any.   chart, map: as SVG.
    """

    group: str
    name: str | None
    level: str
    run: str
    stands: bool
    yardstick: str
    statement: str
    leading: RegionChance
    chances: tuple[RegionChance, ...]
    anywhere: RegionChance
    staged: RegionChance
    items: tuple[LocatedItem, ...]
    families: Mapping[str, tuple[str, float, float, bool]]
    counts: tuple[RegionCount, ...]
    set_aside: tuple[int, str]
    notes: tuple[str, ...]
    chart: Drawing = field(repr=False)
    map: Drawing = field(repr=False)


def shown(run: Run, name: str | None, stands: bool, yardstick: Yardstick) -> Located:
    """run: of `locate`.   name: of the group.   stands: whether nothing was entered, retracted or measured since."""
    group = run.info["parameters"]["group"]
    rows = run.table("places").to_pylist()
    every = [_chance(row, yardstick) for row in rows]
    chances = tuple(
        one for kind in (PROVINCE, COUNTRY, CLOCK) for one in [its for its in every if its.kind == kind][:REGIONS_TOLD]
    )
    told: Statement = statement(group, chances)
    counts = tuple(
        RegionCount(row["region"], row["name"], row["accounts"])
        for row in rows
        if row["accounts"] != "none" and row["kind"] in (PROVINCE, COUNTRY)
    )
    strange = run.table("places_set_aside").to_pylist()
    chosen = _drawn(chances)
    anywhere, staged = (next(one for one in every if one.kind == kind) for kind in (ANYWHERE_KIND, STAGED_KIND))
    return Located(
        group=group, name=name, level="L3", run=run.id, stands=stands, yardstick=yardstick.title, statement=told.says, leading=told.leading,
        chances=chances, anywhere=anywhere, staged=staged,
        items=tuple(_item(row) for row in run.table("place_items").to_pylist()),
        families={
            row["family"]: (FAMILIES[row["family"]].title, row["most"], row["spread"], row["capped"])
            for row in run.table("place_families").to_pylist()
        },
        counts=counts, set_aside=(len(strange), _accounts_aside(strange)), notes=tuple(run.info["notes"]),
        chart=place_chart(group, (*chosen, anywhere, staged)), map=place_map(group, {one.code: one.accounts for one in counts}),
    )  # fmt: skip


def _chance(row: Mapping[str, Any], yardstick: Yardstick) -> RegionChance:
    chance = Span(row["low"], row["chance"], row["high"])
    return RegionChance(
        row["region"], row["name"], row["kind"], chance, row["prior"], yardstick_word(chance, yardstick)
    )


def _drawn(chances: Sequence[RegionChance]) -> tuple[RegionChance, ...]:
    """The likeliest regions of each kind, for the picture."""
    shown = []
    for kind, most in ((PROVINCE, 3), (COUNTRY, 5), (CLOCK, 3)):
        shown += [one for one in chances if one.kind == kind][:most]
    return tuple(shown)


def _item(row: Mapping[str, Any]) -> LocatedItem:
    low, point, high = row["misled_low"], row["misled"], row["misled_high"]
    share = row["otherwise_share"]
    readings = (
        Reading(row["otherwise"], Span(low * share, point * share, high * share)),
        Reading(STAGED, Span(low * (1 - share), point * (1 - share), high * (1 - share))),
    )
    three = sorted((row["weak"], row["point"], row["strong"]))
    return LocatedItem(
        row["item"], row["kind"], row["family"], row["says"], row["accounts"] or "", row["favours"], Span(three[0], three[1], three[2]),
        row["counts"], readings, row["says_otherwise"],
        tuple((one["item"], one["says"], tuple(one["reasons"])) for one in json.loads(row["conflicts"])),
        (IN_TABLE,) if row["accounts"] == FEWER else tuple(one["text"] for one in json.loads(row["sources"])),
    )  # fmt: skip


def _accounts_aside(strange: Sequence[Mapping[str, Any]]) -> str:
    return counted(max((row["accounts"] for row in strange), default=0))
