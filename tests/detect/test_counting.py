"""One question, any engine."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detect.oracle import Action, as_dict, table
from engine.engines import held
from inconcert.detect.co_action import CoAction
from inconcert.detect.counting import ENGINES, count, open_counting
from inconcert.errors import MissingExtra, UnknownName


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Two imports; the first post of each account carries both links."""
    made = []
    for i, account in enumerate(("я", "b")):
        rows = [Action(account, "url", link, f"{account}{n > 1}", n * 1_000_000) for n, link in enumerate("xyz")]
        made.append(tmp_path / f"{i}.parquet")
        pq.write_table(table(rows), made[-1])
    return made


WAYS = [name if name != "spark" else pytest.param(name, marks=pytest.mark.spark) for name in ENGINES]


@pytest.mark.parametrize("engine", WAYS)
def test_every_engine_counts_posts_objects_and_pairs(parts: list[Path], engine: str):
    if engine == "spark":
        held(engine)  # the active session is used, and left running
    query = CoAction(kind="url", windows_s=(10.0,), actions="all")
    assert as_dict(count(query, parts, engine=engine)) == {("b", "я"): [3, 3]}


@pytest.mark.parametrize("engine", ["auto", "sweep", "duckdb"])
def test_open_counting_answers_for_the_null_model(parts: list[Path], engine: str):
    with open_counting(parts, "url", engine=engine) as counting:
        assert counting.object_windows([10])[0].tolist() == [2, 2, 2]


@pytest.mark.parametrize("engine", ["auto", "sweep", "duckdb"])
def test_a_post_with_two_links_is_one_action(parts: list[Path], engine: str):
    query = CoAction(kind="url", windows_s=(10.0,), actions="all", count="actions")
    assert as_dict(count(query, parts, engine=engine)) == {("b", "я"): [2, 2], ("я", "b"): [2, 2]}


def test_auto_hands_to_sql_what_the_sweep_does_not_count(parts: list[Path]):
    query = CoAction(kind="url", windows_s=(10.0,), actions="all", count="action_pairs", loops=True)
    assert as_dict(count(query, parts)) == {("b", "я"): [3, 3]}


def test_an_unknown_engine_is_named_with_the_nearest(parts: list[Path]):
    with pytest.raises(UnknownName, match="Did you mean 'spark'"):
        count(CoAction(), parts, engine="sparc")


def test_a_missing_engine_says_how_to_get_it(parts: list[Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.errors", None)
    with pytest.raises(MissingExtra, match="spark"):
        count(CoAction(), parts, engine="spark")
