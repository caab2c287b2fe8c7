"""Tables of JSON records: one object a line, an array of objects, or pages of the X API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from inconcert.errors import InputError
from inconcert.ingest.byte_stream import ByteStream
from inconcert.ingest.encoding import as_utf8
from inconcert.ingest.flatten import paths, value_at
from inconcert.ingest.json_text import Item, from_document, from_lines, read_value
from inconcert.ingest.names import COLUMNS_MAX
from inconcert.ingest.piece import Piece, Reject, shown

SAMPLE_RECORDS = 5_000
"""Records whose keys are looked at to find the columns."""
_LINES_TRIED = 20


class JsonRecords:
    """A file of JSON records; its columns are the keys of the first SAMPLE_RECORDS of them, nested ones joined by dots."""

    def __init__(self, stream: ByteStream, encoding: str, name: str, sample: bytes) -> None:
        """sample: the beginning of the text, UTF-8. InputError when none of the first records can be read."""
        self.encoding: str | None = encoding
        self._stream, self._text_encoding, self._name = stream, encoding, name
        self.format = "json lines" if _one_a_line(sample) else "json"
        self.notes: tuple[str, ...] = ()
        names: dict[str, None] = {}
        for count, record in enumerate(self._sample()):
            if count == SAMPLE_RECORDS or len(names) >= COLUMNS_MAX:
                break
            names.update(dict.fromkeys(paths(record)))
        if not names:
            raise InputError(f"{name} holds no JSON objects that can be read. One object a line is read, or an array.")
        self.columns = tuple(names)[:COLUMNS_MAX]

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only, as strings, or as bytes where a string is not UTF-8."""
        before = 0
        for items in self._chunks():
            yield _piece(items, wanted, before)
            before += len(items)
        if 2 * self.done < self._stream.size:
            raise InputError(
                f"{self._name} is no valid JSON after record {before:,}, and most of it could not be read. "
                f"Export it again, if possible with one object a line."
            )

    def _chunks(self) -> Iterator[list[Item]]:
        text = as_utf8(self._stream.blocks(), self._text_encoding)
        return from_lines(text) if self.format == "json lines" else from_document(text)

    def _sample(self) -> Iterator[dict[str, object]]:
        for items in self._chunks():
            yield from (item.record for item in items if item.record is not None)


def _one_a_line(sample: bytes) -> bool:
    """Whether any of the first lines is an object of its own; an array or an object over many lines is not."""
    for line in [line for line in sample.splitlines() if line.strip()][:_LINES_TRIED]:
        try:
            if isinstance(read_value(line.decode("utf-8", "replace")), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _piece(items: list[Item], wanted: Sequence[str], before: int) -> Piece:
    rejects: list[Reject] = []
    rows: list[tuple[str | None, ...]] = []
    numbers: list[int] = []
    for number, item in enumerate(items, start=before + 1):
        reason, record = item.reason, item.record
        if record is not None:
            try:
                rows.append(tuple(value_at(record, column) for column in wanted))
                numbers.append(number)
            except RecursionError:
                reason, record = "nested too deeply", None
        if reason is not None:
            rejects.append(Reject(number, None, shown(item.text), reason, fatal=record is None))
    columns = {column: _array([row[place] for row in rows]) for place, column in enumerate(wanted)}
    return Piece(columns, np.array(numbers, np.int64), rejects, len(items))


def _array(values: list[str | None]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:  # JSON can spell half of a surrogate pair
        return pa.array([v if v is None else v.encode("utf-8", "surrogatepass") for v in values], pa.binary())
