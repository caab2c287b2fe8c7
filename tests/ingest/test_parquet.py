"""Parquet: every type in its exact spelling, and damage set aside."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.errors import InputError
from inconcert.ingest.formats.parquet import as_text
from inconcert.ingest.reading import open_reading

from .conftest import Read

TIME = dt.datetime(2020, 1, 1, 12, 0, 1, 500)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([2**63 - 1, -1, None]), ["9223372036854775807", "-1", None]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([1.0, 1629589836.0, 1.5, 9e15, 1.198473762313818e18, float("nan"), float("inf"), None]),
         ["1", "1629589836", "1.5", "9000000000000000", "1.198473762313818e+18", None, None, None]),
        (pa.array([True, None]), ["true", None]),
        (pa.array([Decimal("12345678901234567890")], pa.decimal128(38, 0)), ["12345678901234567890"]),
        (pa.array([TIME], pa.timestamp("us", "UTC")), ["2020-01-01 12:00:01.000500Z"]),
        (pa.array([TIME], pa.timestamp("us")), ["2020-01-01 12:00:01.000500"]),
        (pa.array([dt.datetime(2020, 1, 1)], pa.timestamp("ms", "Europe/Berlin")), ["2020-01-01 00:00:00.000Z"]),
        (pa.array([dt.date(2020, 1, 1)]), ["2020-01-01"]),
        (pa.array([["a", "é"], [], None]), ['["a", "é"]', "[]", None]),
        (pa.array([[{"tag": "x", "n": 2**60}]]), ['[{"tag": "x", "n": 1152921504606846976}]']),
        (pa.nulls(2), [None, None]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.array(["a"], pa.string_view()), ["a"]),
    ],
)  # fmt: skip
def test_types_are_spelt_exactly(values: pa.Array, texts: list[str | None]) -> None:
    assert as_text(values).cast(pa.string()).to_pylist() == texts


def _write(path: Path, table: pa.Table, **options: object) -> Path:
    pq.write_table(table, path, **options)
    return path


def test_structs_become_dotted_columns(tmp_path: Path) -> None:
    author = [{"id": 7, "more": {"username": "a"}}, None]
    path = _write(tmp_path / "p.parquet", pa.table({"id": [1, 2], "author": author, "text": ["x", "y"]}))
    reading = open_reading(path, mapping={"handle": "author.more.username"})
    (batch,) = reading.batches()
    assert reading.mapping["account_id"] == "author.id"
    assert batch.fields.to_pylist() == [
        {"post_id": "1", "account_id": "7", "handle": "a", "text": "x", "row_ref": 1},
        {"post_id": "2", "account_id": None, "handle": None, "text": "y", "row_ref": 2},
    ]


def test_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    text = pa.Array.from_buffers(pa.string(), 2, pa.array([b"caf\xe9", b"ok"], pa.binary()).buffers())
    path = _write(tmp_path / "p.parquet", pa.table({"author": ["a", "b"], "text": text}))
    (batch,) = open_reading(path).batches()
    assert batch.fields["text"].to_pylist() == ["café", "ok"]
    assert [reject.reason for reject in batch.rejects] == ["not UTF-8; read as Windows-1252"]


def test_a_damaged_group_of_rows_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    table = pa.table({"author": [f"a{n}" for n in range(300)], "text": [f"some text {n * 7919}" for n in range(300)]})
    path = _write(tmp_path / "p.parquet", table, row_group_size=100, compression="zstd", write_page_checksum=True)
    content = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    content[start + 30 : start + 60] = bytes(30)
    path.write_bytes(content)
    batches = list(open_reading(path).batches())
    rows = [row for batch in batches for row in batch.fields["row_ref"].to_pylist()]
    assert rows == [*range(1, 101), *range(201, 301)]
    assert sum(batch.rows_read for batch in batches) == 300
    (reject,) = [reject for batch in batches for reject in batch.rejects]
    assert reject.reason.startswith("rows 101 to 200 cannot be read")


def test_a_file_without_its_end_is_refused(read: Read, tmp_path: Path) -> None:
    path = _write(tmp_path / "p.parquet", pa.table({"author": ["a"], "text": ["x"]}))
    with pytest.raises(InputError, match="Parquet file that cannot be opened"):
        read(path.read_bytes()[:-20], "cut.parquet")


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"])] * 3, ["author", "text", "text"])
    with pytest.raises(InputError, match="two columns called 'text'"):
        open_reading(_write(tmp_path / "p.parquet", table))
