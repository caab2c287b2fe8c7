"""DuckDB: what it is told to do, and what it says when it refuses."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.engine.duckdb import DuckDB
from inconcert.errors import EngineError


def test_parquet_parts_are_one_table_and_can_be_replaced(tmp_path: Path):
    parts = [tmp_path / f"{i}.parquet" for i in range(3)]
    for i, part in enumerate(parts):
        pq.write_table(pa.table({"x": [i]}), part)
    engine = DuckDB()
    engine.attach("t", parts)
    assert engine.sql("SELECT max(x) AS s FROM t")["s"].to_pylist() == [2]
    engine.attach("t", pa.table({"x": [7]}))
    assert engine.sql("SELECT max(x) AS s FROM t")["s"].to_pylist() == [7]
    engine.attach("t", parts[:2])
    assert engine.sql("SELECT max(x) AS s FROM t")["s"].to_pylist() == [1]
    engine.close()


def test_limits_and_time_zone_are_set():
    engine = DuckDB(memory_limit="200MB", threads=1)
    settings = engine.sql("SELECT name, value FROM duckdb_settings()")
    value = dict(zip(settings["name"].to_pylist(), settings["value"].to_pylist(), strict=True))
    assert value["TimeZone"] == "UTC"
    assert value["threads"] == "1"
    assert value["memory_limit"].startswith("190.7")
    spill = Path(value["temp_directory"])
    assert spill.is_dir()
    engine.close()
    assert not spill.exists()


def test_a_refused_query_keeps_its_sql():
    engine = DuckDB()
    with pytest.raises(EngineError, match=r"duckdb refused a query: .*nothing") as caught:
        engine.sql("SELECT :x FROM nothing", {"x": 1})
    assert caught.value.sql == "SELECT $x FROM nothing"
    with pytest.raises(EngineError, match="duckdb refused"):
        engine.sql("SELECT :missing")
    with pytest.raises(EngineError, match="duckdb refused"):
        engine.attach("t", [Path("no such file.parquet")])
    with pytest.raises(EngineError, match="Memory"):
        DuckDB(memory_limit="a lot")


def test_a_long_answer_comes_in_parts_and_kept_tables_grow_and_go(tmp_path: Path):
    engine = DuckDB(spill=tmp_path / "spill")
    assert len(list((tmp_path / "spill").iterdir())) == 1
    engine.keep("kept", "SELECT range AS n, 'x' AS word FROM range(10)")
    engine.append("kept", "SELECT 'y' AS word, 10 AS n")
    parts = list(engine.batches("SELECT n, word FROM kept ORDER BY n", rows=4))
    assert max(map(len, parts)) <= 4
    assert pa.concat_tables(parts).to_pylist()[-1] == {"n": 10, "word": "y"}
    with pytest.raises(EngineError, match="duckdb refused"):
        list(engine.batches("SELECT * FROM nothing"))
    engine.forget("kept")
    with pytest.raises(EngineError, match="kept"):
        engine.sql("SELECT * FROM kept")
    engine.close()
    assert list((tmp_path / "spill").iterdir()) == []
