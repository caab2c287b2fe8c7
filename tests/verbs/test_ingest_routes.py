"""`ingest` takes each file for what it is: says why, passes over what holds no posts, and routes other tables than posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from inconcert import schema
from inconcert.case import Case, create_case
from inconcert.errors import InputError, UnknownName
from inconcert.ingest import reading
from inconcert.ingest.importer import Importer
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.shape import Native, Passed, Shape, Unfit
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.ingest import ingest
from inconcert.verbs.investigate import investigate
from inconcert.verbs.verify import verify

SAMPLES = Path(__file__).parent.parent / "contract" / "importers"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"
INDICATORS = (
    "Indicator,Tactic,Technique,Procedure\n"
    "example.org,Acquiring assets,Acquiring domains,a site\n"
    ",,,\n"
    "evil[.]example,Acquiring assets,Acquiring domains,another\n"
)


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> None:
    """An importer of a stream of events, of which only some are posts."""

    def records(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        if native["event"] == "post":
            yield {"post_id": native["id"], "account_id": native["by"], "text": native["text"]}
        elif native["event"] in ("likes", "follows"):
            raise Passed(native["event"])
        else:
            raise Unfit("an event of no known kind")

    shape = Shape(lambda native, head: "event" in native and "by" in native, records, ("post_id", "account_id", "text"))
    monkeypatch.setitem(IMPORTERS, "events_stream", Importer("events_stream", "stream of events", (), {}, shape=shape))


def line(event: str, n: int = 1) -> str:
    return f'{{"event": "{event}", "id": "{n}", "by": "a{n}", "text": "{LONG}"}}\n'


def test_a_result_says_what_a_file_was_taken_for_and_why(tmp_path: Path, empty: Case) -> None:
    table, tweets = tmp_path / "a.csv", SAMPLES / "x_io_archive.csv"
    table.write_text(f"id,author,text\n1,a,{LONG}\n2,b,{LONG}\n")
    unknown, known = ingest(empty, [table, tweets], now=NOW)
    assert (unknown.importer, unknown.why) == ("table", "its columns are of no tool that is known")
    assert known.importer == "x_io_archive"
    assert "columns that tell such a file" in known.why
    named = create_case(tmp_path / "named", now=NOW)
    (forced,) = ingest(named, [tweets], format="table", now=NOW)
    assert (forced.importer, forced.why) == ("table", "named by --format")
    with pytest.raises(UnknownName, match=r"No format is called 'tabel'\. Did you mean 'table'"):
        ingest(empty, [table], format="tabel", now=NOW)


def test_objects_that_hold_no_posts_are_counted_by_kind_and_have_no_number(
    tmp_path: Path, empty: Case, events: None
) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text(
        line("likes") + line("post", 1) + line("likes") * 2 + line("follows") + line("post", 2) + line("rumble", 3)
    )
    (result,) = ingest(empty, [file], now=NOW)
    assert result.importer == "events_stream"
    assert result.passed == {"likes": 3, "follows": 1}
    assert "4 objects hold no posts: 3 likes, 1 follows." in result.notes
    assert (result.rows_read, result.rows_kept, result.rows_rejected) == (3, 2, 1)
    assert result.reject_examples[0].startswith("row 3")


def test_a_file_of_nothing_but_such_objects_is_refused_with_what_it_holds(
    tmp_path: Path, empty: Case, events: None
) -> None:
    (tmp_path / "events.jsonl").write_text(line("likes") * 1_200 + line("follows"))
    with pytest.raises(InputError, match=r"holds no posts \(1,201 objects hold no posts: 1,200 likes, 1 follows\)"):
        ingest(empty, [tmp_path / "events.jsonl"], now=NOW)
    assert empty.imports() == {}


def rows(case: Case, name: str) -> list[dict[str, Any]]:
    return [
        row for part in case.parts(name, GIVEN) for row in schema.table(name).check(pq.read_table(part)).to_pylist()
    ]


@pytest.mark.parametrize("batch_rows", [1, 200_000])
def test_a_file_of_another_table_is_kept_beside_the_posts(
    tmp_path: Path, empty: Case, monkeypatch: pytest.MonkeyPatch, batch_rows: int
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", batch_rows)
    posts, indicators = tmp_path / "posts.csv", tmp_path / "indicators.csv"
    posts.write_text(f"id,author,text\n1,a,{LONG}\n2,b,{LONG}\n")
    indicators.write_text(INDICATORS)
    of_posts, beside = ingest(empty, [posts, indicators], now=NOW)
    assert of_posts.tables == {}
    assert beside.tables == {"threat_indicators": 2}
    assert (beside.rows_read, beside.rows_kept, beside.rows_rejected) == (3, 2, 1)
    assert beside.reject_examples[0].startswith("row 2")
    assert empty.imports() == {of_posts.import_id: "case"}
    assert empty.imports(GIVEN) == {beside.import_id: GIVEN}
    assert [(row["value"], row["row_ref"]) for row in rows(empty, "threat_indicators")] == [
        ("example.org", 1),
        ("evil.example", 3),
    ]
    assert {row["import_id"] for row in rows(empty, "threat_indicators")} == {beside.import_id}
    assert [(row["row_ref"], row["fatal"]) for row in rows(empty, "rejects")] == [(2, True)]
    (imported,) = rows(empty, "imports")
    assert (imported["role"], imported["importer"], imported["rows_kept"]) == (GIVEN, beside.importer, 2)
    assert {row["field"]: (row["filled"], row["records"]) for row in rows(empty, "fill_rates")}["value"] == (2, 3)
    assert verify(empty, recompute=False).intact
    (again,) = ingest(empty, [indicators], now=NOW)
    assert again.already
    assert (again.tables, again.rows_kept) == ({"threat_indicators": 2}, 2)


def test_a_file_of_another_table_that_holds_nothing_is_refused(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "indicators.csv").write_text("Indicator,Tactic,Technique,Procedure\n,,,\n,,,\n")
    with pytest.raises(
        InputError,
        match=r"indicators\.csv holds no threat_indicators that can be used: 2 records were read\. For instance row",
    ):
        ingest(empty, [tmp_path / "indicators.csv"], now=NOW)
    assert empty.imports(GIVEN) == {}


def test_investigate_takes_such_files_among_the_posts(tmp_path: Path) -> None:
    posts, indicators = tmp_path / "posts.csv", tmp_path / "indicators.csv"
    posts.write_text(
        "id,author,created_at,text\n"
        + "".join(f"{n},a{n % 3},2024-06-01T10:{n:02}:05Z,{LONG} {n}\n" for n in range(30))
    )
    indicators.write_text(INDICATORS)
    summary = investigate([posts, indicators], case=tmp_path / "case", zone="Asia/Shanghai", now=NOW)
    assert [one.importer for one in summary.imports] == ["table", "meta_threat_research"]
    assert summary.other_imports == ()
    assert summary.report.exists()


def test_long_records_make_a_batch_before_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH_BYTES", 1_000_000)
    (tmp_path / "posts.jsonl").write_text(
        "".join(f'{{"id": "{n}", "author": "a", "text": "{"x" * 50_000}"}}\n' for n in range(1_000))
    )
    sizes = [batch.fields.nbytes for batch in reading.open_reading(tmp_path / "posts.jsonl").batches()]
    assert len(sizes) >= 3
    assert max(sizes) < 25_000_000
