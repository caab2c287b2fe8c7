"""The state of a case that pages show: its imports, and the runs that belong together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from inconcert.case import Case, Run, case_facts
from inconcert.ledger import canonical
from inconcert.report.runs import NEAR_ACTIONS

VERSION = 3
"""Raised whenever a view would be made otherwise."""


@dataclass(frozen=True)
class State:
    """facts: of case.toml.   imports: id -> role.   cluster: the newest; detect: the run it rests on, or else the newest; copies: the
    run whose clusters were compared, or else the newest; indicators, describe: the newest, None when they are of other groups.
    """

    facts: Mapping[str, Any]
    imports: Mapping[str, str]
    detect: Run | None
    cluster: Run | None
    copies: Run | None
    indicators: Run | None
    describe: Run | None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Those there are, in the order of the work."""
        found = (self.copies, self.detect, self.cluster, self.describe, self.indicators)
        return tuple(run for run in found if run is not None)

    @property
    def stamp(self) -> str:
        """What keys of accounts are made with: when the case was created, and its title."""
        return f"{self.facts['created'].isoformat()}\n{self.facts['title']}"

    @cached_property
    def key(self) -> str:
        """Name of the view of this state: 16 hex digits."""
        made_of = [VERSION, self.stamp, dict(self.imports), [run.id for run in self.runs]]
        return hashlib.sha256(canonical(made_of)).hexdigest()[:16]

    def near_actions(self) -> list[str]:
        """The file of actions on near-identical texts and pictures, if they were compared and there are any."""
        if self.copies is None or self.detect is None or self.copies.id not in self.detect.info["inputs"]:
            return []
        rows = self.copies.info["tables"].get(NEAR_ACTIONS)
        return [str(self.copies.path / f"{NEAR_ACTIONS}.parquet")] if rows else []


def state(case: Case) -> State:
    """The state of a case now; imports that were withdrawn, and runs made with them, are no part of it.

    CaseError when an import or run is damaged.
    """
    made = case.runs()
    outdated = case.outdated_runs(made)
    runs = [run for run in made if run.id not in outdated]
    cluster = _last(runs, "cluster")
    detect = _rested_on(runs, "detect", cluster)
    return State(
        facts=case_facts(case.path),
        imports={**case.imports(), **case.imports("given")},
        detect=detect,
        cluster=cluster,
        copies=_rested_on(runs, "copies", detect),
        indicators=_resting_on(runs, "indicators", cluster),
        describe=_resting_on(runs, "describe", cluster),
    )


def _last(runs: Sequence[Run], verb: str) -> Run | None:
    return next((run for run in reversed(runs) if run.verb == verb), None)


def _rested_on(runs: Sequence[Run], verb: str, above: Run | None) -> Run | None:
    read = set(above.info["inputs"]) if above is not None else set()
    return next((run for run in runs if run.verb == verb and run.id in read), None) or _last(runs, verb)


def _resting_on(runs: Sequence[Run], verb: str, below: Run | None) -> Run | None:
    run = _last(runs, verb)
    return run if run is not None and below is not None and below.id in run.info["inputs"] else None
