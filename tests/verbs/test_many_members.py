"""An archive of many files takes work that grows with their number and not its square: counted, not timed."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert import ledger
from inconcert.case import create_case
from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FEW = 8
"""Files in the smallest of three archives, each twice the one before."""
GROWTH = 1.25
"""How much more each further file may take in the largest. Were a file compared with every file before it, it would be 2."""


def archive(path: Path, files: int) -> Path:
    """Each file has two posts of its own and one that all have."""
    with zipfile.ZipFile(path, "w") as out:
        for n in range(files):
            rows = "".join(
                f"{id},u{n % 5},2026-05-01T04:05:0{n % 10}Z,words of {id} https://example.org/{n % 3}\n"
                for id in (f"{n}.1", f"{n}.2")
            )
            whole = f"post_id,account_id,created_at,text\n{rows}all,u,2026-05-01T04:05:06Z,of all\n"
            out.writestr(f"chat-{n}/posts.csv", whole)
    return path


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What was done so far, by what it is."""
    done: Counter[str] = Counter()

    def counted(what: str, its: Callable[..., Any], amount: Callable[..., int]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            done[what] += amount(*args)
            return its(*args, **options)

        return call

    def examine(file: Path) -> Iterator[ledger.Statement | str]:
        for item in examined(file):
            done["ledger lines read"] += 1
            yield item

    examined = ledger.examine
    monkeypatch.setattr(ledger, "examine", examine)
    for name in ("sql", "batches", "keep", "append", "define"):
        monkeypatch.setattr(DuckDB, name, counted("queries", getattr(DuckDB, name), lambda *_: 1))
    attach = counted("files attached", DuckDB.attach, lambda _, __, data: len(data) if isinstance(data, list) else 0)
    monkeypatch.setattr(DuckDB, "attach", attach)
    for name in ("read_table", "read_metadata", "ParquetFile"):
        monkeypatch.setattr(pq, name, counted("tables opened", getattr(pq, name), lambda *_: 1))
    return done


def test_an_archive_of_twice_the_files_takes_twice_the_work(tmp_path: Path, work: Counter[str]) -> None:
    took = []
    for files in (FEW, 2 * FEW, 4 * FEW):
        case = create_case(tmp_path / f"case{files}", now=NOW)
        work.clear()
        assert len(ingest(case, [archive(tmp_path / f"{files}.zip", files)], now=NOW)) == files
        took.append(Counter(work))
    assert set(took[0]) == {"ledger lines read", "queries", "files attached", "tables opened"}
    for what in took[0]:
        first, second = (took[1][what] - took[0][what]) / FEW, (took[2][what] - took[1][what]) / (2 * FEW)
        assert 0 < second <= GROWTH * first, (what, [count[what] for count in took])
