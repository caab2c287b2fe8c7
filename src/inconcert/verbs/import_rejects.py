"""What could not be read of one file: written to `rejects`, counted, and told with an example of each common reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing

import pyarrow as pa

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError
from inconcert.ingest.masking import mask, masked, masked_record
from inconcert.ingest.nobody import SAID
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Reading
from inconcert.ingest.sensitive_columns import is_for_credentials
from inconcert.verbs.import_tables import Tables

_REASONS_TOLD = 5
_WORDS_TOLD = 3
_REASONS = """
SELECT "column", reason, count(*) AS n, min(row_ref) AS row_ref, arg_min(value, row_ref) AS value
FROM rejects WHERE fatal = :fatal GROUP BY "column", reason ORDER BY n DESC, "column", reason LIMIT :told
"""
_COUNT = "SELECT count(*) AS n FROM rejects WHERE fatal = :fatal"
_MEMORY = "256MB"
_THREADS = 2


class ImportRejects:
    """The rejects of one import; `rows` counts the records set aside."""

    def __init__(self, tables: Tables, reading: Reading, import_id: str) -> None:
        self.rows = 0
        self._any = False
        self._nobody: Counter[str | None] = Counter()
        self._tables, self._reading, self._id = tables, reading, import_id

    def add_read(self, rejects: Sequence[Reject], rows: int) -> None:
        """Rejects of the reader, which name columns as the file does, and how many records it set aside."""
        self.rows += rows
        self._any |= len(rejects) > 0
        self._nobody.update(reject.value for reject in rejects if reject.reason == SAID)
        columns = {
            "import_id": [self._id] * len(rejects),
            "file": [self._reading.file] * len(rejects),
            "row_ref": [reject.row_ref for reject in rejects],
            "column": [reject.column for reject in rejects],
            "value": [self._harmless(reject.value, reject.column) for reject in rejects],
            "reason": [self._harmless(reject.reason, None) for reject in rejects],
            "fatal": [reject.fatal for reject in rejects],
        }
        self._tables.add("rejects", pa.table(columns, schema=schema.REJECTS.arrow))

    def add_normalised(self, rejects: pa.Table, rows: int) -> None:
        """Rejects of normalising, which name columns by our fields."""
        self.rows += rows
        self._any |= len(rejects) > 0
        place = rejects.column_names.index("column")
        names = [self._column_of(field) for field in rejects["column"].to_pylist()]
        if self._reading.insisted is not None:
            value = rejects.column_names.index("value")
            cells = pa.array(
                [self._harmless(*one) for one in zip(rejects["value"].to_pylist(), names, strict=True)], pa.string()
            )
            rejects = rejects.set_column(value, rejects.schema.field(value), cells)
        self._tables.add(
            "rejects", rejects.set_column(place, rejects.schema.field(place), pa.array(names, pa.string()))
        )

    def refuse_if_most(self, rows_read: int) -> None:
        """InputError when more than half of the records read so far were set aside."""
        if 2 * self.rows <= rows_read:
            return
        told, _ = self.told(fatal=True)
        raise InputError(
            f"{self._reading.file}: {self.rows:,} of {rows_read:,} records cannot be used, so none was imported. "
            f"{'; '.join(told[:3])}. If a column was misread, say which one it is: --map FIELD=COLUMN"
        )

    def notes(self) -> list[str]:
        """A sentence on records whose author is only a word for nobody."""
        if not self._nobody:
            return []
        words = ", ".join(f"'{word}'" for word, _ in self._nobody.most_common(_WORDS_TOLD))
        return [
            f"{self._nobody.total():,} records were set aside because their author is only {words}: a word for somebody who is gone, "
            "hidden or unknown. As one account it would act with everybody. If an account is called so, name the column with its "
            "id: --map account_id=COLUMN"
        ]

    def told(self, *, fatal: bool) -> tuple[tuple[str, ...], int]:
        """The commonest reasons in words, each with its first case, and the number of rejects; no more can be added."""
        self._tables.close()
        if not self._any:
            return (), 0
        file = self._tables.path("rejects")
        with closing(DuckDB(memory_limit=_MEMORY, threads=_THREADS, spill=file.parent.parent)) as engine:
            engine.attach("rejects", [file])
            count = engine.sql(_COUNT, {"fatal": int(fatal)})["n"][0].as_py()
            reasons = engine.sql(_REASONS, {"fatal": int(fatal), "told": _REASONS_TOLD}).to_pylist()
        return tuple(_words(row) for row in reasons), count

    def _harmless(self, value: str | None, column: str | None) -> str | None:
        """What was there, without credentials that the user insisted on reading.   column: None for the whole record."""
        if value is None or self._reading.insisted is None:
            return value
        if column is None:
            return masked_record(value, self._reading.sheet.columns)
        return mask(value) if is_for_credentials(column) else masked(value)

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
