"""DuckDB inside this process: the engine when no other is asked for."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from inconcert.engine.base import Value, known_parameters
from inconcert.errors import EngineError

log = logging.getLogger(__name__)


class DuckDB:
    """An embedded database that lives as long as this object.

    memory_limit: most memory it may use, such as "2GB"; what does not fit is spilled to a private temporary folder.
    threads: most threads it may use; None leaves it to DuckDB (all cores).
    spill: folder, made if need be, in which that folder lies; None leaves it to the system, where it may lie in memory.
    """

    name = "duckdb"

    def __init__(
        self, *, memory_limit: str | None = None, threads: int | None = None, spill: Path | None = None
    ) -> None:
        if spill is not None:
            spill.mkdir(parents=True, exist_ok=True)
        self._spill = tempfile.TemporaryDirectory(prefix="inconcert-", dir=spill)
        self._connection = duckdb.connect()
        # Set afterwards, not in connect(config=...): there the time zone needs an extension that may not be at hand.
        self._connection.execute("SET TimeZone = 'UTC'")
        self._set("temp_directory", self._spill.name)
        if memory_limit is not None:
            self._set("memory_limit", memory_limit)
        if threads is not None:
            self._set("threads", threads)

    def _set(self, option: str, value: str | int) -> None:
        query = f"SET {option} = '{str(value).replace(chr(39), chr(39) * 2)}'"
        try:
            self._connection.execute(query)
        except duckdb.Error as error:
            raise EngineError(self.name, query, error) from error

    def attach(self, table: str, data: pa.Table | Sequence[Path]) -> None:
        """Make an Arrow table, or Parquet files of the same columns, readable under that name."""
        try:
            self._connection.unregister(table)  # a registered table would hide a view of the same name
            if isinstance(data, pa.Table):
                self._connection.register(table, data)
            else:
                files = [str(path) for path in data]
                self._connection.read_parquet(files).create_view(table, replace=True)
        except duckdb.Error as error:
            raise EngineError(self.name, f"attach {table}", error) from error

    def sql(self, query: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        """The answer as an Arrow table."""
        text, used = known_parameters(query, params or {}, "$")
        log.debug("%s", text)
        try:
            return self._connection.sql(text, params=used).to_arrow_table()
        except duckdb.Error as error:
            raise EngineError(self.name, text, error) from error

    def batches(self, query: str, rows: int = 50_000) -> Iterator[pa.Table]:
        """The answer in tables of so many rows at most, as they are needed; the engine answers nothing else meanwhile."""
        log.debug("%s", query)
        try:
            for batch in self._connection.sql(query).to_arrow_reader(rows):
                yield pa.Table.from_batches([batch])
        except (duckdb.Error, OSError) as error:  # a reader tells faults of the database as its own
            raise EngineError(self.name, query, error) from error

    def keep(self, table: str, query: str) -> None:
        """Make the answer to a query a table of that name, on disk where memory does not hold it."""
        self._do(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def append(self, table: str, query: str) -> None:
        """Add the answer to a query to a table of `keep`, by the names of its columns."""
        self._do(f"INSERT INTO {table} BY NAME {query}")

    def forget(self, *tables: str) -> None:
        """Remove tables of `keep`."""
        for table in tables:
            self._do(f"DROP TABLE {table}")

    def define(self, table: str, query: str) -> None:
        """Make a query readable under that name, computed anew each time: for what is too large to keep twice."""
        self._do(f"CREATE OR REPLACE TEMP VIEW {table} AS {query}")

    def _do(self, text: str) -> None:
        try:
            self._connection.execute(text)
        except duckdb.Error as error:
            raise EngineError(self.name, text, error) from error

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._connection.close()
        self._spill.cleanup()
