"""What was read before an import, as the import joins it: with the ids that the sources gave, whatever they became in the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.perhaps_seen import PerhapsSeen
from inconcert.verbs.same_ids import NATIVE_OBJECT, native

OF_THE_ROLE = ("posts", "post_observations", "actions")
JOINED = (*OF_THE_ROLE, "accounts")
MEMORY = "256MB"
_THREADS = 2
"""Each thread needs a share of that memory for itself."""
_SMALL_ROWS = 10_000
"""Tables up to that are held together: to open thousands of files for every file that is read would take hours."""


def parts_before(case: Case, role: str) -> dict[str, list[Path]]:
    """Parquet files by table: what an import of that role joins, and the accounts of both roles, whose ids it must not take."""
    accounts = [part for either in ("case", "control") for part in case.parts("accounts", either)]
    return {name: case.parts(name, role) for name in OF_THE_ROLE} | {"accounts": accounts}


class Before:
    """What was read so far, on an engine that takes no more than MEMORY: `add` to it what is read, `close` it in the end.

    The engine has `stored_<table>` as they lie in the case, and `earlier_<table>` of OF_THE_ROLE with native ids.
    """

    def __init__(self, parts: Mapping[str, Sequence[Path]], spill: Path) -> None:
        """parts: Parquet files by table, see `parts_before`.   spill: a folder for what does not fit into memory."""
        self.engine = DuckDB(memory_limit=MEMORY, threads=_THREADS, spill=spill)
        self._large: dict[str, list[Path]] = {name: [] for name in JOINED}
        self._ids: PerhapsSeen | None = None
        for name in JOINED:
            self.engine.attach("none", schema.table(name).empty())
            self.engine.keep(f"small_{name}", "SELECT * FROM none")
            self._define(name)
        for name in OF_THE_ROLE:
            replaced = f"{native('account_id')} AS account_id"
            if name == "actions":
                replaced += f", {NATIVE_OBJECT} AS object_id"
            self.engine.define(f"earlier_{name}", f"SELECT * REPLACE ({replaced}) FROM stored_{name}")
        self.add(parts)

    def add(self, parts: Mapping[str, Sequence[Path]]) -> None:
        """Join Parquet files of more imports, of whose posts `post_ids` has the ids, if it was asked before."""
        for name in JOINED:
            small: list[Path] = []
            large: list[Path] = []
            for part in parts.get(name, ()):
                if rows := pq.read_metadata(part).num_rows:
                    (small if rows <= _SMALL_ROWS else large).append(part)
            if small:
                self.engine.attach("added", small)
                self.engine.append(f"small_{name}", "SELECT * FROM added")
            if large:
                self._large[name] += large
                self._define(name)

    def post_ids(self) -> PerhapsSeen:
        """The ids of posts met so far; whoever reads an import adds its own."""
        if self._ids is None:
            self._ids = PerhapsSeen()
            for batch in self.engine.batches("SELECT hash(post_id) AS h FROM earlier_posts"):
                self._ids.met(np.asarray(batch["h"].to_numpy(), np.uint64))
        return self._ids

    def forget_ids(self) -> None:
        """Have `post_ids` count again, after an import of which nothing was kept."""
        self._ids = None

    def close(self) -> None:
        """Give back what the engine holds."""
        self.engine.close()

    def _define(self, name: str) -> None:
        """Make all of a table readable under one name."""
        query = f"SELECT * FROM small_{name}"
        if self._large[name]:
            self.engine.attach(f"large_{name}", self._large[name])
            query += f" UNION ALL BY NAME SELECT * FROM large_{name}"
        self.engine.define(f"stored_{name}", query)
