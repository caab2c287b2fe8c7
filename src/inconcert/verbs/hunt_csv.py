"""The posts a hunt found as CSV."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.verbs.export import KEPT
from inconcert.verbs.export_table import neutralised


def check_target(case: Case, target: Path) -> None:
    """InputError when a file of that name cannot be written, before any work is done for it."""
    if any(target.resolve().is_relative_to((case.path / part).resolve()) for part in KEPT):
        raise InputError(
            f"{target} lies in the case's own {', '.join(KEPT)}, which nothing but the case writes. Name another file."
        )
    if target.is_dir():
        raise InputError(f"{target} is a folder. Name a file, for instance {target / 'hunt.csv'}.")
    if not target.parent.is_dir():
        raise InputError(f"{target} cannot be written: there is no folder {target.parent}. Make it first.")


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
