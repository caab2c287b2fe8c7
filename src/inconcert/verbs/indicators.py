"""`indicators`: how accounts and groups behave, every measure beside its control, and how far a group's evidence then carries."""

from __future__ import annotations

import json
import logging
import time
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.case import Case, Run, run_id
from inconcert.errors import EngineError, InputError, UnknownName
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.hand_picked import hand_picked
from inconcert.indicators.indicator import Indicator
from inconcert.indicators.multiplicity import DESCRIBED, FOUND, LIST_GROUP, NOT_FOUND, TOO_LITTLE, q_values, state
from inconcert.indicators.reading import Reading
from inconcert.indicators.standing import standing
from inconcert.judgement.sets import NO_RATE
from inconcert.progress import Progress, silent
from inconcert.verbs.clustered import copied_of, newest_clusters
from inconcert.verbs.gather import versions
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.indicator_facts import CaseFacts, open_case_facts
from inconcert.verbs.sets import set_named

log = logging.getLogger(__name__)

NOT_A_VERDICT = "Indicators are measurements beside a control, none of them a verdict: each has innocent explanations, which the report names."
FAILED = "a mend: it gave up on these data, which is a fault of this program, please report it"
"""What an indicator needs that raised an error."""
PACKAGES = ("confusable-homoglyphs", "holidays", "rapidfuzz")
"""What indicators depend on besides."""


@dataclass(frozen=True)
class NotRun:
    """An indicator that could not be run, and what the data would need."""

    indicator: str
    needs: tuple[str, ...]


def indicators(
    case: Case,
    *,
    only: Sequence[str] = (),
    sets: Sequence[str] | Mapping[str, Sequence[str]] = (),
    alpha: float = 0.01,
    seed: int = 1,
    progress: Progress = silent,
) -> Run:
    """Measure every indicator the data allow, on the groups of the newest cluster run and on lists of the role suspected.

    only: names of indicators instead of all; then groups keep the level that co-action gave them. sets: names of sets to measure
    like suspected lists, or their accounts by name, as the run keeps them; such a set carries no false-alarm rate and no chance, and
    changes nothing of what is measured of groups. alpha: largest q-value of what
    counts as found: see multiplicity.q_values.
    Tables of the run: indicators, indicator_points, indicator_witnesses, controls, control_balance, standings and
    indicators_not_run. InputError without a cluster run of these posts; UnknownName.
    """
    if not 0 < alpha < 1:
        raise InputError(f"alpha is {alpha}; it must lie between 0 and 1.")
    for name in only:
        if name not in INDICATORS:
            raise UnknownName("indicator", name, INDICATORS)
    with case.lock():
        clustered = newest_clusters(case, "indicators")
        copied = copied_of(case, clustered)
        chosen_sets = _accounts_of(case, sets)
        parameters: dict[str, object] = {"only": sorted(only), "alpha": alpha, "seed": seed}
        if chosen_sets:  # left out where there are none, so that runs made before there were sets keep their ids
            parameters["sets"] = chosen_sets
        inputs = sorted(
            {*clustered.info["inputs"], clustered.id, *([copied.id] if copied else []), *case.imports(GIVEN)}
        )
        known = case.known_run(run_id("indicators", parameters, inputs, versions(*PACKAGES)))
        if known:
            return known
        started = time.monotonic()
        chosen = [INDICATORS[name]() for name in (only or INDICATORS)]
        opened = open_case_facts(case, clustered, copied)
        try:
            measured, not_run = _measured(chosen, opened, seed, progress)
        finally:
            opened.engine.close()
        controls, notes = [opened.control], list(opened.notes)
        if chosen_sets:
            apart = open_case_facts(case, clustered, copied, chosen_sets)
            try:
                measured += _of_sets(_measured(chosen, apart, seed, progress)[0])
            finally:
                apart.engine.close()
            controls.append(apart.control)
            notes += [note for note in apart.notes if note not in notes]
        tables = _tables(measured, alpha)
        absent = [{"indicator": one.indicator, "needs": ", ".join(one.needs)} for one in not_run]
        tables["indicators_not_run"] = pa.Table.from_pylist(absent, schema=schema.INDICATORS_NOT_RUN.arrow)
        tables["controls"] = pa.concat_tables([one.controls for one in controls])
        tables["control_balance"] = pa.concat_tables([one.balance for one in controls])
        tables["standings"] = _standings(clustered, tables["indicators"], opened.declared, complete=not only)
        return case.record_run(
            "indicators",
            parameters=parameters,
            inputs=inputs,
            versions=versions(*PACKAGES),
            seed=seed,
            engine="duckdb",
            tables=tables,
            counts=_counts(tables),
            duration_s=time.monotonic() - started,
            notes=[
                NOT_A_VERDICT,
                *notes,
                *(f"Set {name}: {NO_RATE}" for name in chosen_sets),
            ],
        )


def _accounts_of(case: Case, sets: Sequence[str] | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Name of a set -> its accounts, sorted; UnknownName for a set nobody made, InputError for one without accounts."""
    if isinstance(sets, Mapping):
        return {name: sorted(accounts) for name, accounts in sorted(sets.items())}
    found = {one.name: list(one.accounts) for one in (set_named(case, name) for name in sorted(set(sets)))}
    empty = next((name for name, accounts in found.items() if not accounts), None)
    if empty is not None:
        raise InputError(f"The set '{empty}' holds posts and no accounts; indicators measure accounts.")
    return found


Measured = list[tuple[Indicator, Reading]]


def _of_sets(measured: Measured) -> Measured:
    """What is about sets and their members, with every chance left out."""
    about = ((one, r, r.subject_id if r.subject == "group" else r.group_id) for one, r in measured)
    return [(one, hand_picked(r)) for one, r, group in about if group is not None and group.startswith(LIST_GROUP)]


def _measured(
    chosen: Sequence[Indicator], opened: CaseFacts, seed: int, progress: Progress
) -> tuple[Measured, list[NotRun]]:
    """All readings, in an order of their own, and what could not be run."""
    found: Measured = []
    not_run = []
    for number, one in enumerate(chosen):
        progress(f"measuring {one.name}", number, len(chosen))
        lacking = opened.facts.lacks(one.needs)
        if lacking:
            not_run.append(NotRun(one.name, tuple(need.replace("|", " or ") for need in lacking)))
            continue
        # each indicator has random numbers of its own: leaving one out changes no other
        rng = np.random.default_rng([seed, zlib.crc32(one.name.encode())])
        try:
            readings = one.measure(opened.facts, rng)
        except (EngineError, ArithmeticError, LookupError, TypeError, ValueError, pa.ArrowException) as error:
            # data can hold what nobody thought of; one indicator that gives up must not take the others with it
            log.exception("%s gave up", one.name)
            # its message may hold an id or a name, and what was not run is printed in the report
            not_run.append(NotRun(one.name, (f"{FAILED} ({type(error).__name__})",)))
            continue
        found += [
            (one, r) for r in sorted(readings, key=lambda r: (r.measure, r.subject, r.group_id or "", r.subject_id))
        ]
    return found, not_run


def _tables(measured: Measured, alpha: float) -> dict[str, pa.Table]:
    rows, points, witnesses = [], [], []
    for number, ((one, reading), q) in enumerate(zip(measured, q_values(measured), strict=True), start=1):
        rows.append(
            {name: getattr(reading, name) for name in _OF_READING}
            | {
                "reading": number,
                "indicator": one.name,
                "family": one.family,
                "q_value": q,
                "state": state(reading, q, alpha),
            }
        )
        points += [{"reading": number, **vars(point)} for point in reading.points]
        witnesses += [{"reading": number, **vars(witness)} for witness in reading.witnesses]
    made = (("indicators", rows), ("indicator_points", points), ("indicator_witnesses", witnesses))
    return {name: pa.Table.from_pylist(found, schema=schema.table(name).arrow) for name, found in made}


_OF_READING = tuple(
    column.name
    for column in schema.INDICATORS.columns
    if column.name not in ("reading", "indicator", "family", "q_value", "state")
)


def _standings(clustered: Run, measured: pa.Table, declared: Mapping[str, float], *, complete: bool) -> pa.Table:
    """How far the evidence on each group of the cluster run carries; one that co-action did not find has no standing."""
    of_group: dict[str, list[Mapping[str, Any]]] = {}
    for row in measured.filter(pc.equal(measured["subject"], "group")).to_pylist():
        of_group.setdefault(row["subject_id"], []).append(row)
    rows = []
    for group in clustered.table("groups").to_pylist():
        if group["group_id"].startswith(LIST_GROUP):
            continue
        readings = of_group.get(group["group_id"], []) if complete else []
        found = standing(
            group["level"], group["why_not_higher"], readings, group["size"], declared.get(group["group_id"], 0.0)
        )
        families = json.dumps([dict(one) for one in found.families], ensure_ascii=False)
        rows.append({
            "group_id": group["group_id"], "level": found.level, "families": families, "why_not_higher": found.why_not_higher,
        })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema.STANDINGS.arrow)


def _counts(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    states = Counter(tables["indicators"]["state"].to_pylist())
    return {
        "readings": len(tables["indicators"]),
        "found": states[FOUND],
        "not_found": states[NOT_FOUND],
        "described": states[DESCRIBED],
        "too_little_to_say": states[TOO_LITTLE],
        "controls": len(tables["controls"]),
    }
