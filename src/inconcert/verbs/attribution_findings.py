"""What the case holds that bears on who is behind a group: findings for weighing, and answers to questions that other rooms settle.

Every source is one function of a case and a group. A room that finds something new adds its function to SOURCES; a source that has not run,
or ran on other groups, hands over nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.attribution.finding import Answer, Finding
from inconcert.attribution.ranges import Range
from inconcert.attribution.selection import paid
from inconcert.case import Case, Run
from inconcert.indicators.multiplicity import FOUND as STATE_FOUND
from inconcert.indicators.multiplicity import NOT_FOUND
from inconcert.linking.timeline import only_after
from inconcert.linking.verdict import LINKED, LINKED_BITS, POSSIBLY, VERDICTS
from inconcert.place.regions import apart
from inconcert.place.span import Span
from inconcert.place.statement import CLOCK, COUNTRY, PROVINCE, RegionChance, percent, statement
from inconcert.verbs.place_gate import located_run
from inconcert.verbs.place_tables import LEADS


@dataclass(frozen=True)
class Handed:
    """findings: for weighing.   answers: to questions, see `attribution.finding`; a question nobody answers was not examined."""

    findings: tuple[Finding, ...] = ()
    answers: tuple[Answer, ...] = ()


Source = Callable[[Case, Run, str], Handed]
"""Case, cluster run, group -> what it hands over."""


def of_indicators(case: Case, clustered: Run, group: str) -> Handed:
    """Measures of the whole group that have a likelihood ratio, whether they were found or not: leaving out what was not found would
    weigh only what accuses. Some are of no test (how office hours explain its posts), and are neither found nor missed."""
    measured = case.run("indicators")
    if measured is None or clustered.id not in measured.info["inputs"]:
        return Handed()
    found = []
    for row in measured.table("indicators").to_pylist():
        ratios = [row[name] for name in ("lr_low", "lr", "lr_high")]
        if row["subject"] != "group" or row["subject_id"] != group or None in ratios or min(ratios) <= 0:
            continue
        low, point, high = (math.log10(ratio) for ratio in ratios)
        key = f"{row['indicator']}/{row['measure']}"
        weight = Range(min(low, point), point, max(high, point))
        found.append(
            Finding(
                key,
                key,
                row["says"],
                f"run {measured.id}, reading {row['reading']}",
                weight,
                row["state"] == STATE_FOUND,
                row["state"] == NOT_FOUND,
            )
        )
    return Handed(tuple(sorted(found, key=lambda one: one.key)))


def of_clusters(case: Case, clustered: Run, group: str) -> Handed:
    """That the group acts in concert, if it does, and innocent explanations that fit what it did."""
    row = next(row for row in clustered.table("groups").to_pylist() if row["group_id"] == group)
    fitting = json.loads(row["innocent"] or "[]")
    seen = f"run {clustered.id}"
    concert = (
        (Finding("in-concert", "level/in-concert", IN_CONCERT.format(q=row["q_value"]), seen),)
        if row["level"] >= "L2"
        else ()
    )
    found = tuple(
        Finding(key, key, one["why"], seen)
        for one in fitting
        if (key := f"explained/{one['name']}") in WEIGHED_EXPLANATIONS
    )
    return Handed(concert + found)


WEIGHED_EXPLANATIONS = ("explained/syndication", "explained/fans and followers")
"""Those that do not always fit: an explanation that is printed beside every group weighs nothing."""


def of_links(case: Case, clustered: Run, group: str) -> Handed:
    """What the newest run `link` of these groups says of known operations, the one with most in common first.

    A link whose every item was shown only after it had been published is none of evidence: its readers show the same. Nor is one that
    takes tactics to be a link: these are signs found on the group, which are weighed by themselves already."""
    run = case.run("link")
    if run is None or clustered.id not in run.info["inputs"]:
        return Handed()
    rows = [row for row in run.table("links").to_pylist() if row["group_id"] == group]
    if not rows:
        return Handed()
    best = min(rows, key=lambda row: (list(VERDICTS).index(row["verdict"]), -(row["bits"] or 0.0), row["operation"]))
    source = f"run {run.id}"
    items: dict[str, list[dict[str, Any]]] = {row["operation"]: [] for row in rows}
    for item in run.table("link_items").to_pylist() if "link_items" in run.tables else ():
        if item["group_id"] == group:
            items[item["operation"]].append(item)
    found = tuple(
        Finding(f"link/{row['operation']}", "known-network", row["says"], source)
        for row in sorted(rows, key=lambda row: row["operation"])
        if row["verdict"] == LINKED and linked_without_tactics(row) and not only_after(items[row["operation"]])
    )
    families = sum(bits > 0 for bits in json.loads(best["families"] or "{}").values())
    sure = (
        "low"
        if best["verdict"] != LINKED or only_after(items[best["operation"]])
        else "high"
        if families > 1
        else "moderate"
    )
    because = (
        f"{best['evidence']:,} independent items in {families} families of evidence.",
        best["would_change"] or "",
    )
    names = best["operation"] if best["verdict"] in (LINKED, POSSIBLY) else ""
    answer = Answer("network", best["says"], best["verdict"], sure, tuple(filter(None, because)), IMITATION, names)
    return Handed(found, (answer,))


def linked_without_tactics(row: Mapping[str, Any]) -> bool:
    """Whether the other families alone have the bits of a link.   row: of `links`."""
    tactics = json.loads(row["families"] or "{}").get("tactics", 0.0)
    return bool((row["bits"] or 0.0) - tactics >= LINKED_BITS)


def of_place(case: Case, clustered: Run, group: str) -> Handed:
    """What the newest run `locate` of this group says: labels and check-ins that most who show any share, and the answer on its place.

    Hours and holidays come from `of_indicators`, and count once. What points elsewhere than the likeliest country is handed over by nobody:
    a clue that may have been laid is for people to weigh.
    """
    run, measured = located_run(case, group, clustered), case.run("indicators")
    if run is None or measured is None or measured.id not in run.info["inputs"]:
        return Handed()
    source = f"run {run.id}"
    rows = run.table("places").to_pylist()
    chances = [
        RegionChance(row["region"], row["name"], row["kind"], Span(row["low"], row["chance"], row["high"]), row["prior"], "")
        for row in rows
        if row["kind"] in (PROVINCE, COUNTRY, CLOCK)
    ]  # fmt: skip
    told = statement(group, chances)
    if told.of is None or told.of.kind == CLOCK:
        names, kept = "", []
    else:
        names = told.of.name
        kept = [
            row
            for row in run.table("place_items").to_pylist()
            if row["counts"] == LEADS and _in(row["region"], told.of.code)
        ]
    found = tuple(
        Finding(f"place/{row['item']}", KIND_OF_PLACE[row["kind"]], row["says"], source)
        for row in kept
        if row["kind"] in KIND_OF_PLACE
    )
    others = tuple(
        f"{row['name']}: {percent(Span(row['low'], row['chance'], row['high']))}"
        for row in rows
        if row["kind"] in OTHER_READINGS
    )
    because = (
        f"Chance {percent(told.leading.chance)} for {told.leading.name}; a label, clock or check-in is no proof of a place.",
    )
    sure = "low" if told.of is None else "moderate"
    return Handed(found, (Answer("place", told.plainly, "", sure, because, others, names),))


def _in(region: str | None, place: str) -> bool:
    return region is not None and not apart(region, place)


KIND_OF_PLACE = {
    "region-label": "region-label", "check-in": "check-in", "check-in-seen": "check-in", "remark": "check-in", "screen": "check-in",
    "tool": "check-in", "photo": "check-in",
}  # fmt: skip
"""Kind of sign of `locate` -> kind of evidence on who is behind it."""
OTHER_READINGS = ("anywhere", "staged")

IMITATION = (
    "somebody who copies what was published of it",
    "somebody who reports on it, warns of it or was its target",
    "a source that both took from",
)
IN_CONCERT = (
    "It acts in concert more than shared interests and habits explain, confirmed on held-out posts (q {q:.2g})."
)

SOURCES: tuple[Source, ...] = (of_indicators, of_clusters, of_links, of_place)
"""In the order in which their items are printed."""


def handed_over(case: Case, clustered: Run, group: str) -> Handed:
    """What all sources hand over, measured ratios as they stand after `paid`."""
    every = [source(case, clustered, group) for source in SOURCES]
    return Handed(
        paid([found for one in every for found in one.findings]),
        tuple(answer for one in every for answer in one.answers),
    )
