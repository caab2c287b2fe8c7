"""The DISARM techniques that one group shows, along the kill chain."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.dataset as ds

from inconcert.case import Case
from inconcert.catalogue.group_techniques import Shown, by_phase, group_techniques
from inconcert.catalogue.kill_chain import Phase

ByPhase = tuple[tuple[Phase | None, tuple[Shown, ...]], ...]


def techniques_of_group(case: Case, group: str) -> ByPhase | None:
    """Every phase with what was found of it, what belongs to none last; None where the newest indicators are not of the newest groups."""
    clustered, measured = case.run("cluster"), case.run("indicators")
    if clustered is None or measured is None or clustered.id not in measured.info["inputs"]:
        return None
    readings = measured.table("indicators").filter(ds.field("group_id") == group).to_pylist()
    wanted = pa.array([row["reading"] for row in readings], pa.int64())
    witnesses = measured.table("indicator_witnesses").filter(ds.field("reading").isin(wanted)).to_pylist()
    return by_phase(group_techniques(readings, witnesses, group))
