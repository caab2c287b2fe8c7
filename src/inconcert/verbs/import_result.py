"""What is said of one file that was read into a case: to the user, and for ever in the table `imports`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case
from inconcert.ingest.natives import Shaped
from inconcert.ingest.reading import Reading
from inconcert.ingest.stream.members import path_inside
from inconcert.ledger import canonical
from inconcert.verbs.import_tally import Tally

if TYPE_CHECKING:
    from inconcert.verbs.import_media import MediaResult


@dataclass(frozen=True)
class ImportResult:
    """What became of one file.

    importer: how it was read; `table` for tables of no known tool.   why: in words, why that one.
    mapping: our field -> column of the file.
    unknown_columns: columns that were not read.   rows_read = rows_kept + rows_rejected + rows_duplicate.
    rows_duplicate: records that repeat another and add nothing.   precision: of its times, s, min or day; None without times.
    passed: objects that hold no records of ours, by kind: {"likes": 3}.
    tables: rows by table, for files of other things than posts; {} for posts.
    already: the case held this file, read in this way, before; nothing was done.
    notes: what the user should know.   reject_examples: one record set aside for each of the first few reasons.
    shaped: whether it is a file of objects whose members are known, so that no columns had to be found.
    media: what became of its pictures and videos, or of the folder given with the last file.
    """

    import_id: str
    file: str
    importer: str
    why: str
    encoding: str | None
    mapping: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_duplicate: int
    precision: str | None
    already: bool
    notes: tuple[str, ...]
    reject_examples: tuple[str, ...]
    passed: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)
    shaped: bool = False
    media: MediaResult | None = None


def import_id(sha256: str, reading: Reading, role: str, retries: str | None = None) -> str:
    """The same bytes, or the same file in an archive, read in the same way for the same role have the same id.

    retries: see `schema.IMPORTS`.
    """
    how = [reading.importer.name, reading.importer.version, reading.mapping, reading.platform, role]
    zone = [reading.zone] if reading.zone is not None else []
    order = [{"day_first": reading.day_first}] if reading.day_first is not None else []
    again = [{"retries": retries}] if retries is not None else []
    member = [{"inside": inside}] if (inside := path_inside(reading.file)) else []
    return hashlib.sha256(canonical([sha256, *how, *zone, *order, *again, *member])).hexdigest()[:16]


def begun(reading: Reading, id: str, *, already: bool) -> ImportResult:
    """The result of a file that is understood and not yet read."""
    mapping = {**reading.mapping}
    if reading.author_in_file_name:
        mapping["account_id"] = "(name of the file)"
    return ImportResult(
        import_id=id,
        file=reading.file,
        importer=reading.importer.name,
        why=reading.why,
        encoding=reading.encoding,
        mapping=mapping,
        unknown_columns=reading.unknown_columns,
        rows_read=0,
        rows_kept=0,
        rows_rejected=0,
        rows_duplicate=0,
        precision=None,
        already=already,
        notes=reading.notes,
        reject_examples=(),
        shaped=isinstance(reading.sheet, Shaped),
    )


def finished(result: ImportResult, tally: Tally) -> ImportResult:
    """The result with what was counted."""
    return replace(
        result,
        rows_read=tally.rows_read,
        rows_kept=tally.rows_kept,
        rows_rejected=tally.rows_rejected,
        rows_duplicate=tally.rows_duplicate,
        precision=tally.precision,
        notes=(*result.notes, *tally.notes),
        reject_examples=tally.examples,
        passed=tally.passed,
        tables=tally.tables,
    )


def read_before(case: Case, result: ImportResult) -> ImportResult:
    """The result of a file that the case holds, read in this way."""
    folder = case.path / "data" / result.import_id
    row = pq.read_table(folder / "imports.parquet").to_pylist()[0]
    counts = {name: row[name] for name in ("rows_read", "rows_kept", "rows_rejected", "rows_duplicate", "precision")}
    return replace(result, file=row["file"], **counts, tables=given_rows(case, result.import_id), notes=())


OF_EVERY_IMPORT = frozenset({"imports", "rejects", "fill_rates", "native_numbers"})
OF_POSTS = frozenset({"posts", "accounts", "actions", "post_observations"})


def given_rows(case: Case, id: str) -> dict[str, int]:
    """Rows by table of an import of other things than posts; {} for posts."""
    files = sorted((case.path / "data" / id).glob("*.parquet"))
    if OF_POSTS & {file.stem for file in files}:
        return {}
    return {file.stem: pq.read_metadata(file).num_rows for file in files if file.stem not in OF_EVERY_IMPORT}


def imports_row(result: ImportResult, reading: Reading, sha256: str, role: str, retries: str | None = None) -> pa.Table:
    """The one row of `imports`."""
    row = {
        "import_id": result.import_id,
        "file": result.file,
        "sha256": sha256,
        "importer": result.importer,
        "importer_version": reading.importer.version,
        "encoding": result.encoding,
        "mapping": json.dumps(dict(result.mapping), ensure_ascii=False),
        "rows_read": result.rows_read,
        "rows_kept": result.rows_kept,
        "rows_rejected": result.rows_rejected,
        "rows_duplicate": result.rows_duplicate,
        "precision": result.precision,
        "role": role,
        "zone": reading.zone,
        "insisted": reading.insisted,
        "options": json.dumps(dict(reading.options), ensure_ascii=False) if reading.options else None,
        "unfolded": json.dumps(sorted(reading.unfolded)) if reading.unfolded is not None else None,
        "retries": retries,
    }
    return pa.Table.from_pylist([row], schema=schema.IMPORTS.arrow)
