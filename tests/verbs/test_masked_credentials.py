"""Credentials that the user insists on reading lie in the sealed original and nowhere else: no table, message or file has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from inconcert.case import Case, create_case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError
from inconcert.verbs.ingest import ingest
from inconcert.verbs.investigate import investigate
from inconcert.verbs.rejects import rejects

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"
TOKENS = [f"s3cr3t{letter}S3CR3Ts3cr3tS3CR3T" for letter in "ABCDEFG"]
KEYS = ["ghp_" + letter + "1B2" * 11 + "zz" for letter in "aQ"]
PARTS = [one[4:12] for one in (*TOKENS, *KEYS)]

TABLE = "id,author,created_at,access_token,text\n" + "".join(
    [
        f"1,a,2024-06-01T10:00:05Z,{TOKENS[0]},{LONG}\n",
        f"2,b,2024-06-01T10:00:06Z,{TOKENS[1]},{LONG}\n",
        f"3,c,2024-06-01T10:00:07Z,{TOKENS[2]},{LONG} {KEYS[0]}\n",
        f"4,d,soon {KEYS[1]},{TOKENS[3]},{LONG}\n",
        f"5,,2024-06-01T10:00:07Z,{TOKENS[4]},nobody wrote this\n",
        f"6,e,{TOKENS[5]},f\n",
        f'7,g,2024-06-01T10:00:09Z,{TOKENS[6]},"never closed\n',
    ]
)
LINES = "".join(
    json.dumps(one) + "\n"
    for one in [
        {"id": "1", "author": "a", "created_at": "2024-06-01T10:00:05Z", "text": LONG, "session": {"access_token": TOKENS[0]}},
        {"id": "2", "author": "b", "created_at": "2024-06-01T10:00:06Z", "text": f"{LONG} {KEYS[0]}"},
        {"access_token": TOKENS[1], "id": "3", "created_at": "2024-06-01T10:00:06Z", "text": "nobody wrote this"},
        {"id": "4", "author": "d", "created_at": KEYS[1], "text": LONG, "access_token": TOKENS[2]},
    ]
) + f'{{"access_token": "{TOKENS[3]}", "id": "5", "author": \n'  # fmt: skip


@pytest.fixture(params=["tokens.csv", "tokens.jsonl"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    (tmp_path / request.param).write_text(TABLE if request.param.endswith("csv") else LINES)
    made = create_case(tmp_path / "case", now=NOW)
    with pytest.raises(InputError, match="live credentials") as refused:
        ingest(made, [tmp_path / request.param], now=NOW)
    assert clean(str(refused.value))
    assert [path for path in (made.path / "raw").rglob("*") if path.is_file()] == []
    (result,) = ingest(made, [tmp_path / request.param], insist_private=True, now=NOW)
    assert result.rows_rejected >= 2
    assert clean(repr(result))
    return made


def clean(text: str) -> bool:
    return not any(part in text for part in PARTS)


def texts(table: pa.Table) -> Iterator[str]:
    yield from (str(row) for row in table.to_pylist())


def test_no_table_and_no_line_of_the_ledger_has_them(case: Case) -> None:
    files = sorted((case.path / "data").rglob("*.parquet"))
    assert {"posts", "rejects", "accounts"} <= {file.stem for file in files}
    for file in files:
        assert all(map(clean, texts(pq.read_table(file)))), file.name
    assert any("… (40 characters)" in text for part in case.parts("posts") for text in texts(pq.read_table(part)))
    for file in case.path.rglob("*"):
        if file.is_file() and "raw" not in file.relative_to(case.path).parts:
            assert clean(file.read_bytes().decode("utf-8", "replace")), file.name


def test_no_reject_that_is_shown_or_written_out_has_them(case: Case, tmp_path: Path) -> None:
    shown = repr(rejects(case, limit=20, now=NOW))
    assert clean(shown)
    assert "characters)" in shown
    rejects(case, export=tmp_path / "out", now=NOW)
    written = (tmp_path / "out").read_text()
    assert "nobody wrote this" in written
    assert clean(written)


@pytest.mark.parametrize("verb", [["rejects"], ["rejects", "--json"], ["search"], ["search", "--json"]])
def test_no_command_prints_them(case: Case, verb: list[str]) -> None:
    words = ["compared"] if verb[0] == "search" else []
    done = CliRunner().invoke(inconcert, [verb[0], str(case.path), *words, *verb[1:]], obj=Outcome())
    assert done.exit_code == 0, done.output
    assert "compared" in done.output or "nobody" in done.output
    assert clean(done.output)


def test_no_report_has_them(case: Case) -> None:
    investigate([], case=case.path, now=NOW)
    pages = [file.read_text("utf-8", "replace") for file in sorted((case.path / "report").rglob("*")) if file.is_file()]
    assert pages
    assert all(map(clean, pages))
