"""The posts a hunt found as CSV."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from inconcert.verbs.export_table import neutralised


def write_csv(rows: pa.Table, target: Path, facts: Mapping[str, str]) -> None:
    """Comma-separated UTF-8 with a header, put in place when it is complete; texts that a spreadsheet would run get an apostrophe.

    facts: columns that are the same in every row, so that the file says what it rests on.
    """
    for name, value in facts.items():
        rows = rows.append_column(name, pa.repeat(value, rows.num_rows))
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with pa.csv.CSVWriter(draft, rows.schema, write_options=pa.csv.WriteOptions(quoting_header="none")) as out:
            for batch in rows.to_batches():
                out.write_batch(neutralised(batch))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
