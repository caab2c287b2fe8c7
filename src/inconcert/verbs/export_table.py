"""One table of a case as CSV, Parquet or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.results import batches

FORMULA = r"^[=+\-@\t\r]"
"""Texts that spreadsheets run as a formula instead of showing them."""


def write_csv(case: Case, name: str, file: Path) -> int:
    """Comma-separated UTF-8 with a header; NULL is empty, an empty text is ""; formulas neutralised. Rows written."""
    columns, rows = batches(case, name)
    options = pa.csv.WriteOptions(quoting_header="none")
    with pa.csv.CSVWriter(file, columns, write_options=options) as out:
        return _count(rows, lambda batch: out.write_batch(neutralised(batch)))


def write_parquet_file(case: Case, name: str, file: Path) -> int:
    """One Parquet file, texts exactly as they are. Rows written."""
    columns, rows = batches(case, name)
    with pq.ParquetWriter(file, columns, compression="zstd") as out:
        return _count(rows, out.write_batch)


def write_json(case: Case, name: str, file: Path) -> int:
    """A JSON array with one object a line; times in RFC 3339; everything outside ASCII escaped. Rows written."""
    _, rows = batches(case, name)
    written = 0
    with file.open("w", encoding="ascii") as out:
        out.write("[")
        for batch in rows:
            for row in batch.to_pylist():
                out.write(("," if written else "") + "\n" + json.dumps(row, default=_time, allow_nan=False))
                written += 1
        out.write("\n]\n")
    return written


def neutralised(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with an apostrophe before every text that begins like a formula."""
    for i, field in enumerate(batch.schema):
        if pa.types.is_string(field.type):
            column = batch.column(i)
            marked = pc.binary_join_element_wise("'", column, "")
            batch = batch.set_column(i, field, pc.if_else(pc.match_substring_regex(column, FORMULA), marked, column))
    return batch


def _count(rows: Iterator[pa.RecordBatch], write: Callable[[pa.RecordBatch], object]) -> int:
    written = 0
    for batch in rows:
        write(batch)
        written += batch.num_rows
    return written


def _time(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")
