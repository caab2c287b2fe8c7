"""What could not be read of one file: written to `rejects`, counted, and told with an example of each common reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Reading
from inconcert.verbs.import_tables import Tables

_REASONS_TOLD = 5
_REASONS = """
SELECT "column", reason, count(*) AS n, min(row_ref) AS row_ref, arg_min(value, row_ref) AS value
FROM rejects WHERE fatal = :fatal GROUP BY "column", reason ORDER BY n DESC, "column", reason
"""


class ImportRejects:
    """The rejects of one import; `rows` counts the records set aside."""

    def __init__(self, tables: Tables, reading: Reading, import_id: str) -> None:
        self.rows = 0
        self._tables, self._reading, self._id = tables, reading, import_id

    def add_read(self, rejects: Sequence[Reject], rows: int) -> None:
        """Rejects of the reader, which name columns as the file does, and how many records it set aside."""
        self.rows += rows
        columns = {
            "import_id": [self._id] * len(rejects),
            "file": [self._reading.file] * len(rejects),
            "row_ref": [reject.row_ref for reject in rejects],
            "column": [reject.column for reject in rejects],
            "value": [reject.value for reject in rejects],
            "reason": [reject.reason for reject in rejects],
            "fatal": [reject.fatal for reject in rejects],
        }
        self._tables.add("rejects", pa.table(columns, schema=schema.REJECTS.arrow))

    def add_normalised(self, rejects: pa.Table, rows: int) -> None:
        """Rejects of normalising, which name columns by our fields."""
        self.rows += rows
        place = rejects.column_names.index("column")
        names = pa.array([self._column_of(field) for field in rejects["column"].to_pylist()], pa.string())
        self._tables.add("rejects", rejects.set_column(place, rejects.schema.field(place), names))

    def refuse_if_most(self, rows_read: int) -> None:
        """InputError when more than half of the records read so far were set aside."""
        if 2 * self.rows <= rows_read:
            return
        told, _ = self.told(fatal=True)
        raise InputError(
            f"{self._reading.file}: {self.rows:,} of {rows_read:,} records cannot be used, so none was imported. "
            f"{'; '.join(told[:3])}. If a column was misread, say which one it is: --map FIELD=COLUMN"
        )

    def told(self, *, fatal: bool) -> tuple[tuple[str, ...], int]:
        """The commonest reasons in words, each with its first case, and the number of rejects; no more can be added."""
        self._tables.close()
        engine = DuckDB()
        try:
            engine.attach("rejects", [self._tables.path("rejects")])
            reasons = engine.sql(_REASONS, {"fatal": int(fatal)}).to_pylist()
        finally:
            engine.close()
        return tuple(_words(row) for row in reasons[:_REASONS_TOLD]), sum(row["n"] for row in reasons)

    def _column_of(self, field: str) -> str:
        """What the file calls a field; the author may stand in the column of handles."""
        mapping = self._reading.mapping
        return mapping.get(field) or (mapping.get("handle", field) if field == "account_id" else field)


def _words(row: Mapping[str, object]) -> str:
    """One reason with its first case: "row 812, created_at 'soon': not a date (3 times)"."""
    where = f"row {row['row_ref']}" + (f", {row['column']}" if row["column"] else "")
    value = f" '{str(row['value'])[:60]}'" if row["value"] else ""
    times = f" ({row['n']:,} times)" if row["n"] != 1 else ""
    return f"{where}{value}: {row['reason']}{times}"
