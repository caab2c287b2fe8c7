"""What the newest `link` run says of a group, for pages: each known operation, what it rests on, and whose libraries were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.case import Case, Run
from inconcert.linking.timeline import Showing
from inconcert.report.links_found import KINDS, VERDICTS, Link, Match, Witness, link_run, links_found
from inconcert.report.links_timeline import distance, links_timeline
from inconcert.report.pseudonyms import order
from inconcert.verbs.link import FEW_CONTROL, NOT_WHO

__all__ = [
    "FEW_CONTROL",
    "KINDS",
    "NOT_WHO",
    "Link",
    "Linked",
    "Match",
    "Showing",
    "Witness",
    "distance",
    "linked",
    "linked_to",
    "links_timeline",
]


@dataclass(frozen=True)
class Linked:
    """run: the one read.   links: the group beside each operation, the likeliest first.   libraries: names of what was read.
    control: ordinary accounts that rarity was measured on.   notes: of the run."""

    run: Run
    links: tuple[Link, ...]
    libraries: tuple[str, ...]
    control: int
    notes: tuple[str, ...]


def linked(case: Case, group: str) -> Linked | None:
    """The newest run on the groups as they stand that compared this one; None when there is none."""
    run = link_run(case, group)
    if run is None:
        return None
    links = links_found(run.table("links").to_pylist(), run.table("link_items").to_pylist(), group)
    kept: list[Mapping[str, Any]] = run.info["parameters"]["library"]
    control = max((int(one.row["control"]) for one in links), default=0)
    return Linked(run, links, tuple(str(one["name"]) for one in kept), control, tuple(run.info["notes"]))


def linked_to(case: Case, operation: str) -> tuple[Link, ...]:
    """Every group that the newest run compared with this operation, the likeliest first; none without a run."""
    run = link_run(case)
    if run is None:
        return ()
    links, items = run.table("links").to_pylist(), run.table("link_items").to_pylist()
    groups = sorted({row["group_id"] for row in links}, key=order)
    found = [one for id in groups for one in links_found(links, items, id) if one.row["operation"] == operation]
    return tuple(sorted(found, key=lambda one: VERDICTS.index(one.verdict)))
