"""Parquet files as tables of text: every type in its exact spelling, structs flattened, lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.errors import InputError
from inconcert.ingest.formats.names import unique_names
from inconcert.ingest.piece import Piece, Reject

MAGIC = b"PAR1"
_BATCH_ROWS = 1 << 16
_TEXT_ROWS = 1 << 10
_EXACT_BELOW = float(1 << 53)
"""Whole numbers below are exact in a float; what is written above has lost digits and is kept in scientific form."""


class Parquet:
    """A Parquet file; a group of rows that is damaged is set aside, the others are read."""

    format = "parquet"
    encoding: str | None = None

    def __init__(self, path: Path, name: str) -> None:
        """name: what messages call the file. InputError when it is damaged at the end, encrypted, or names a column twice."""
        self._path, self._size, self.done = path, path.stat().st_size, 0
        try:
            with pq.ParquetFile(path) as file:
                self._row_groups = [file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)]
                names = list(_flat_names(file.schema_arrow))
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{name} is a Parquet file that cannot be opened ({_first_line(error)}).") from error
        self.columns, self.notes = unique_names(names)
        if twice := [column for column in names if names.count(column) > 1]:
            raise InputError(f"{name} has two columns called '{twice[0]}'. Rename one of them.")

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only, as strings or bytes."""
        before, rows_total = 0, max(1, sum(self._row_groups))
        with pq.ParquetFile(self._path, page_checksum_verification=True) as file:
            for number, rows in enumerate(self._row_groups):
                end = before + rows
                try:
                    for batch in file.iter_batches(_BATCH_ROWS, row_groups=[number], columns=list(wanted)):
                        columns = _text_columns(batch, wanted)
                        row_ref = np.arange(before + 1, before + 1 + batch.num_rows)
                        before += batch.num_rows
                        self.done = self._size * before // rows_total
                        yield Piece(columns, row_ref, [], batch.num_rows)
                except (pa.ArrowException, OSError) as error:
                    reason = f"rows {before + 1:,} to {end:,} cannot be read ({_first_line(error)})"
                    nothing = {column: pa.array([], pa.string()) for column in wanted}
                    reject = Reject(before + 1, None, None, reason)
                    yield Piece(nothing, np.empty(0, np.int64), [reject], end - before)
                before = end

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and values of every record, as a JSON object; a row of a damaged group has what is said of it alone."""
        for piece in self.pieces(self.columns):
            for start in range(0, len(piece.row_ref), _TEXT_ROWS):
                cut = {name: _shown(values.slice(start, _TEXT_ROWS)) for name, values in piece.columns.items()}
                for number, row in zip(piece.row_ref[start:].tolist(), pa.table(cut).to_pylist(), strict=False):
                    yield number, json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")
            for reject in piece.rejects:
                yield reject.row_ref, reject.reason.encode()


def _shown(values: pa.Array) -> pa.Array:
    texts = (v.decode("utf-8", "backslashreplace") if isinstance(v, bytes) else v for v in values.to_pylist())
    return pa.array(texts, pa.string())


def _flat_names(schema: pa.Schema | pa.StructType, prefix: str = "") -> Iterator[str]:
    for field in schema:
        if pa.types.is_struct(field.type):
            yield from _flat_names(field.type, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name


def _text_columns(batch: pa.RecordBatch, wanted: Sequence[str]) -> dict[str, pa.Array]:
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    table = table.combine_chunks()  # of a table, one chunk is not copied
    return {column: as_text(table[column].chunk(0)) for column in wanted}


def as_text(values: pa.Array) -> pa.Array:
    """The values as strings, or as bytes where the column is text that was not checked; same length.

    Integers and decimals are exact; whole floats below 2**53 are written as integers; times in UTC when they have a zone.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return as_text(values.dictionary_decode())
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        return values.cast(pa.large_binary())
    if pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return values.cast(pa.binary())
    if pa.types.is_large_string(kind) or pa.types.is_large_binary(kind):
        return values.cast(pa.large_binary())
    if pa.types.is_floating(kind):
        return _floats(values.cast(pa.float64()))
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return values.cast(pa.timestamp(kind.unit, "UTC")).cast(pa.string())
    if pa.types.is_nested(kind):
        lists = (None if v is None else json.dumps(v, ensure_ascii=False, default=str) for v in values.to_pylist())
        return pa.array(lists, pa.string())
    return values.cast(pa.string())


def _floats(values: pa.Array) -> pa.Array:
    known = pc.if_else(pc.is_finite(values), values, pa.scalar(None, pa.float64()))
    whole = pc.and_(pc.equal(known, pc.trunc(known)), pc.less(pc.abs(known), _EXACT_BELOW))
    integers = pc.if_else(whole, known, 0.0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, integers, known.cast(pa.string()))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
