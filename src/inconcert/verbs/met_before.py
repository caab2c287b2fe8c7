"""What earlier imports read, as a new import joins it: with the ids that the sources gave, whatever they became in the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from inconcert import schema
from inconcert.case import Case
from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.same_ids import NATIVE_OBJECT, native

OF_THE_ROLE = ("posts", "post_observations", "actions")


def parts_before(case: Case, role: str) -> dict[str, list[Path]]:
    """Parquet files by table: what an import of that role joins, and the accounts of both roles, whose ids it must not take."""
    accounts = [part for either in ("case", "control") for part in case.parts("accounts", either)]
    return {name: case.parts(name, role) for name in OF_THE_ROLE} | {"accounts": accounts}


def attach_before(engine: DuckDB, parts: Mapping[str, Sequence[Path]]) -> None:
    """Make those files readable: `stored_<table>` as they are, `earlier_<table>` of OF_THE_ROLE with native ids."""
    for name in (*OF_THE_ROLE, "accounts"):
        engine.attach(f"stored_{name}", list(parts.get(name, ())) or schema.table(name).empty())
    for name in OF_THE_ROLE:
        replaced = f"{native('account_id')} AS account_id"
        if name == "actions":
            replaced += f", {NATIVE_OBJECT} AS object_id"
        engine.define(f"earlier_{name}", f"SELECT * REPLACE ({replaced}) FROM stored_{name}")
