"""The groups of a case at the level all evidence carries them to, that of their indicators included."""

from __future__ import annotations

import pyarrow as pa

from inconcert import schema
from inconcert.case import Run


def standing_groups(clustered: Run, measured: Run | None) -> pa.Table:
    """The table `groups`, with level and why_not_higher as the run `indicators` of these very groups found them."""
    groups = clustered.table("groups")
    found = _standings(clustered, measured)
    rows = [
        {**row, **{name: found[row["group_id"]][name] for name in ("level", "why_not_higher")}}
        if row["group_id"] in found
        else row
        for row in groups.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=schema.GROUPS.arrow)


def standing_scores(clustered: Run, measured: Run | None) -> pa.Table:
    """The table `scores`; an account whose level is that of its group takes the group's standing."""
    scores = clustered.table("scores")
    found = _standings(clustered, measured)
    before = {row["group_id"]: row["level"] for row in clustered.table("groups").to_pylist()}
    levels = [
        found[group]["level"] if group in found and level == before[group] else level
        for group, level in zip(scores["group_id"].to_pylist(), scores["level"].to_pylist(), strict=True)
    ]
    place = scores.column_names.index("level")
    return scores.set_column(place, scores.schema.field(place), pa.array(levels, pa.string()))


def _standings(clustered: Run, measured: Run | None) -> dict[str, dict[str, str]]:
    """Group -> its row of `standings`; nothing when the run is of other groups."""
    if measured is None or clustered.id not in measured.info["inputs"]:
        return {}
    return {row["group_id"]: row for row in measured.table("standings").to_pylist()}
