"""A file of what is known beside the posts (lists, events, documents, trends ...) becomes the tables of one import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from inconcert import schema
from inconcert.errors import InputError
from inconcert.ingest.piece import Reject, shown
from inconcert.ingest.reading import Batch, Reading
from inconcert.normalise.given import GivenSheet
from inconcert.normalise.given.sheet import MARK, ZONE, Unread
from inconcert.progress import Progress
from inconcert.verbs.fill_rates import FillRates
from inconcert.verbs.import_notes import on_insisting
from inconcert.verbs.import_rejects import ImportRejects
from inconcert.verbs.import_tables import Tables
from inconcert.verbs.import_tally import Tally
from inconcert.verbs.native_numbers import NativeNumbers
from inconcert.verbs.passed import passed_note

GIVEN = "given"
"""Role of these imports: they are neither posts under investigation nor of the control."""


def import_given(
    sheet: GivenSheet,
    reading: Reading,
    constants: Mapping[str, str],
    sha256: str,
    import_id: str,
    folder: Path,
    progress: Progress,
) -> Tally:
    """Write the tables, fill rates and rejects of a file into a folder; memory is bounded by a batch.

    constants: fields that hold for every record of the file.   sha256: of the file; ids of records that have none end in it.
    InputError when the file lacks what the table needs, or holds nothing that can be used.
    """
    refuse_without_needs(sheet, reading, constants)
    tables = Tables(folder)
    rejects = ImportRejects(Tables(folder), reading, import_id)
    numbers = NativeNumbers(Tables(folder), import_id)
    fill = FillRates(reading)
    marked = {**constants, MARK: f"-{sha256[:4]}", **({ZONE: reading.zone} if reading.zone is not None else {})}
    rows: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    read = 0
    for batch in reading.batches():
        read += batch.rows_read
        passed.update(batch.passed)
        numbers.add(batch.held)
        fill.add_fields(batch.fields)
        done = sheet.read(batch.fields, marked)
        rejects.add_read(_rejects(batch, done.unread, reading), _set_aside(batch, done.unread))
        for name, found in done.tables.items():
            stamped = found.append_column("import_id", pa.array([import_id] * len(found), pa.string()))
            tables.add(name, schema.table(name).check(stamped))
            rows[name] += len(found)
        progress(f"reading {reading.file}", batch.bytes_done, reading.size, rows=read)
    tables.close()
    numbers.close()
    examples, _ = rejects.told(fatal=True)
    if not rows.total():
        why = f" For instance {examples[0]}." if examples else ""
        raise InputError(f"{reading.file} holds no {sheet.name} that can be used: {read:,} records were read.{why}")
    fill.write(folder, import_id)
    notes = [*on_insisting(reading), *passed_note(passed, sheet.name), *fill.warnings()]
    kept = read - rejects.rows
    return Tally(
        read, kept, rejects.rows, 0, None, examples, tuple(notes), passed, {n: k for n, k in rows.items() if k}
    )


def _rejects(batch: Batch, unread: tuple[Unread, ...], reading: Reading) -> list[Reject]:
    """What reader and table could not use, with columns as the file names them."""
    named = (
        Reject(
            one.row_ref,
            reading.mapping.get(one.column, one.column),
            one.value and shown(one.value),
            one.reason,
            one.fatal,
        )
        for one in unread
    )
    return [*batch.rejects, *named]


def _set_aside(batch: Batch, unread: tuple[Unread, ...]) -> int:
    """Records of the batch of which nothing was kept."""
    return batch.rows_read - len(batch.fields) + len({one.row_ref for one in unread if one.fatal})


def refuse_without_needs(sheet: GivenSheet, reading: Reading, constants: Mapping[str, str]) -> None:
    """InputError, with the columns and the remedy, when a file lacks what the table needs."""
    for needed in sheet.needs:
        if {*reading.mapping, *constants} & set(needed):
            continue
        expected = ", ".join(f"'{one}'" for field in needed for one in sheet.columns[field][:2])
        raise InputError(
            f"{reading.file} has no column that could be {' or '.join(needed)} of {sheet.name}. It has: "
            f"{', '.join(reading.sheet.columns[:20])}. Name one of its columns {expected}."
        )
