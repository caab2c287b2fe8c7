"""Fields tables for the tests of this room, and the rows of what normalise makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from inconcert.normalise.records import Normalised, normalise


def fields(rows: Sequence[Mapping[str, str | None]], first: int = 1) -> pa.Table:
    """A fields table: one record per mapping, a column for every field that any of them names."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns: dict[str, pa.Array] = {n: pa.array([row.get(n) for row in rows], pa.string()) for n in names}
    return pa.table(columns | {"row_ref": pa.array(range(first, first + len(rows)), pa.int64())})


def read(*rows: Mapping[str, str | None], platform: str | None = None) -> Normalised:
    """What normalise makes of these records; every record is of account a unless it names one."""
    full = [{"account_id": "a", **row} for row in rows]
    return normalise(fields(full), import_id="0123456789abcdef", file="posts.csv", platform=platform)


def did(done: Normalised, kind: str) -> list[str]:
    """The objects of one kind of action, in their order."""
    return [row["object_id"] for row in done.actions.to_pylist() if row["kind"] == kind]


def kinds(done: Normalised) -> set[str]:
    """The kinds of action there are."""
    return set(done.actions["kind"].to_pylist())
