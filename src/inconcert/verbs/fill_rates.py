"""How many records of a file have each field, and whether that is what files of its source ordinarily have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from inconcert import schema
from inconcert.case import write_parquet
from inconcert.fields import fields_of
from inconcert.ingest.reading import Reading

RECORDS_MIN = 30
"""Of fewer records, shares say nothing about the file."""


class FillRates:
    """The counts of one import while it is made."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._filled: Counter[str] = Counter()
        self._records = 0

    def add(self, filled: Mapping[str, int], records: int) -> None:
        """Counts of one batch: {field: records that have it}."""
        self._filled.update(filled)
        self._records += records

    def add_fields(self, fields: pa.Table) -> None:
        """One batch of records as fields, NULL where a record lacks one."""
        counts = {name: len(fields) - fields[name].null_count for name in fields.column_names if name != "row_ref"}
        self.add(counts, len(fields))

    def share(self, field: str) -> float:
        """Of the records, in [0, 1]; 0 for a field that the file has no column of."""
        return self._filled[field] / self._records if self._records else 0.0

    def table(self, import_id: str) -> pa.Table:
        """Rows of `schema.FILL_RATES`: one a field that was read."""
        read = list(dict.fromkeys((*self._reading.mapping, *self._filled)))
        columns = {
            "import_id": [import_id] * len(read),
            "field": read,
            "filled": [self._filled[name] for name in read],
            "records": [self._records] * len(read),
        }
        return pa.table(columns, schema=schema.FILL_RATES.arrow)

    def write(self, folder: Path, import_id: str) -> None:
        """The table of that name in the folder of an import."""
        write_parquet(self.table(import_id), folder / "fill_rates.parquet")

    def warnings(self) -> list[str]:
        """A sentence for each field whose share is not what files of the source ordinarily have."""
        importer = self._reading.importer
        if self._records < RECORDS_MIN:
            return []
        told = []
        for field, (lowest, highest) in importer.plausible.items():
            share = self.share(field)
            if lowest <= share <= highest:
                continue
            told.append(
                f"{field} ({fields_of(importer.table)[field]}) is filled in {_percent(share)} of the records; in files of "
                f"{importer.title}, {_percent(lowest)} to {_percent(highest)} are usual. {self._meaning(field, share < lowest)}"
            )
        return told

    def _meaning(self, field: str, too_low: bool) -> str:
        """What may be behind it, and what to do."""
        column = self._reading.mapping.get(field)
        if column is None:
            return (
                f"The file has no column of it: ask for an export that has, or name the column: --map {field}=COLUMN."
            )
        if too_low:
            return (
                f"The export may have left it out, or '{column}' may not be its column: compare a few records with the "
                f"source, and if need be name another: --map {field}=COLUMN."
            )
        return (
            f"'{column}' may hold something else, or records of one kind only were exported: compare a few of them with "
            "the source."
        )


def _percent(share: float) -> str:
    """ "0%" and "100%" only where it is none or all."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    if not 0.01 <= share <= 0.99:
        return "less than 1%" if share < 0.01 else "more than 99%"
    return f"{share:.1%}".replace(".0%", "%")
