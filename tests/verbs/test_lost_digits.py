"""Ids that a spreadsheet made numbers of: a file full of them is refused with the remedy, a few are single rejects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"
LOST = "1.23457E+18"


def rows_of(ids: Sequence[str], field: str) -> str:
    """A file in which that field has these ids, and the others are well."""
    lines = []
    for n, id in enumerate(ids):
        record = {
            "post_id": f"12345678901234567{n:02}",
            "account_id": f"98765432109876543{n:02}",
            "shared_id": "",
            field: id,
        }
        lines.append(
            f"{record['post_id']},{record['account_id']},{record['shared_id']},2024-06-01T10:00:{n % 60:02}Z,{LONG} {n}\n"
        )
    return "tweet_id,user_id,retweet_id,created_at,text\n" + "".join(lines)


def taken(tmp_path: Path, content: str, **options: Any) -> tuple[ImportResult, Case]:
    case = create_case(tmp_path / "case", now=NOW)
    (tmp_path / "posts.csv").write_text(content)
    (result,) = ingest(case, [tmp_path / "posts.csv"], now=NOW, **options)
    return result, case


def exact(n: int) -> list[str]:
    return [f"11111111111111111{i:02}" for i in range(n)]


@pytest.mark.parametrize(("field", "column"), [("post_id", "tweet_id"), ("account_id", "user_id")])
@pytest.mark.parametrize("lost", [LOST, "1234567890123456789.0", "1.234567890123457e+18"])
def test_a_file_whose_ids_lost_their_digits_is_refused_with_the_remedy(
    tmp_path: Path, field: str, column: str, lost: str
) -> None:
    with pytest.raises(InputError) as refused:
        taken(tmp_path, rows_of([lost, lost, *exact(18)], field))
    said = str(refused.value)
    assert f"2 of 20 ids in the column '{column}' ({field}) have lost their last digits" in said
    assert lost[:7] in said
    assert "as text" in said
    assert "no account" not in said


@pytest.mark.parametrize("field", ["post_id", "account_id"])
def test_a_few_such_ids_are_records_set_aside_for_that_reason(tmp_path: Path, field: str) -> None:
    result, case = taken(tmp_path, rows_of([LOST, *exact(59)], field))
    assert (result.rows_read, result.rows_kept, result.rows_rejected) == (60, 59, 1)
    assert "lost digits" in result.reject_examples[0]
    (reject,) = [row for part in case.parts("rejects") for row in pq.read_table(part).to_pylist()]
    assert (reject["row_ref"], reject["value"], reject["fatal"]) == (1, LOST, True)
    assert "no account" not in reject["reason"]


def test_ids_that_end_in_zeros_from_the_sixteenth_digit_are_cut_too(tmp_path: Path) -> None:
    cut = [f"1234567890{n:05}0000" for n in range(5)]
    with pytest.raises(InputError, match=r"5 of 60 ids in the column 'user_id' .* such as 1234567890000000000"):
        taken(tmp_path, rows_of([*cut, *exact(55)], "account_id"))
    # one or two of them may be what the platform gave
    result, _ = taken(tmp_path / "..", rows_of([*cut[:2], *exact(18)], "account_id"))
    assert result.rows_kept == 20


def test_references_that_lost_their_digits_are_told_and_the_posts_are_kept(tmp_path: Path) -> None:
    result, case = taken(tmp_path, rows_of([LOST] * 10 + [""] * 10, "shared_id"))
    assert (result.rows_kept, result.rows_rejected) == (20, 0)
    assert any(
        "10 of 10 ids in the column 'retweet_id' (shared_id) have lost their last digits" in note
        for note in result.notes
    )
    kinds = {kind for part in case.parts("actions") for kind in pq.read_table(part)["kind"].to_pylist()}
    assert "share" not in kinds


def test_without_that_column_the_file_is_read(tmp_path: Path) -> None:
    result, _ = taken(tmp_path, rows_of([LOST] * 20, "post_id"), mapping={"post_id": ""})
    assert result.rows_kept == 20
