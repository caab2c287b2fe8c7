"""The runs a report draws from: two it cannot do without, and three that add to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.errors import CaseError
from inconcert.indicators.standing_groups import standing_groups

NEAR_ACTIONS = "near_actions"
_OF_COPIES = ("copy_clusters", "copies", "rewrites", "templates", "picture_clusters", "picture_copies")
_OF_DESCRIBE = ("group_languages", "language_switches", "cross_language", "group_avatars")


@dataclass(frozen=True)
class Runs:
    """copies: the run whose clusters were compared, or else the newest.   describe, indicators: the newest, if they are of these
    very groups; `outdated` and `indicators_outdated` when there are some, but of other groups."""

    detect: Run
    cluster: Run
    copies: Run | None
    describe: Run | None
    outdated: bool
    indicators: Run | None
    indicators_outdated: bool

    @property
    def all(self) -> tuple[Run, ...]:
        """Those there are, in the order of the work."""
        runs = (self.copies, self.detect, self.cluster, self.describe, self.indicators)
        return tuple(run for run in runs if run is not None)

    def groups(self) -> list[dict[str, Any]]:
        """Rows of `groups`, each at the level that all evidence carries it to: that of its indicators too, if they were measured."""
        rows: list[dict[str, Any]] = standing_groups(self.cluster, self.indicators).to_pylist()
        return rows

    def members(self) -> pa.Table:
        """Rows of `members` of the groups above L0, those the page speaks of."""
        standing = pa.array([row["group_id"] for row in self.groups() if row["level"] != "L0"], pa.string())
        members = self.cluster.table("members")
        return members.filter(pc.is_in(members.column("group_id"), value_set=standing))

    def optional_tables(self) -> dict[str, pa.Table]:
        """The tables of copies and describe by name; empty where there is no run, or it has no such table."""
        return {
            name: run.table(name) if run is not None and name in run.tables else schema.table(name).empty()
            for run, names in ((self.copies, _OF_COPIES), (self.describe, _OF_DESCRIBE))
            for name in names
        }

    @property
    def compared(self) -> bool:
        """Whether the clusters of copies were compared like links."""
        return self.copies is not None and self.copies.id in self.detect.info["inputs"]

    def near_actions(self) -> list[str]:
        """The file of actions on near-identical texts and pictures, if they were compared and there are any."""
        if self.copies is None or not self.compared or not self.copies.info["tables"].get(NEAR_ACTIONS):
            return []
        return [str(self.copies.path / f"{NEAR_ACTIONS}.parquet")]


def newest(case: Case) -> Runs:
    """The newest runs of a case; CaseError without detect or cluster."""
    detect, cluster = _needed(case, "detect"), _needed(case, "cluster")
    read = set(detect.info["inputs"])
    copies = next((run for run in case.runs() if run.verb == "copies" and run.id in read), case.run("copies"))
    describe, outdated = _of_these_groups(case, "describe", cluster)
    indicators, indicators_outdated = _of_these_groups(case, "indicators", cluster)
    return Runs(detect, cluster, copies, describe, outdated, indicators, indicators_outdated)


def _of_these_groups(case: Case, verb: str, cluster: Run) -> tuple[Run | None, bool]:
    """The newest run of that verb, None when it is of other groups, and whether it is."""
    run = case.run(verb)
    outdated = run is not None and cluster.id not in run.info["inputs"]
    return None if outdated else run, outdated


def _needed(case: Case, verb: str) -> Run:
    run = case.run(verb)
    if run is None:
        raise CaseError(f"The case {case.path} has no {verb} run to report on. Run: inconcert {verb} {case.path}")
    return run
