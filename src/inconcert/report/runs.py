"""The runs a report draws from: two it cannot do without, and two that add sections."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.errors import CaseError

NEAR_ACTIONS = "near_actions"
_OF_COPIES = ("copy_clusters", "copies", "rewrites", "templates", "picture_clusters", "picture_copies")
_OF_DESCRIBE = ("group_languages", "language_switches", "cross_language", "group_avatars")


@dataclass(frozen=True)
class Runs:
    """copies: the run whose clusters were compared, or else the newest.   describe: the newest, if it is of these very groups;
    `outdated` when there is one, but of other groups."""

    detect: Run
    cluster: Run
    copies: Run | None
    describe: Run | None
    outdated: bool

    @property
    def all(self) -> tuple[Run, ...]:
        """Those there are, in the order of the work."""
        return tuple(run for run in (self.copies, self.detect, self.cluster, self.describe) if run is not None)

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
    describe = case.run("describe")
    outdated = describe is not None and cluster.id not in describe.info["inputs"]
    return Runs(detect, cluster, copies, None if outdated else describe, outdated)


def _needed(case: Case, verb: str) -> Run:
    run = case.run(verb)
    if run is None:
        raise CaseError(f"The case {case.path} has no {verb} run to report on. Run: inconcert {verb} {case.path}")
    return run
