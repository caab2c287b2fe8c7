"""The tables Inconcert writes: what a row is, and every column."""

from __future__ import annotations

from inconcert.schema import TABLES, Table, table


def schema(name: str | None = None) -> list[Table]:
    """All tables, or the one of that name; UnknownName when there is none."""
    return list(TABLES.values()) if name is None else [table(name)]
