"""What both engines must do alike, because the queries of the detectors lean on it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from engine.engines import NAMES, held

IDS = ["b", "é", "a", "日", "😀", "я", "B", "", "a\u0301"]


@pytest.mark.parametrize("name", NAMES)
def test_the_shared_sql_means_the_same(name: str):
    engine = held(name)
    engine.attach(
        "shared", pa.table({"id": IDS, "t": pa.array([3, 1, None, 2, 2, -(2**62), 0, None, 2**62], pa.int64())})
    )
    assert engine.sql("SELECT id FROM shared ORDER BY id")["id"].to_pylist() == sorted(IDS, key=str.encode)
    assert engine.sql("SELECT min(id) AS low, max(id) AS high FROM shared").to_pylist() == [{"low": "", "high": "😀"}]
    last = engine.sql("SELECT id FROM shared ORDER BY t NULLS LAST, id")["id"].to_pylist()
    assert last == ["я", "B", "é", "日", "😀", "b", "a\u0301", "", "a"]
    first = engine.sql("SELECT id FROM shared ORDER BY t NULLS FIRST, id")["id"].to_pylist()
    assert first == ["", "a", "я", "B", "é", "日", "😀", "b", "a\u0301"]
    row = engine.sql(
        """SELECT count(*) FILTER (WHERE t <= :low) AS few, count(t) AS some, count(DISTINCT t) AS different,
                  min(t) AS least, coalesce(sum(CASE WHEN t > :high THEN 1 END), 0) AS more,
                  CAST(:high AS BIGINT) AS high, :text AS text
           FROM shared WHERE id < :text OR id >= :text""",
        {"low": 2, "high": 21_600_000_000, "text": "Ж:'\"$x"},
    ).to_pylist()[0]
    assert row == {
        "few": 5, "some": 7, "different": 6, "least": -(2**62), "more": 1, "high": 21_600_000_000, "text": "Ж:'\"$x",
    }  # fmt: skip
    placed = engine.sql(
        """SELECT id, row_number() OVER (PARTITION BY t ORDER BY t NULLS LAST, id) AS place,
                  lag(t) OVER (ORDER BY t NULLS LAST, id) AS before, abs(t - 2) <= 1 AS near FROM shared ORDER BY id"""
    ).to_pylist()
    assert [r["place"] for r in placed] == [1, 1, 2, 1, 1, 1, 1, 1, 2]
    assert [r["before"] for r in placed] == [2**62, -(2**62), None, 3, 2, 0, None, 1, 2]
    assert [r["near"] for r in placed] == [None, False, None, False, True, True, False, True, True]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_without_rows_keeps_its_columns(name: str):
    engine = held(name)
    engine.attach("bare", pa.table({"id": pa.array([], pa.string()), "t": pa.array([], pa.int64())}))
    answer = engine.sql("SELECT id, t, count(*) AS n FROM bare GROUP BY id, t")
    assert answer.schema.names == ["id", "t", "n"]
    assert answer.num_rows == 0
    assert answer.schema.field("t").type == pa.int64()
