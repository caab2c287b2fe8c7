"""Which native object of a file holds which record of an import, kept in the case: importers may count otherwise one day."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert import schema
from inconcert.case import Case
from inconcert.ingest.piece import Held
from inconcert.ingest.some_records import Places
from inconcert.verbs.import_tables import Tables

NAME = schema.NATIVE_NUMBERS.name


class NativeNumbers:
    """The table `native_numbers` of an import while its file is read; there is none where every record is its own object."""

    def __init__(self, tables: Tables, import_id: str) -> None:
        self._tables, self._id = tables, import_id
        self._next: NDArray[np.int64] = np.full((1, 3), -1, np.int64)

    def add(self, held: Held | None) -> None:
        """What the next stretch of the file holds, whole objects."""
        if held is None:
            return
        natives, first, counts = np.unique(held.native_ref, return_index=True, return_counts=True)
        rows = held.row_ref[first]
        stretch = np.column_stack([rows, natives, counts])
        following = np.column_stack([rows + counts, natives + 1, counts])
        begins = (stretch != np.vstack([self._next, following])[:-1]).any(axis=1)
        self._next = following[-1:] if len(following) else self._next
        columns = [pa.repeat(self._id, int(begins.sum())), *map(pa.array, stretch[begins].T)]
        self._tables.add(NAME, pa.Table.from_arrays(columns, schema=schema.NATIVE_NUMBERS.arrow))

    def close(self) -> None:
        """Finish the file."""
        self._tables.close()


def places_of(case: Case, import_id: str, row_refs: Iterable[int]) -> Places:
    """Where records of an import lie in its file."""
    rows = np.fromiter(row_refs, np.int64)
    file = case.path / "data" / import_id / f"{NAME}.parquet"
    if not file.is_file():
        return Places(rows, np.zeros(len(rows), np.int64), np.ones(len(rows), np.int64))
    stretches = pq.read_table(file)
    first, native, records = (stretches[name].to_numpy() for name in ("row_ref", "native_ref", "records"))
    at = np.searchsorted(first, rows, side="right") - 1
    since = rows - first[at]
    return Places(native[at] + since // records[at], since % records[at], records[at])
