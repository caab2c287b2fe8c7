"""Fill rates: what share of a file's records has each field is kept, and a share that its source never has is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.ingest import importers
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def taken(
    tmp_path: Path, lines: str, head: str = "id,author,text,reply_to_id,lang"
) -> tuple[ImportResult, list[dict[str, Any]]]:
    case = create_case(tmp_path / "case", now=NOW)
    (tmp_path / "posts.csv").write_text(f"{head}\n{lines}")
    (result,) = ingest(case, [tmp_path / "posts.csv"], now=NOW)
    return result, rates(case)


def rates(case: Case) -> list[dict[str, Any]]:
    return [row for part in case.parts("fill_rates") for row in pq.read_table(part).to_pylist()]


def ordinarily(monkeypatch: pytest.MonkeyPatch, plausible: Mapping[str, tuple[float, float]]) -> None:
    """Tables of posts are said to have these shares."""
    table = replace(importers.TABLE, plausible=plausible)
    monkeypatch.setitem(importers.IMPORTERS, "table", table)
    monkeypatch.setattr(importers, "TABLE", table)


def test_what_is_filled_is_counted_over_the_records_that_could_be_used(tmp_path: Path) -> None:
    result, found = taken(tmp_path, "1,a,x,,en\n2,b,y,9,\n3,,z,9,en\n4,c,w,NA,en\n4,c,w,,en\n")
    assert result.rows_rejected == 1
    counts = {row["field"]: (row["filled"], row["records"]) for row in found}
    assert counts == {"post_id": (4, 4), "handle": (4, 4), "text": (4, 4), "language": (3, 4), "reply_to_id": (1, 4)}
    assert {row["import_id"] for row in found} == {result.import_id}


def test_a_share_outside_what_is_usual_names_field_share_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinarily(monkeypatch, {"reply_to_id": (0.2, 0.8), "language": (0.0, 0.5), "text": (0.9, 1.0), "urls": (0.1, 1.0)})
    lines = "".join(f"{n},a{n % 7},some text {n},{f'9{n}' if n % 20 == 1 else ''},en\n" for n in range(40))
    result, _ = taken(tmp_path, lines)
    told = [note for note in result.notes if "are usual" in note]
    assert len(told) == 3
    low, high, absent = told[0], told[1], told[2]
    assert "reply_to_id (post it replies to) is filled in 5% of the records" in low
    assert "20% to 80% are usual" in low
    assert "--map reply_to_id=COLUMN" in low
    assert "language" in high
    assert "'lang' may hold something else" in high
    assert "urls" in absent
    assert "no column of it" in absent


def test_a_few_records_are_no_ground_for_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinarily(monkeypatch, {"reply_to_id": (0.2, 0.8)})
    result, _ = taken(tmp_path, "".join(f"{n},a{n},some text {n},,en\n" for n in range(10)))
    assert not [note for note in result.notes if "are usual" in note]
