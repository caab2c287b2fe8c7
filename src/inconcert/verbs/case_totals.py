"""How much a case holds now."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB

_ACCOUNTS = "SELECT count(*) AS n FROM (SELECT DISTINCT platform, account_id FROM posts UNION SELECT platform, account_id FROM accounts)"


@dataclass(frozen=True)
class CaseTotals:
    """Posts and accounts of one role, and the imports they are from."""

    role: str
    imports: int
    posts: int
    accounts: int


def case_totals(case: Case, role: str = "case") -> CaseTotals:
    """What counts now.   role: "case", or "control" for the reference crowd."""
    parts = {name: case.parts(name, role) for name in ("posts", "accounts")}
    with closing(DuckDB()) as engine:
        for name, files in parts.items():
            engine.attach(name, files or schema.table(name).empty())
        accounts = engine.sql(_ACCOUNTS)["n"][0].as_py()
    posts = sum(pq.read_metadata(file).num_rows for file in parts["posts"])
    return CaseTotals(role, len(case.imports(role)), posts, accounts)
