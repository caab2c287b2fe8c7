"""A small case with one import, one detect and one cluster run, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.case import Case, Run, create_case, write_parquet

NOW = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)
EVIL = '=HYPERLINK(1)\x01\u202e<&">'
BLANK = {pa.string(): "", pa.int32(): 0, pa.int64(): 0, pa.float64(): 0.5, pa.bool_(): False}


def rows(name: str, *given: dict[str, Any]) -> pa.Table:
    """A table of the schema; columns that are not given hold NULL, or a blank where NULL is forbidden."""
    table = schema.table(name)
    filled = [
        {c.name: row.get(c.name, None if c.nullable else BLANK.get(c.type)) for c in table.columns} for row in given
    ]
    return pa.Table.from_pylist(filled, schema=table.arrow)


def edge(source: str, target: str, p: float, level: str, window_us: int | None = 60_000_000) -> dict[str, Any]:
    return {"source": source, "target": target, "p_value": p, "q_value": p, "level": level, "kind": "url",
            "n_objects": 4, "window_us": window_us}  # fmt: skip


def detect_tables() -> dict[str, pa.Table]:
    return {
        "edges": rows(
            "edges",
            edge("a", EVIL, 0.0, "L1"),
            edge("a", "я", 0.5, "L0"),
            edge("b", "c", 0.5, "L0", None),
        )
    }


def cluster_tables() -> dict[str, pa.Table]:
    def score(id: str, group: str | None, level: str, score: float) -> dict[str, Any]:
        return {"account_id": id, "platform": "x", "group_id": group, "level": level, "score": score, "q": 0.01}

    return {
        "groups": rows("groups", {"group_id": "G1", "level": "L1", "size": 3, "q_value": 0.001}),
        "members": rows("members", *({"group_id": "G1", "account_id": id} for id in ("a", EVIL, "я"))),
        "scores": rows(
            "scores",
            score("b", None, "L0", 1.0),
            score("a", "G1", "L1", 40.0),
            score(EVIL, "G1", "L1", 40.0),
            score("я", "G1", "L1", 3.0),
            score("c", None, "L0", 1.0),
        ),
    }


def record(case: Case, verb: str, inputs: list[str], tables: dict[str, pa.Table], version: str = "1") -> Run:
    return case.record_run(
        verb, parameters={"seed": 1}, inputs=inputs, versions={"numpy": version}, seed=1, engine="duckdb",
        tables=tables, counts={}, duration_s=1.0,
    )  # fmt: skip


@pytest.fixture
def make_case(tmp_path: Path) -> Callable[[], Case]:
    def make() -> Case:
        case = create_case(tmp_path / "case", now=NOW)
        (tmp_path / "posts.csv").write_text("a,b\n")
        case.store_original(tmp_path / "posts.csv")
        with case.writing("data", "i1") as folder:
            write_parquet(rows("imports", {"import_id": "i1", "role": "case"}), folder / "imports.parquet")
            posts = ({"post_id": f"p{n}", "text": EVIL, "account_id": "-1"} for n in range(3))
            write_parquet(rows("posts", *posts), folder / "posts.parquet")
        detected = record(case, "detect", ["i1"], detect_tables())
        record(case, "cluster", [detected.id], cluster_tables())
        with case.writing("report", "") as folder:
            (folder / "index.html").write_text("<p>")
        return case

    return make


@pytest.fixture
def case(make_case: Callable[[], Case]) -> Case:
    """The case of `make_case`."""
    return make_case()
