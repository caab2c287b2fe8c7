"""A file that the case holds, opened and read as it was when it was read first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from inconcert.case import Case, write_parquet
from inconcert.errors import InputError
from inconcert.ingest.reading import Reading, open_reading
from inconcert.ingest.some_records import SomeRecords
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.normalise.given import SHEETS
from inconcert.progress import Progress
from inconcert.verbs.import_file import import_file
from inconcert.verbs.import_given import GIVEN, import_given
from inconcert.verbs.import_records import Whole
from inconcert.verbs.import_result import begun, finished, imports_row
from inconcert.verbs.import_tally import Tally
from inconcert.verbs.native_numbers import places_of
from inconcert.verbs.reject_groups import rows_set_aside


def opened_again(
    imported: Mapping[str, Any],
    stream: ByteStream,
    *,
    mapping: Mapping[str, str] | None = None,
    format: str | None = None,
    platform: str | None = None,
    zone: str | None = None,
    day_first: bool | None = None,
) -> Reading:
    """The file of an import (a row of `imports`), with the options of then; those given now go before them.

    InputError and UnknownName as `open_reading` raises them.
    """
    then = json.loads(imported.get("options") or "{}")
    return open_reading(
        stream,
        name=imported["file"],
        mapping={**then.get("map", {}), **(mapping or {})},
        source=format or then.get("format"),
        platform=platform or then.get("platform"),
        zone=zone or then.get("zone"),
        day_first=day_first if day_first is not None else then.get("day_first"),
        insist_private=imported.get("insisted") is not None,
    )


def read_whole(
    reading: Reading,
    imported: Mapping[str, Any],
    id: str,
    folder: Path,
    earlier: Mapping[str, Sequence[Path]],
    progress: Progress,
) -> Tally:
    """Write the tables of all its records as the import `id`.   earlier: see `import_file`.   InputError as there."""
    tally = import_file(reading, id, folder, earlier, progress)
    result = finished(begun(reading, id, already=False), tally)
    write_parquet(imports_row(result, reading, imported["sha256"], imported["role"]), folder / "imports.parquet")
    return tally


def read_set_aside(
    case: Case,
    reading: Reading,
    imported: Mapping[str, Any],
    id: str,
    folder: Path,
    earlier: Mapping[str, Sequence[Path]],
    progress: Progress,
) -> Tally:
    """Write the tables of those records alone that an import set aside; InputError when none of them can be used."""
    before, role, sha256 = imported["import_id"], imported["role"], imported["sha256"]
    some = replace(
        reading, sheet=SomeRecords(reading.sheet, places_of(case, before, rows_set_aside(case, before, None)))
    )
    if role == GIVEN:
        tally = import_given(SHEETS[reading.importer.table], some, {}, sha256, id, folder, progress)
    else:
        tally = import_file(some, id, folder, earlier, progress, Whole(reading, _precision(imported, reading)))
    if tally.rows_kept + tally.rows_duplicate == 0:
        raise InputError(f"None of them can be used: {'; '.join(tally.examples[:3])}.")
    result = finished(begun(some, id, already=False), tally)
    write_parquet(imports_row(result, some, sha256, role, before), folder / "imports.parquet")
    return tally


def _precision(imported: Mapping[str, Any], reading: Reading) -> str | None:
    """That of the whole file, which a few of its records do not show; None when the times are now read from elsewhere."""
    then = json.loads(imported["mapping"]).get("created_at")
    return imported["precision"] if then == reading.mapping.get("created_at") else None
