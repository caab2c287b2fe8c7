"""How fine the times of a case are: as fine as those of its coarsest import, as far as an import tells."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.dates import DAY_US
from inconcert.normalise.precision import FEW, MINUTE_US, Grain

RESOLUTION_S = {"s": 1, "min": 60, "day": 86_400}

_GRAINS = f"""
SELECT import_id, count(*) AS timed, count(*) FILTER (time_us % {MINUTE_US} <> 0) AS off_minute,
       count(*) FILTER (time_us % {DAY_US} <> 0) AS off_day
FROM (SELECT import_id, epoch_us(created_at) AS time_us FROM posts SEMI JOIN unlike USING (import_id)
      WHERE created_at IS NOT NULL) GROUP BY import_id
"""


def case_precision(case: Case, role: str = "case") -> str | None:
    """s, min or day: the coarsest precision over the imports of that role; None without times.

    Imports of fewer than FEW times are judged together, as if they were one file: one post of an exact clock is on a full minute
    once in sixty times, and would else make the case coarse, while a thousand small files with times to the minute do make it
    so. Where these files have too few times even together, only what chance does not give counts (`Grain.surely_coarse`): what a
    case can lose to that are three posts whose times are coarser than those of the rest.
    """
    parts = case.parts("imports", role)
    rows = [row for part in parts for row in pq.read_table(part, columns=["import_id", "precision"]).to_pylist()]
    told: dict[str, str] = {row["import_id"]: row["precision"] for row in rows if row["precision"] in RESOLUTION_S}
    if len(set(told.values())) < 2:
        return next(iter(told.values()), None)
    grains = _grains(case, role, list(told))
    large = [told[id] for id, grain in grains.items() if grain.timed >= FEW]
    small = sum((grain for grain in grains.values() if grain.timed < FEW), Grain())
    if small.timed >= FEW or not large or (small.timed and small.surely_coarse):
        large.append(small.precision or "s")
    return max(large, key=lambda precision: RESOLUTION_S[precision])


def _grains(case: Case, role: str, imports: list[str]) -> dict[str, Grain]:
    """Of each of these imports what its posts tell."""
    engine = DuckDB()
    try:
        engine.attach("posts", case.parts("posts", role))
        engine.attach("unlike", pa.table({"import_id": pa.array(imports, pa.string())}))
        found = engine.sql(_GRAINS).to_pylist()
    finally:
        engine.close()
    return {row.pop("import_id"): Grain(**row) for row in found}
