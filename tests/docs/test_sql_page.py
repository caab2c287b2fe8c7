"""docs/sql.md: every answer on the page is what the engines give, and the detectors use no word that is not on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest

from engine.engines import NAMES, held
from inconcert.detect.co_action import CoAction
from inconcert.detect.load import load_layers
from inconcert.detect.sql_counting import SqlCounting
from inconcert.engine.base import Engine, Value
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import EngineError
from inconcert.schema import ACTIONS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sql.md").read_text("utf-8")
SAME, DIFFERENT = PAGE.split("## Different on each")
QUERY = re.compile(r"```sql\n(.*?)```\n\n```text\n(.*?)\n```", re.DOTALL)
ROWS = re.findall(r"^\| (\S+) \| (\d+|NULL) \|$", PAGE, re.MULTILINE)


def answer(engine: Engine, query: str, between_rows: str = "\n") -> str:
    """The rows of an answer as the page writes them; "refused" for an error."""
    ids, times = zip(*ROWS, strict=True)
    numbers = pa.array([None if t == "NULL" else int(t) for t in times], pa.int64())
    engine.attach("world", pa.table({"id": list(ids), "t": numbers}))
    try:
        rows = engine.sql(query).to_pylist()
    except EngineError:
        return "refused"
    return between_rows.join(" | ".join("NULL" if v is None else str(v) for v in row.values()) for row in rows)


def test_every_query_of_the_page_has_its_answer():
    assert (
        len(QUERY.findall(PAGE)) == PAGE.count("```sql\n") == len(QUERY.findall(SAME)) + len(QUERY.findall(DIFFERENT))
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("query", "told"), QUERY.findall(SAME))
def test_what_is_the_same_on_both(name: str, query: str, told: str):
    assert answer(held(name), query) == told


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("query", "told"), QUERY.findall(DIFFERENT))
def test_what_is_different_on_each(name: str, query: str, told: str):
    answers = dict(line.split(": ", 1) for line in told.splitlines())
    assert answer(held(name), query, " / ") == answers[name]
    assert len(set(answers.values())) == 2


class Listening(DuckDB):
    """Keeps every query."""

    def __init__(self) -> None:
        super().__init__(threads=1)
        self.heard: list[str] = []

    def sql(self, query: str, params: Mapping[str, Value] | None = None) -> pa.Table:
        self.heard.append(query)
        return super().sql(query, params)


def words(sql: str) -> set[str]:
    """Key words (in capitals) and names of functions."""
    return set(re.findall(r"\b[A-Z]{2,}\b", sql)) | set(re.findall(r"\b([a-z_]+)\(", sql))


def test_detectors_use_only_what_the_page_lists():
    engine = Listening()
    detector, world, _ = CoAction.example()
    names = ["account_id", "kind", "object_id", "post_id", "time_us"]
    rows = [dict(zip(names, row, strict=True), platform="x") for row in world]
    engine.attach("actions", pa.Table.from_pylist(rows, schema=ACTIONS.arrow))
    for actions, count, loops in product(("first", "all"), ("objects", "actions", "action_pairs"), (False, True)):
        asked = CoAction(kind=detector.kind, actions=actions, count=count, loops=loops)  # type: ignore[arg-type]
        asked.edges(engine)
        asked.pairs(engine)
        asked.explain(engine, "я", "日")
    counting = SqlCounting(engine, detector.kind)
    codes = counting.co_actions(detector)
    counting.object_windows(detector.windows_us)
    counting.partners(detector.windows_us)
    counting.rare_pairs(5)
    counting.shared_objects(codes.source, codes.target)
    load_layers(engine, [detector.kind], posts=True)
    engine.close()
    listed = set().union(*(words(query) for query, _ in QUERY.findall(SAME)))
    used = {word: query for query in engine.heard for word in words(re.sub(r"'[^']*'", "", query))}
    assert {word: query for word, query in used.items() if word not in listed} == {}
