"""Engines that tests share: DuckDB for all, and one Spark session a run, started by the first test that asks for it."""

from __future__ import annotations

import functools

import pytest

from inconcert.engine.base import Engine
from inconcert.engine.duckdb import DuckDB
from inconcert.engine.spark import Spark
from inconcert.errors import EngineError, MissingExtra

NAMES = ["duckdb", pytest.param("spark", marks=pytest.mark.spark)]


@functools.cache
def held(name: str) -> Engine:
    """The engine of that name; skips where Spark or Java is absent."""
    if name == "duckdb":
        return DuckDB(threads=2)
    try:
        return Spark(threads=2)
    except (MissingExtra, EngineError) as error:
        pytest.skip(f"no Spark here: {error}")
