"""The report's section on known operations: what groups show of what is published of others, with nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from inconcert.case import Case, Run
from inconcert.linking.timeline import Showing
from inconcert.linking.verdict import NO_EVIDENCE, POSSIBLY, VERDICTS
from inconcert.report import claims, words
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import one_line
from inconcert.report.links_found import KINDS, Link, Match, link_run, links_found
from inconcert.report.links_timeline import distance, links_timeline
from inconcert.report.pseudonyms import Pseudonyms

OPERATIONS_AT_MOST, ITEMS_AT_MOST, VALUE_AT_MOST, NAME_AT_MOST = 12, 8, 120, 100
"""Operations printed of one group, items of one operation, and characters of a value and of a name."""
WITHHELD = "an operation, name left out"


@dataclass(frozen=True)
class PrintedItem:
    """One thing in common.   what: its kind and, unless that names somebody, its value.   how: "the same", or in which way near.
    beside: how common it is.   shown_by: the first member with it, under its name in the report; "" where none is known."""

    what: str
    how: str
    members: int
    ordinary: int
    beside: str
    bits: float
    shown_by: str


@dataclass(frozen=True)
class PrintedLink:
    """The group beside one operation.   withheld: whether its name is left out, since it accuses.   further: items that count and are not printed.   tactics: in words."""

    verdict: str
    name: str
    withheld: bool
    row: Mapping[str, Any]
    items: tuple[PrintedItem, ...]
    further: int
    tactics: tuple[str, ...]


@dataclass(frozen=True)
class OfGroup:
    """One group.   verdicts: {verdict: operations}.   links: those that something speaks for.   further: more of these.   dated: what was
    shown, its operation and the distance of dates, in words."""

    group_id: str
    level: str
    verdicts: Mapping[str, int]
    links: tuple[PrintedLink, ...]
    further: int
    drawing: Drawing | None
    dated: tuple[str, ...]


@dataclass(frozen=True)
class KnownOperations:
    """groups: in the order of the page.   libraries: names of what was compared with.   operations: how many these list.   control: ordinary
    accounts.   means: verdict that is given here -> when it is."""

    run: Run
    groups: tuple[OfGroup, ...]
    libraries: tuple[str, ...]
    operations: int
    control: int
    means: Mapping[str, str]


def known_operations(case: Case, levels: Mapping[str, str], names: Pseudonyms) -> KnownOperations | None:
    """The section, from the newest run `link` on these groups; None without one.   levels: groups of the page -> their level."""
    run = link_run(case)
    if run is None:
        return None
    links, items = run.table("links").to_pylist(), run.table("link_items").to_pylist()
    found = {id: links_found(links, items, id) for id in levels}
    groups = tuple(_group(id, levels[id], its, names) for id, its in found.items() if its)
    if not groups:
        return None
    given = {verdict for group in groups for verdict in group.verdicts}
    # 'no evidence' is told as less than what stands before it
    told = {POSSIBLY} if NO_EVIDENCE in given else set()
    return KnownOperations(
        run,
        groups,
        tuple(one_line(str(one["name"]), NAME_AT_MOST) for one in run.info["parameters"]["library"]),
        max(len(its) for its in found.values()),
        max(int(link.row["control"]) for its in found.values() for link in its),
        {verdict: means for verdict, means in VERDICTS.items() if verdict in given | told},
    )


def _group(id: str, level: str, links: tuple[Link, ...], names: Pseudonyms) -> OfGroup:
    likely = [one for one in links if one.likely]
    shown = likely[:OPERATIONS_AT_MOST]
    verdicts: dict[str, int] = {}
    for one in links:
        verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
    dated = _dated(shown, level, names)
    label = f"What accounts of {id} showed of known operations, by date"
    return OfGroup(
        id, level, verdicts, tuple(_link(one, level, names) for one in shown), len(likely) - len(shown),
        links_timeline(list(dated), dated, label),
        tuple(f"{one.days}: {what}, of {one.operation}; {distance(one)}" for one, what in dated.items()),
    )  # fmt: skip


def _link(one: Link, level: str, names: Pseudonyms) -> PrintedLink:
    material = one.material
    tactics = tuple(f"{its.technique or its.row['value']} ({its.row['value']})" for its in one.tactics)
    printed = tuple(_item(its, names) for its in material[:ITEMS_AT_MOST])
    name = _name(one, level, names)
    return PrintedLink(one.verdict, name, name == WITHHELD, one.row, printed, len(material) - len(printed), tactics)


def _name(one: Link, level: str, names: Pseudonyms) -> str:
    """What the library calls the operation, unless that accuses: a name is nobody's finding."""
    given = str(one.row["operation"])
    return WITHHELD if claims.exceeds(level, given) else one_line(names.masked(given[: 4 * NAME_AT_MOST]), NAME_AT_MOST)


def _item(its: Match, names: Pseudonyms) -> PrintedItem:
    row = its.row
    first = next((names.of(one.account_id) for one in its.witnesses), "")
    beside = f"at most {words.odds(row['rate'])}"
    return PrintedItem(
        _what(its, names),
        str(row["how"]) if its.near else "the same",
        row["carriers"],
        row["control"],
        beside,
        row["bits"],
        first,
    )


def _what(its: Match, names: Pseudonyms) -> str:
    kind = KINDS.get(its.row["kind"], str(its.row["kind"]))
    if its.naming:
        return f"{kind}, not printed"
    value = str(its.row["written"] if its.hashed else its.row["value"])
    return f"{kind} {one_line(names.masked(value[: 4 * VALUE_AT_MOST]), VALUE_AT_MOST)}"


def _dated(links: list[Link], level: str, names: Pseudonyms) -> dict[Showing, str]:
    """What was shown in dated posts, its operation as the page calls it -> what it is, by first post."""
    found = {}
    for link in links:
        told = {(one.row["kind"], one.row["value"]): one for one in (*link.telling, *link.besides)}
        name = _name(link, level, names)
        for showing in link.shown:
            match = told.get((showing.kind, showing.value))
            if match is not None:
                found[replace(showing, operation=name)] = _what(match, names)
    return dict(sorted(found.items(), key=lambda pair: (pair[0].first_day, pair[0].operation, pair[1])))
