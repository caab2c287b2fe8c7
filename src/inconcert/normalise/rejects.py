"""Records that were set aside and values that could not be read, as rows of the `rejects` table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert import schema

MAX_VALUE = 200
"""Characters of a value that are kept."""


class Rejects:
    """Collects the rejects of one batch. Columns go by our field names; the reader of the file knows what it calls them."""

    def __init__(self, import_id: str, file: str) -> None:
        self._same = {"import_id": import_id, "file": file}
        self._parts: list[pa.Table] = []

    def add(
        self,
        row_ref: pa.Array,
        column: str,
        values: pa.Array,
        reasons: pa.Array,
        *,
        row: NDArray[np.int64] | None = None,
        fatal: bool = False,
    ) -> None:
        """One reject for each value that has a reason; `row` says which row_ref each value belongs to, if not its own."""
        n = len(reasons) - reasons.null_count
        if not n:
            return
        bad = reasons.is_valid()
        refs = row_ref if row is None else row_ref.take(pa.array(row))
        same = {**self._same, "column": column, "fatal": fatal}
        part = {
            "row_ref": refs.filter(bad),
            "value": pc.utf8_slice_codeunits(values.filter(bad), 0, MAX_VALUE),
            "reason": reasons.filter(bad),
        }
        self._parts.append(schema.REJECTS.check(pa.table(part | {k: pa.repeat(v, n) for k, v in same.items()})))

    def table(self) -> pa.Table:
        """All of them."""
        return pa.concat_tables([schema.REJECTS.empty(), *self._parts])
