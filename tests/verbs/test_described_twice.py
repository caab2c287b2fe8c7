"""Whoever reads `accounts` where an account has several descriptions: which name, and how often."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.engine.duckdb import DuckDB
from inconcert.report import posts
from inconcert.schema import LISTS
from inconcert.verbs.hunt import hunt
from inconcert.verbs.indicator_facts import _accounts, _lists
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
COLUMNS = ("post_id", "account_id", "text", "handle", "display_name", "bio", "followers", "observed_at", "platform")
PASSAGE = "the sea belongs to whoever keeps its harbours and its lamps"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def take(tmp_path: Path, case: Case) -> Callable[..., None]:
    """Read rows of account "a" into the case as one file."""
    files: list[Path] = []

    def _take(rows: Sequence[dict[str, str]], role: str = "case") -> None:
        files.append(tmp_path / f"{len(files)}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows({"account_id": "a", "text": f"words {len(files)}", **row} for row in rows)
        ingest(case, [files[-1]], mapping={name: name for name in COLUMNS}, role=role, now=NOW)

    return _take


def test_indicators_have_the_first_description_and_every_name(case: Case, take: Callable[..., None]) -> None:
    take([
        {"post_id": "1", "handle": "second", "observed_at": "2024-03-01T00:00:00Z", "followers": "5"},
        {"post_id": "2", "handle": "first", "observed_at": "2024-02-01T00:00:00Z", "followers": "7"},
    ])  # fmt: skip
    take([{"post_id": "3", "handle": "third", "bio": "hi", "observed_at": "2023-01-01T00:00:00Z"}])
    take(
        [{"post_id": "4", "handle": "elsewhere", "bio": "control"}, {"post_id": "5", "account_id": "c"}], role="control"
    )
    with closing(DuckDB()) as engine:
        _accounts(engine, case)
        accounts = {row["account_id"]: row for row in engine.sql("SELECT * FROM accounts").to_pylist()}
        names = engine.sql("SELECT handle, first_us FROM names WHERE account_id = 'a' ORDER BY seen").to_pylist()
    assert {id: row["role"] for id, row in accounts.items()} == {"a": "case", "c": "control"}
    assert (accounts["a"]["handle"], accounts["a"]["bio"], accounts["a"]["followers"]) == ("first", "hi", 7)
    assert [row["handle"] for row in names] == ["first", "second", "third", "elsewhere"]
    assert [row["first_us"] is None for row in names] == [False, False, False, True]


def test_a_list_names_the_account_of_its_platform(case: Case, take: Callable[..., None]) -> None:
    take([{"post_id": "1", "platform": "X"}])
    take([{"post_id": "2", "platform": "Facebook"}])
    row = {"list": "l", "role": "suspected", "account_id": "a", "import_id": "i", "row_ref": 1}
    listed = pa.Table.from_pylist(
        [{**row, "platform": name} for name in ("facebook", "twitter", None)], schema=LISTS.arrow
    )
    with case.writing("data", "given") as folder:
        pq.write_table(listed, folder / "lists.parquet")
        imports = {"import_id": "given", "role": "given"}
        pq.write_table(pa.Table.from_pylist([imports]), folder / "imports.parquet")
    with closing(DuckDB()) as engine:
        _accounts(engine, case)
        found = [one for one in _lists(engine, case, {}, []).to_pylist() if one["import_id"] == "i"]
    assert {(one["platform"], one["account_id"]) for one in found} == {
        ("facebook", "facebook:a"),
        ("twitter", "a"),
        (None, "a"),
    }


def test_the_report_shows_the_handle_described_last_and_knows_the_others(case: Case, take: Callable[..., None]) -> None:
    take([{"post_id": "1", "handle": "zeta"}, {"post_id": "2", "handle": "alpha"}, {"post_id": "3", "account_id": "b"}])
    take([{"post_id": "4", "handle": "omega"}])
    with posts.attached(case, {}, []) as con:
        assert posts.handles(con, ["a", "b"]) == {"a": ("omega", "alpha", "zeta")}
    take([{"post_id": "5", "handle": "known", "observed_at": "2020-01-01T00:00:00Z"}])
    with posts.attached(case, {}, []) as con:
        assert posts.handles(con, ["a"])["a"][0] == "known"


def test_a_profile_that_carries_a_passage_counts_once_however_often_it_was_described(
    case: Case, take: Callable[..., None]
) -> None:
    take([
        {"post_id": str(n), "bio": PASSAGE, "followers": str(n), "handle": handle, "observed_at": f"2024-01-0{n}T00:00:00Z"}
        for n, handle in enumerate(("one", "two", "three"), start=1)
    ])  # fmt: skip
    found = hunt(case, [PASSAGE])
    (account,) = found.accounts.to_pylist()
    assert (account["account_id"], account["handle"], account["passages"]) == ("a", "three", 1)
    assert len(found.posts) == 1
