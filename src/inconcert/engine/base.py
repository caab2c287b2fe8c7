"""What every engine can do: hold tables and answer the SQL that DuckDB and Spark share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

Value = str | int | float | None
"""What a parameter of a query can be."""

_TOKEN = re.compile(r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | :: | :([A-Za-z_]\w*)""", re.VERBOSE)


class Engine(Protocol):
    """A place where tables lie and queries run. Times are int64 microseconds, ids strings, absent is NULL."""

    name: str

    def attach(self, table: str, data: pa.Table | Sequence[Path]) -> None:
        """Make an Arrow table, or Parquet files of the same columns, readable under that name; replaces what had it."""

    def sql(self, query: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        """The answer to a query whose parameters are written `:name`; EngineError, which keeps the SQL, when refused."""

    def close(self) -> None:
        """Give back what the engine holds; it answers no further queries."""


def known_parameters(query: str, params: Mapping[str, Value], mark: str) -> tuple[str, dict[str, Value]]:
    """The query with `:name` written `<mark>name`, and the parameters it uses.

    Only names in `params` are rewritten, and nothing inside quotes, comments or `::` casts, so '10:20' stays as it is.
    """
    used: dict[str, Value] = {}

    def rewrite(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None or name not in params:
            return match.group(0)
        used[name] = params[name]
        return mark + name

    return _TOKEN.sub(rewrite, query), used
