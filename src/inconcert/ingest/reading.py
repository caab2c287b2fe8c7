"""A file opened for reading: what it is, which of its columns are which fields, and its records batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.errors import InputError
from inconcert.ingest.formats.flattened import Flattened
from inconcert.ingest.formats.html_text import html_to_text
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.importer import Importer, find_mapping, joined, parts_of, respelled
from inconcert.ingest.importers import choose_importer
from inconcert.ingest.masking import masked, masked_cells, masked_whole
from inconcert.ingest.named import named_note
from inconcert.ingest.natives import Shaped
from inconcert.ingest.nobody import AUTHORS, SAID, without_nobody, words_of
from inconcert.ingest.piece import Held, Piece, Reject, Sheet, shown, together
from inconcert.ingest.sensitive import look_for_sensitive
from inconcert.ingest.sensitive_columns import is_for_credentials
from inconcert.ingest.some_records import SomeRecords
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.members import sole_member
from inconcert.ingest.usable import ACCOUNT_FIELDS, author_in, check_mapping
from inconcert.ingest.values import NOT_UTF8, readable

BATCH_ROWS = 1 << 16
BATCH_BYTES = 128 << 20
"""Records of web pages and documents are long: fewer of them make a batch."""


@dataclass(frozen=True)
class Batch:
    """Some records as fields.

    fields: columns are names of FIELDS (strings, nullable) and `row_ref` (int64, 1-based record number).
    rejects: records set aside, and values that could not be read.
    rows_read: records of this stretch, kept or not.   bytes_done: how far into the file it reaches.
    passed: objects that are no records of ours, by kind.   held: see `Piece`.
    """

    fields: pa.Table
    rejects: list[Reject]
    rows_read: int
    bytes_done: int
    passed: Counter[str]
    held: Held | None


@dataclass(frozen=True)
class Reading:
    """A file whose columns are understood; nothing but its beginning was read yet.

    file: its name without folder.   size: bytes.   format, encoding: as `Sheet` has them.
    mapping: {field: column}.   unknown_columns: those that are not read.
    platform: where its posts are from, None when neither the user nor the importer says so.
    notes: what the user should know.   why: in words, why this importer.
    zone: of times that are written without one, None when nobody says.   zone_given: whether the user says, not the importer.
    insisted: private messages or credentials seen in it, in words, that the user insists on reading.
    options: what the user said of the file, of map, format, platform, zone and day_first.
    day_first: order of day and month in dates such as 3/4/2024, None when the user does not say.
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
    zone: str | None = None
    zone_given: bool = False
    insisted: str | None = None
    options: Mapping[str, object] | None = None
    day_first: bool | None = None

    @property
    def has_posts(self) -> bool:
        """False when the file only describes accounts."""
        return not ACCOUNT_FIELDS.issuperset(self.mapping)

    @property
    def columns_read(self) -> tuple[str, ...]:
        """The columns of the file that are read, each once."""
        return tuple(
            dict.fromkeys(part for column in self.mapping.values() for part in parts_of(column, self.sheet.columns))
        )

    @property
    def author_in_file_name(self) -> bool:
        """Whether the file's name, not a column, says who posted."""
        return self.importer.account_in_file_name and not {"account_id", "handle"} & self.mapping.keys()

    @property
    def unfolded(self) -> frozenset[str] | None:
        """Where in its JSON objects lie the lists whose members are its native objects; None for tables."""
        return self.sheet.under if isinstance(self.sheet, Shaped | Flattened | SomeRecords) else None

    def only(self, fields: Iterable[str]) -> Reading:
        """The same file, of which no more than those fields are read."""
        return replace(self, mapping={field: self.mapping[field] for field in fields if field in self.mapping})

    def batches(self) -> Iterator[Batch]:
        """The records in batches of BATCH_ROWS, or of BATCH_BYTES, or a little more; InputError where reading cannot go on."""
        tables: list[pa.Table] = []
        rejects: list[Reject] = []
        rows_read = size = 0
        passed: Counter[str] = Counter()
        held: list[Held] = []
        for piece in self.sheet.pieces(list(self.columns_read)):
            tables.append(self._fields(piece, rejects))
            rows_read += piece.rows_read
            passed.update(piece.passed)
            held += [piece.held] if piece.held is not None else []
            size += tables[-1].nbytes
            if rows_read >= BATCH_ROWS or size >= BATCH_BYTES:
                fields = pa.concat_tables(tables).combine_chunks()
                yield Batch(fields, rejects, rows_read, self.sheet.done, passed, together(held))
                tables, rejects, rows_read, passed, size, held = [], [], 0, Counter(), 0, []
        if tables:
            fields = pa.concat_tables(tables).combine_chunks()
            yield Batch(fields, rejects, rows_read, self.sheet.done, passed, together(held))

    def _fields(self, piece: Piece, rejects: list[Reject]) -> pa.Table:
        """The rows of a piece as fields; adds what is wrong with them to `rejects`."""
        rejects += piece.rejects
        kept = ~self._headers_again(piece)
        rejects += [Reject(int(row), None, None, "repeats the header") for row in piece.row_ref[~kept].tolist()]
        columns: dict[str, pa.Array] = {}
        for field, column in self.mapping.items():
            parts = []
            for part in parts_of(column, self.sheet.columns):
                values, doubts = readable(piece.columns[part], field, marked=self.encoding not in (None, "utf-8"))
                for doubt in doubts:
                    row = int(piece.row_ref[doubt.position])
                    fatal = doubt.fatal or (doubt.reason == NOT_UTF8 and field in self._names)
                    rejects.append(Reject(row, part, shown(doubt.value), doubt.reason, fatal))
                    kept[doubt.position] &= not fatal
                if self.insisted is not None:
                    values = masked_whole(values) if is_for_credentials(part) else masked_cells(values)
                of_nobody = self.importer.nobody is not None and field in AUTHORS
                parts.append(values if of_nobody else self._present(values))
            columns[field] = self._as_the_tool_means(field, joined(field, column, parts))
        if self.author_in_file_name:
            columns["account_id"] = pa.array([author_in(self.file)] * len(kept), pa.string())
        if self.importer.table == "posts":
            columns, nobody = without_nobody(columns, words_of(self.importer))
            rejects += self._of_nobody(piece, nobody & kept)
            kept &= ~nobody
        table = pa.table({**columns, "row_ref": pa.array(piece.row_ref, pa.int64())})
        return table if kept.all() else table.filter(pa.array(kept))

    def _of_nobody(self, piece: Piece, nobody: NDArray[np.bool_]) -> list[Reject]:
        """What is said of records whose author is only a word for nobody."""
        column = self.mapping.get("account_id") or self.mapping.get("handle", "account_id")
        words = piece.columns[parts_of(column, self.sheet.columns)[0]] if nobody.any() else []
        return [
            Reject(int(piece.row_ref[place]), column, _as_shown(words[place].as_py()), SAID)
            for place in np.flatnonzero(nobody).tolist()
        ]

    @property
    def _names(self) -> tuple[str, str]:
        """The fields that say which post it is and who wrote it, where a guess at damaged bytes could name somebody else."""
        return "post_id", "account_id" if "account_id" in self.mapping else "handle"

    def _headers_again(self, piece: Piece) -> NDArray[np.bool_]:
        """Which rows of a table say the names of its columns once more, as files put one after the other do."""
        again = np.full(len(piece.row_ref), self.sheet.format == "csv" and len(self.columns_read) > 1)
        for column in self.columns_read if again.any() else ():
            same = pc.equal(piece.columns[column], pa.scalar(column.encode(), piece.columns[column].type))
            same = pc.or_kleene(same, pc.equal(piece.columns[column], pa.scalar(f"\ufeff{column}".encode())))
            again &= pc.fill_null(same, False).to_numpy(zero_copy_only=False)
            if not again.any():
                break
        return again

    def _present(self, values: pa.Array) -> pa.Array:
        if not self.importer.absent:
            return values
        gone = pc.is_in(values, value_set=pa.array(sorted(self.importer.absent)))
        return pc.if_else(gone, pa.scalar(None, pa.string()), values)

    def _as_the_tool_means(self, field: str, values: pa.Array) -> pa.Array:
        values = respelled(self.importer, field, values)
        return html_to_text(values) if self.importer.html and field in ("text", "bio") else values


def open_reading(
    given: Path | ByteStream,
    *,
    name: str | None = None,
    mapping: Mapping[str, str] | None = None,
    source: str | None = None,
    platform: str | None = None,
    zone: str | None = None,
    day_first: bool | None = None,
    insist_private: bool = False,
) -> Reading:
    """Open a file and find out what it holds; only its beginning is read.

    given: a file, packed or the only one in an archive if it is not plain, or the bytes of a file out of an archive.
    name: what to call the file; of a path its own name unless given.   mapping: the user's {field: column}, which goes before the hints.
    source: name of an importer, found by the columns unless given.   platform, zone: go before what the importer says.
    day_first: whether dates such as 3/4/2024 begin with the day; found by the file's other dates unless given.
    insist_private: read it even if it holds private messages or credentials, for which it is refused otherwise.
    InputError when the file cannot be read or has no column of authors, or none that two accounts could have in common;
    UnknownName for a source, field or column that does not exist.
    """
    name = name if name is not None else given.name if isinstance(given, Path) else "the file"
    stream = sole_member(given, name) if isinstance(given, Path) else given
    seen = look_for_sensitive(stream, name, whole=False)
    if seen is not None and not insist_private:
        raise InputError(seen.refusal(name))
    chosen = choose_importer(open_sheet(stream, name), source, name, private=insist_private)
    importer, sheet = chosen.importer, chosen.sheet
    found = find_mapping(importer, sheet.columns, mapping or {}, shaped=chosen.shaped)
    if importer.table == "posts":
        check_mapping(found, importer, sheet.columns, name, nearest=chosen.nearest)
    used = {part for column in found.values() for part in parts_of(column, sheet.columns)}
    return Reading(
        file=name,
        size=stream.size,
        format=sheet.format,
        encoding=sheet.encoding,
        importer=importer,
        mapping=found,
        unknown_columns=tuple(masked(column) for column in sheet.columns if column not in used and not chosen.shaped),
        platform=platform if platform is not None else importer.platform,
        notes=(
            *sheet.notes,
            *_encoding_note(sheet.encoding),
            *named_note(platform if platform is not None else importer.platform, found),
            *((importer.note,) if importer.note else ()),
        ),
        sheet=sheet,
        why=chosen.why,
        zone=zone if zone is not None else importer.zone,
        zone_given=zone is not None,
        insisted=None if seen is None else seen.words,
        options={
            name: said
            for name, said in (
                ("map", mapping or None),
                ("format", source),
                ("platform", platform),
                ("zone", zone),
                ("day_first", day_first),
            )
            if said is not None
        },
        day_first=day_first,
    )


def _as_shown(value: bytes | str | None) -> str | None:
    return None if value is None else shown(value)


def _encoding_note(encoding: str | None) -> tuple[str, ...]:
    if encoding in ("cp1252", "gb18030"):
        known = {"cp1252": "Windows-1252", "gb18030": "GB 18030"}[encoding]
        return (f"Read as {known}, judging by its bytes. If letters look wrong, convert the file to UTF-8 first.",)
    return ()
