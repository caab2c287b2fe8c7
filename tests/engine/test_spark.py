"""Spark: the same door as DuckDB, and plain words when it cannot open."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.engines import held
from inconcert.engine.spark import Spark
from inconcert.errors import EngineError, MissingExtra


def test_without_pyspark_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def absent(name: str, *rest: object, **more: object) -> object:
        if name.startswith("pyspark"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtra, match=r"pip install 'inconcert\[spark\]'"):
        Spark()


@pytest.mark.spark
def test_a_refused_query_keeps_its_sql():
    engine = held("spark")
    with pytest.raises(EngineError, match=r"spark refused a query: .*nothing") as caught:
        engine.sql("SELECT :x FROM nothing", {"x": 1})
    assert caught.value.sql == "SELECT :x FROM nothing"


@pytest.mark.spark
def test_a_borrowed_session_is_left_running(tmp_path: Path):
    lender = held("spark")
    pq.write_table(pa.table({"x": [1, 2]}), tmp_path / "x.parquet")
    borrower = Spark(lender._session)
    borrower.attach("lent", [tmp_path / "x.parquet"])
    assert borrower.sql("SELECT count(*) AS n FROM lent WHERE x >= :x", {"x": 2, "unused": 1})["n"].to_pylist() == [1]
    borrower.close()
    assert lender.sql("SELECT 1 AS one")["one"].to_pylist() == [1]
    with pytest.raises(EngineError):
        lender.sql("SELECT * FROM lent")


@pytest.mark.spark
def test_workers_run_this_python():
    import os

    held("spark")
    assert os.environ["PYSPARK_PYTHON"] == sys.executable
