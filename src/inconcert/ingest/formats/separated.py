"""Tables of separated text: comma, semicolon, tab or pipe; quotes doubled inside quotes; line ends of every kind."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from inconcert.errors import InputError
from inconcert.ingest.formats.names import unique_names
from inconcert.ingest.piece import Piece, Reject, shown
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.encoding import UTF16_WITHIN, as_utf8, bytes_of, is_utf16, text_of
from inconcert.ingest.stream.record_ends import first_widths
from inconcert.ingest.stream.records import Records, Unreadable, each_record, whole_records
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

SEPARATORS = ",;\t|"
_SAMPLE_RECORDS = 200
_LABELS = re.compile(
    rb'"?Report:"?[,;\t][^\r\n]{0,500}\r?\n(?:"?[A-Z][a-z]{1,15}:"?[,;\t][^\r\n]{0,500}\r?\n){1,6}(?:[,;\t" ]*\r?\n)*'
)
"""What Brandwatch writes above the header: a label and a value a line, then an empty line."""


class Separated:
    """A file of separated text; its first record names the columns."""

    format = "csv"

    def __init__(self, stream: ByteStream, encoding: str, name: str, sample: bytes) -> None:
        """sample: the beginning of the text, UTF-8.   name: what messages call the file.

        InputError when the first record has no end or names no column.
        """
        self.encoding: str | None = encoding
        self._stream, self._text_encoding, self._name = stream, encoding, name
        stated = _stated_separator(sample)
        above = _LABELS.match(sample)
        self._skip = len(sample[:8].splitlines(keepends=True)[0]) if stated else above.end() if above else 0
        skipped = _told(sample[: self._skip]) if above else ()
        sample = sample[self._skip :]
        self._separator = stated or _likeliest_separator(sample)
        self.columns, notes = unique_names(_header(sample, self._separator, name))
        self.notes = (*skipped, *notes)

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only, as bytes; an empty cell is NULL."""
        _, text = _parted(as_utf8(self._stream.blocks(), self._text_encoding), self._skip)
        before = -1  # so that the header is record 0
        for part in whole_records(text, self._separator, self._name):
            if isinstance(part, Unreadable):
                yield self._set_aside(part, wanted, before + 1)
                before += 1
                continue
            try:
                yield (
                    self._parse_slowly(part, wanted, before) if self._mixes(part) else self._parse(part, wanted, before)
                )
            except pa.ArrowInvalid:  # a record of a wrong width, which only the slow reader can name and step over
                yield self._parse_slowly(part, wanted, before)
            before += part.count

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every record; record 0 is the header, with what stands before it."""
        encoding = self._text_encoding
        before, text = _parted(as_utf8(self._stream.blocks(), encoding, kept=True), self._skip)
        number = 0
        for part in whole_records(text, self._separator, self._name):
            for record in [part.line] if isinstance(part, Unreadable) else each_record(part, self._separator):
                whole = before + record
                yield number, whole if encoding == "utf-8" else bytes_of(text_of(whole, encoding), encoding)
                number, before = number + 1, b""

    def _set_aside(self, part: Unreadable, wanted: Sequence[str], row: int) -> Piece:
        empty = {column: pa.array([], pa.binary()) for column in wanted}
        return Piece(empty, np.empty(0, np.int64), [Reject(row, None, shown(part.line), part.reason)], 1)

    def _parse(self, part: Records, wanted: Sequence[str], before: int) -> Piece:
        places = {f"c{self.columns.index(column)}": column for column in wanted}
        table = pyarrow.csv.read_csv(
            pa.BufferReader(part.content),
            read_options=pyarrow.csv.ReadOptions(
                column_names=[f"c{i}" for i in range(len(self.columns))],
                block_size=len(part.content) + 1,
                use_threads=False,
            ),
            parse_options=pyarrow.csv.ParseOptions(delimiter=self._separator, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(places),
                column_types=dict.fromkeys(places, pa.binary()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        table = table.combine_chunks()  # of a table, one chunk is not copied
        columns = {column: table[place].chunk(0) for place, column in places.items()}
        return _without_header(columns, before, part.count, [])

    def _parse_slowly(self, part: Records, wanted: Sequence[str], before: int) -> Piece:
        limit = csv.field_size_limit(RECORD_BYTES_MAX)
        try:
            text = io.StringIO(part.content.decode("utf-8", "surrogateescape"), newline="")
            records = [record for record in csv.reader(text, delimiter=self._separator) if record]
        finally:
            csv.field_size_limit(limit)
        named = before < 0  # the first of them is the header
        reasons = [None if named and not place else self._fault(record) for place, record in enumerate(records)]
        whole = [record for record, reason in zip(records, reasons, strict=True) if reason is None]
        rejects = [
            Reject(before + number, None, shown(self._separator.join(record)), reason)
            for number, (record, reason) in enumerate(zip(records, reasons, strict=True), start=1)
            if reason is not None
        ]
        columns = {}
        for column in wanted:
            place = self.columns.index(column)
            values = [record[place].encode("utf-8", "surrogateescape") or None for record in whole]
            columns[column] = pa.array(values, pa.binary())
        return _without_header(columns, before, part.count, rejects)

    def _mixes(self, part: Records) -> bool:
        """Whether some of the records may be in UTF-16 while the file is in UTF-8."""
        return self._text_encoding == "utf-8" and (b"\0" in part.content or b"\xff" in part.content)

    def _fault(self, record: list[str]) -> str | None:
        """Why a record is set aside, None if it is not."""
        written = self._separator.join(record)
        if self._text_encoding == "utf-8" and is_utf16(written.encode("utf-8", "surrogateescape")):
            return UTF16_WITHIN
        if len(record) != len(self.columns):
            return f"has {len(record)} fields where the header has {len(self.columns)}"
        return None


def _without_header(columns: dict[str, pa.Array], before: int, count: int, rejects: list[Reject]) -> Piece:
    """The piece of `count` records after record `before`, of which those in `rejects` are missing from the columns."""
    kept: NDArray[np.bool_] = np.ones(count, dtype=bool)
    kept[[reject.row_ref - before - 1 for reject in rejects]] = False
    row_ref = before + 1 + np.flatnonzero(kept)
    if before >= 0:
        return Piece(columns, row_ref, rejects, count)
    return Piece({name: values.slice(1) for name, values in columns.items()}, row_ref[1:], rejects, count - 1)


def _told(above: bytes) -> tuple[str, ...]:
    lines = above.decode("utf-8", "replace").replace('"', "").replace("\t", ",").splitlines()
    words = "; ".join(line.strip(",; ").replace(":,", ": ") for line in lines if line.strip(",; "))
    return (f"The lines above the header are no records and were not read: {shown(words)}",)


def _stated_separator(sample: bytes) -> str | None:
    """Spreadsheets may put "sep=;" on a line of its own before the header."""
    line = sample[:8].splitlines()[0].lower() if sample else b""
    if line.startswith(b"sep=") and len(line) == 5 and (separator := chr(line[4])) in SEPARATORS:
        return separator
    return None


def _likeliest_separator(sample: bytes) -> str:
    """The separator that gives the widest header among those by which most of the first records are as wide as it."""
    best, best_key = SEPARATORS[0], (False, 1)
    for separator in SEPARATORS:
        if (first_widths(sample + b"\n", separator, 1) > 1).any():
            widths = first_widths(sample + b"\n", separator, _SAMPLE_RECORDS)
            key = (bool(np.mean(widths == widths[0]) > 0.5), int(widths[0]))
            if key > best_key:
                best, best_key = separator, key
    return best


def _header(sample: bytes, separator: str, name: str) -> list[str]:
    if not len(first_widths(sample + b"\n", separator, 1)):
        what = (
            "has no records" if not sample.strip() else "begins with a record that has no end (a quote never closed?)"
        )
        raise InputError(f"{name} {what}.")
    try:
        records = csv.reader(io.StringIO(sample.decode("utf-8", "replace"), newline=""), delimiter=separator)
        return next(record for record in records if record)
    except csv.Error as error:
        raise InputError(f"{name} begins with a record that names no columns ({error}).") from error


def _parted(blocks: Iterator[bytes], length: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a text that is known to have them, and the others."""
    beginning = b""
    while len(beginning) < length:
        beginning += next(blocks)
    return beginning[:length], chain([beginning[length:]], blocks)
