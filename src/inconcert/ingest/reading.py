"""A file opened for reading: what it is, which of its columns are which fields, and its records batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.ingest.formats.html_text import html_to_text
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.importer import Importer, find_mapping
from inconcert.ingest.importers import choose_importer
from inconcert.ingest.piece import Piece, Reject, Sheet, shown
from inconcert.ingest.usable import ACCOUNT_FIELDS, author_in, check_mapping
from inconcert.ingest.values import readable

BATCH_ROWS = 200_000


@dataclass(frozen=True)
class Batch:
    """Some records as fields.

    fields: columns are names of FIELDS (strings, nullable) and `row_ref` (int64, 1-based record number).
    rejects: records set aside, and values that could not be read.
    rows_read: records of this stretch, kept or not.   bytes_done: how far into the file it reaches.
    passed: objects that are no records of ours, by kind.
    """

    fields: pa.Table
    rejects: list[Reject]
    rows_read: int
    bytes_done: int
    passed: Counter[str]


@dataclass(frozen=True)
class Reading:
    """A file whose columns are understood; nothing but its beginning was read yet.

    file: its name without folder.   size: bytes.   format, encoding: as `Sheet` has them.
    mapping: {field: column}.   unknown_columns: those that are not read.
    platform: where its posts are from, None when neither the user nor the importer says so.
    notes: what the user should know.   why: in words, why this importer.
    """

    file: str
    size: int
    format: str
    encoding: str | None
    importer: Importer
    mapping: dict[str, str]
    unknown_columns: tuple[str, ...]
    platform: str | None
    notes: tuple[str, ...]
    sheet: Sheet
    why: str

    @property
    def has_posts(self) -> bool:
        """False when the file only describes accounts."""
        return not ACCOUNT_FIELDS.issuperset(self.mapping)

    @property
    def author_in_file_name(self) -> bool:
        """Whether the file's name, not a column, says who posted."""
        return self.importer.account_in_file_name and not {"account_id", "handle"} & self.mapping.keys()

    def only(self, fields: Iterable[str]) -> Reading:
        """The same file, of which no more than those fields are read."""
        return replace(self, mapping={field: self.mapping[field] for field in fields if field in self.mapping})

    def batches(self) -> Iterator[Batch]:
        """The records in batches of BATCH_ROWS or a little more; InputError where reading cannot go on."""
        tables: list[pa.Table] = []
        rejects: list[Reject] = []
        rows_read = 0
        passed: Counter[str] = Counter()
        for piece in self.sheet.pieces(list(dict.fromkeys(self.mapping.values()))):
            tables.append(self._fields(piece, rejects))
            rows_read += piece.rows_read
            passed.update(piece.passed)
            if rows_read >= BATCH_ROWS:
                yield Batch(pa.concat_tables(tables).combine_chunks(), rejects, rows_read, self.sheet.done, passed)
                tables, rejects, rows_read, passed = [], [], 0, Counter()
        if tables:
            yield Batch(pa.concat_tables(tables).combine_chunks(), rejects, rows_read, self.sheet.done, passed)

    def _fields(self, piece: Piece, rejects: list[Reject]) -> pa.Table:
        """The rows of a piece as fields; adds what is wrong with them to `rejects`."""
        rejects += piece.rejects
        kept = np.ones(len(piece.row_ref), dtype=bool)
        columns: dict[str, pa.Array] = {}
        for field, column in self.mapping.items():
            values, doubts = readable(piece.columns[column], field, marked=self.encoding not in (None, "utf-8"))
            for doubt in doubts:
                row = int(piece.row_ref[doubt.position])
                rejects.append(Reject(row, column, shown(doubt.value), doubt.reason, doubt.fatal))
                kept[doubt.position] &= not doubt.fatal
            columns[field] = self._as_the_tool_means(field, values)
        if self.author_in_file_name:
            columns["account_id"] = pa.array([author_in(self.file)] * len(kept), pa.string())
        table = pa.table({**columns, "row_ref": pa.array(piece.row_ref, pa.int64())})
        return table if kept.all() else table.filter(pa.array(kept))

    def _as_the_tool_means(self, field: str, values: pa.Array) -> pa.Array:
        if self.importer.absent:
            gone = pc.is_in(values, value_set=pa.array(sorted(self.importer.absent)))
            values = pc.if_else(gone, pa.scalar(None, pa.string()), values)
        return html_to_text(values) if self.importer.html and field in ("text", "bio") else values


def open_reading(
    path: Path,
    *,
    name: str | None = None,
    mapping: Mapping[str, str] | None = None,
    source: str | None = None,
    platform: str | None = None,
) -> Reading:
    """Open a file and find out what it holds; only its beginning is read.

    name: what to call the file, its own name unless given.   mapping: the user's {field: column}, which goes before the hints.
    source: name of an importer, found by the columns unless given.   platform: goes before what the importer says.
    InputError when the file cannot be read or has no column of authors, or none that two accounts could have in common;
    UnknownName for a source, field or column that does not exist.
    """
    name = name if name is not None else path.name
    chosen = choose_importer(open_sheet(path, name), source, name)
    importer, sheet = chosen.importer, chosen.sheet
    found = find_mapping(importer, sheet.columns, mapping or {}, shaped=chosen.shaped)
    check_mapping(found, importer, sheet.columns, name)
    used = set(found.values())
    return Reading(
        file=name,
        size=path.stat().st_size,
        format=sheet.format,
        encoding=sheet.encoding,
        importer=importer,
        mapping=found,
        unknown_columns=tuple(column for column in sheet.columns if column not in used and not chosen.shaped),
        platform=platform if platform is not None else importer.platform,
        notes=(*sheet.notes, *_encoding_note(sheet.encoding), *((importer.note,) if importer.note else ())),
        sheet=sheet,
        why=chosen.why,
    )


def _encoding_note(encoding: str | None) -> tuple[str, ...]:
    if encoding in ("cp1252", "gb18030"):
        known = {"cp1252": "Windows-1252", "gb18030": "GB 18030"}[encoding]
        return (f"Read as {known}, judging by its bytes. If letters look wrong, convert the file to UTF-8 first.",)
    return ()
