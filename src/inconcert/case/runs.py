"""Runs: what a verb computed from the data of a case, and everything needed to compute it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case.parquet import write_parquet
from inconcert.case.scratch import WROTE
from inconcert.errors import CaseError, UnknownName
from inconcert.ledger import Statement, canonical

INFO = "run.json"
CHOSE = "chose"
"""Said of a run that a verb found done: from then on it is the newest of its verb."""


@dataclass(frozen=True)
class Run:
    """One complete run.

    id: 16 hex digits.   verb: what made it.   path: its folder.
    info: run.json: id, verb, parameters, inputs (ids of the imports and runs it read), versions, seed, engine, counts,
        tables ({name: rows}). It holds no clock value, so that a recomputed run has the same bytes.
    at: when it was recorded, UTC.   duration_s: how long it took, seconds. Both come from the ledger.
    already: True when a verb found this run done and computed nothing.
    """

    id: str
    verb: str
    path: Path
    info: Mapping[str, Any]
    at: datetime
    duration_s: float
    already: bool = False

    @property
    def tables(self) -> list[str]:
        """Names of its tables."""
        return sorted(self.info["tables"])

    def table(self, name: str) -> pa.Table:
        """One of its tables; UnknownName when it has no such table, CaseError when its file is damaged."""
        if name not in self.info["tables"]:
            raise UnknownName(f"table of the {self.verb} run", name, self.tables)
        file = self.path / f"{name}.parquet"
        try:
            return pq.read_table(file)
        except (OSError, pa.ArrowException) as error:
            raise CaseError(
                f"{file} is damaged ({error}). Delete the folder {self.path} and run the verb again: inconcert {self.verb} "
                f"{self.path.parent.parent}"
            ) from error


def run_id(verb: str, parameters: Mapping[str, object], inputs: Sequence[str], versions: Mapping[str, str]) -> str:
    """Name of the run these would give: 16 hex digits of a SHA-256; the order of inputs does not matter."""
    return hashlib.sha256(canonical([verb, parameters, sorted(inputs), versions])).hexdigest()[:16]


def facts(
    verb: str,
    parameters: Mapping[str, object],
    inputs: Sequence[str],
    versions: Mapping[str, str],
    seed: int,
    engine: str,
    counts: Mapping[str, int],
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """What run.json says, but for the tables; the id among it. ValueError unless the seed is among the parameters."""
    if parameters.get("seed") != seed:
        raise ValueError(f"the seed {seed} must be among the parameters of the {verb} run")
    return {
        "id": run_id(verb, parameters, inputs, versions),
        "verb": verb,
        "parameters": dict(parameters),
        "inputs": sorted(inputs),
        "versions": dict(versions),
        "seed": seed,
        "engine": engine,
        "counts": dict(counts),
        "notes": list(notes),
    }


def write_run(folder: Path, info: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> None:
    """Write run.json and one Parquet file a table; every table is checked against its schema first."""
    checked = {name: schema.table(name).check(table) for name, table in tables.items()}
    for name, table in checked.items():
        write_parquet(table, folder / f"{name}.parquet")
    rows = {name: table.num_rows for name, table in checked.items()}
    text = json.dumps({**info, "tables": rows}, sort_keys=True, indent=1, ensure_ascii=True, allow_nan=False)
    (folder / INFO).write_text(text + "\n", encoding="ascii")


def read_runs(folder: Path, statements: Sequence[Statement]) -> list[Run]:
    """The runs that the ledger names and the case holds, the one last made or last chosen at the end."""
    made: dict[str, Statement] = {}
    order: dict[str, None] = {}
    for said in statements:
        if said.about.startswith("runs/") and said.says in (WROTE, CHOSE):
            order.pop(said.about, None)
            order[said.about] = None
            if said.says == WROTE:
                made[said.about] = said
    return [_read(folder / about, made[about]) for about in order if (folder / about).is_dir()]


def _read(folder: Path, made: Statement) -> Run:
    try:
        info = json.loads((folder / INFO).read_bytes())
        return Run(
            info["id"], info["verb"], folder, info, datetime.fromisoformat(made.at), made.value.get("duration_s", 0.0)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(
            f"{folder / INFO} cannot be read ({error}). Delete the folder {folder} and run the verb again."
        ) from error
