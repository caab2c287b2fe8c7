"""`locate`: where the people behind a group may sit, with the weight of each sign, and the ways it can deceive."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from inconcert.case import Case, Run, run_id
from inconcert.errors import InputError
from inconcert.judgement.weighed import weighed
from inconcert.place.kinds import KINDS, Kind
from inconcert.place.posterior import posterior
from inconcert.place.statement import percent
from inconcert.progress import Progress, silent
from inconcert.verbs.gather import versions
from inconcert.verbs.place_entries import entries_now
from inconcert.verbs.place_evidence import place_evidence
from inconcert.verbs.place_gate import locatable, located_run
from inconcert.verbs.place_shown import Located, LocatedItem, Reading, RegionCount, shown
from inconcert.verbs.place_tables import place_tables
from inconcert.yardstick.yardstick import Yardstick
from inconcert.yardstick.yardsticks import PHIA, YARDSTICKS

SEED = 0
"""Nothing here is random; every run has the number."""
NOT_WHO = (
    "Where people sit says nothing of who they work for, and a region is no person: nothing here is about any one account. Every range is as wide as "
    "what was elicited, which nobody has measured on operations whose place is known."
)


def locate(
    case: Case, group: str, *, entered: Sequence[Mapping[str, Any]] | None = None, left_out: Sequence[str] | None = None,
    progress: Progress = silent,
) -> Run:  # fmt: skip
    """Weigh every sign of where a group sits.   entered, left_out: what people entered and whom they removed, as a run keeps it; both as the ledger has them
    unless given.

    Tables of the run: places, place_items, place_families, place_accounts, places_set_aside. InputError below level L3, and without
    a cluster run of these posts; UnknownName for a group.
    """
    with case.lock():
        ready = locatable(case, group)
        entries = list(entered) if entered is not None else entries_now(case, group)
        without = sorted(left_out) if left_out is not None else sorted(ready.group.base - set(ready.group.members))
        described = case.run("describe")
        if described is not None and ready.clustered.id not in described.info["inputs"]:
            described = None
        parameters: dict[str, object] = {"group": group, "entered": entries, "left_out": without, "seed": SEED}
        further = [run.id for run in (ready.measured, described) if run is not None]
        inputs = sorted({*case.imports(), *ready.clustered.info["inputs"], ready.clustered.id, *further})
        known = case.known_run(run_id("locate", parameters, inputs, versions()))
        if known:
            return known
        started = time.monotonic()
        progress("reading signs of place", 0, None)
        members = sorted(ready.group.base - set(without))
        evidence = place_evidence(case, group, members, ready.measured, described, entries)
        progress("weighing", 0, None)
        found = posterior(evidence.items)
        tables = place_tables(group, evidence, found)
        return case.record_run(
            "locate",
            parameters=parameters,
            inputs=inputs,
            versions=versions(),
            seed=SEED,
            engine="duckdb",
            tables=tables,
            counts={"items": len(evidence.items), "set_aside": len(evidence.aside), "members": len(members)},
            duration_s=time.monotonic() - started,
            notes=[NOT_WHO],
        )


def located(case: Case, group: str) -> Located:
    """What the newest run `locate` of that group says; InputError below level L3 or without such a run, UnknownName for a group."""
    ready = locatable(case, group)
    run = located_run(case, group, ready.clustered)
    if run is None:
        raise InputError(f"{group} was not located yet. Run: inconcert locate {case.path} {group}.")
    asked = run.info["parameters"]
    without = sorted(ready.group.base - set(ready.group.members))
    stands = (
        ready.measured.id in run.info["inputs"]
        and asked["entered"] == entries_now(case, group)
        and asked["left_out"] == without
    )
    return shown(run, ready.group.name, stands, _yardstick(case))


def place_kinds() -> Mapping[str, Kind]:
    """The kinds of evidence on place, by name."""
    return KINDS


def _yardstick(case: Case) -> Yardstick:
    """That of the case, as it was last chosen for weighing."""
    chosen = [
        one.value["name"] for one in weighed(case.statements()) if one.what == "yardstick" and one.retracted is None
    ]
    known = [YARDSTICKS[name] for name in chosen if name in YARDSTICKS]
    return known[-1] if known else PHIA


__all__ = ["Kind", "Located", "LocatedItem", "Reading", "RegionCount", "locate", "located", "percent", "place_kinds"]
