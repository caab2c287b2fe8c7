"""Native objects read as a table: every key a column, nested ones joined by dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np
import pyarrow as pa

from inconcert.errors import InputError
from inconcert.ingest.formats.flatten import paths, value_at
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.formats.json_window import NOT_READ
from inconcert.ingest.formats.names import COLUMNS_MAX
from inconcert.ingest.natives import Item, Natives, native_texts, strings
from inconcert.ingest.piece import Piece, Reject, Sheet, shown
from inconcert.ingest.shape import Native

SAMPLE_RECORDS = 5_000
"""Records whose keys are looked at to find the columns."""
_NESTED = frozenset({dict, list})


class Flattened:
    """A file of JSON objects; its columns are the keys of the first SAMPLE_RECORDS of them.

    under: where pages of programming interfaces hold their records.
    """

    under = frozenset({"data"})

    def __init__(self, natives: JsonRecords) -> None:
        """InputError when none of the first records can be read."""
        self._natives = natives
        self.format, self.encoding, self.notes = natives.format, natives.encoding, natives.notes
        names: dict[str, None] = {}
        for count, record in enumerate(self._sample()):
            if count == SAMPLE_RECORDS or len(names) >= COLUMNS_MAX:
                break
            flat = _NESTED.isdisjoint(map(type, record.values()))  # as most are, of however many keys
            names.update(dict.fromkeys(record if flat else paths(record)))
        if not names:
            raise InputError(
                f"{natives.name} holds no JSON objects that can be read. One object a line is read, or an array."
            )
        self.columns = tuple(names)[:COLUMNS_MAX]

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._natives.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only, as strings, or as bytes where a string is not UTF-8."""
        before = understood = 0
        cut_short = False
        for items in self._natives.items(self.under):
            yield _piece(items, wanted, before)
            before += len(items)
            understood += sum(len(item.text) for item in items if item.record is not None)
            cut_short = any(item.reason is not None and NOT_READ in item.reason for item in items[-2:])
        if cut_short and 2 * understood < self._natives.size:
            raise InputError(
                f"{self._natives.name} is no valid JSON after record {before:,}, and most of it could not be read. "
                f"Export it again, if possible with one object a line."
            )

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every record."""
        return native_texts(self._natives, self.under)

    def _sample(self) -> Iterator[dict[str, object]]:
        for items in self._natives.items(self.under):
            yield from (item.record for item in items if item.record is not None)


def _piece(items: list[Item], wanted: Sequence[str], before: int) -> Piece:
    if all(item.reason is None for item in items):
        with suppress(RecursionError):  # which record it is shows when they are read one by one
            columns = {column: _column([item.record or {} for item in items], column) for column in wanted}
            return Piece(columns, np.arange(before + 1, before + 1 + len(items)), [], len(items))
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
    columns = {column: strings([row[place] for row in rows]) for place, column in enumerate(wanted)}
    return Piece(columns, np.array(numbers, np.int64), rejects, len(items))


def _column(records: Sequence[Native], name: str) -> pa.Array:
    if "." not in name:
        with suppress(pa.ArrowException):  # raised where some are no strings
            return strings([record.get(name) for record in records])
    return strings([value_at(record, name) for record in records])


def as_table(opened: Sheet | Natives, name: str) -> Sheet:
    """A file as a table by its own columns; InputError for a format that has none.   name: what messages call it."""
    if isinstance(opened, Sheet):
        return opened
    if isinstance(opened, JsonRecords):
        return Flattened(opened)
    raise InputError(f"{name} is no table. CSV, TSV, JSON lines and Parquet are read here.")
