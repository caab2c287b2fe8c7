"""Spark, for cases that one machine does not hold: a session the caller brings, or a local one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from inconcert.engine.base import Value, known_parameters
from inconcert.errors import EngineError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

log = logging.getLogger(__name__)


class Spark:
    """SQL on a Spark session, classic or Connect.

    session: the caller's session, or else the active one; either is left running on close. Without any, a local session
        is made, and stopped on close.
    threads: cores of the local session; None takes all of them.
    """

    name = "spark"

    def __init__(self, session: SparkSession | None = None, *, threads: int | None = None) -> None:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession as Session
        except ModuleNotFoundError as error:
            raise MissingExtra("The Spark engine", "spark") from error
        # It prints every refused query with its Java stack; EngineError says the same in a line and keeps the SQL.
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        self._refusals: tuple[type[Exception], ...] = (PySparkException,)
        session = session or Session.getActiveSession()
        self._own = session is None
        self._tables: set[str] = set()
        if session is None:
            # Workers otherwise run whichever `python3` comes first on the path.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            cores = "*" if threads is None else str(threads)
            partitions = str(2 * (threads or os.cpu_count() or 1))
            try:
                session = (
                    Session.builder.master(f"local[{cores}]")
                    .appName("inconcert")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    .config("spark.log.level", "ERROR")
                    .config("spark.sql.shuffle.partitions", partitions)
                    .config("spark.sql.session.timeZone", "UTC")
                    .getOrCreate()
                )
            except PySparkException as error:
                raise EngineError(self.name, "start a local session", error) from error
        self._session = session

    def attach(self, table: str, data: pa.Table | Sequence[Path]) -> None:
        """Make an Arrow table, or Parquet files of the same columns, readable under that name."""
        try:
            if isinstance(data, pa.Table):
                frame = self._session.createDataFrame(data)
            else:
                frame = self._session.read.parquet(*(str(path) for path in data))
            frame.createOrReplaceTempView(table)
        except self._refusals as error:
            raise EngineError(self.name, f"attach {table}", error) from error
        self._tables.add(table)

    def sql(self, query: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        """The answer as an Arrow table."""
        text, used = known_parameters(query, params or {}, ":")
        log.debug("%s", text)
        try:
            return self._session.sql(text, args=used).toArrow()
        except self._refusals as error:
            raise EngineError(self.name, text, error) from error

    def close(self) -> None:
        """Drop the tables attached here, and stop the session if it was made here."""
        for table in sorted(self._tables):
            self._session.catalog.dropTempView(table)
        self._tables.clear()
        if self._own:
            self._session.stop()
