"""Ids that a spreadsheet made numbers of: 1.23E+18 for 1234567890123456789, or 1234567890123450000. They name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.errors import InputError
from inconcert.ingest.piece import Reject
from inconcert.ingest.reading import Reading
from inconcert.ingest.values import ID_FIELDS, LOST_DIGITS, NAMING_FIELDS

LOST_SHARE_MAX = 0.05
"""A larger share of the ids of a column is the doing of a program, and the other ids of the column went through it too."""
_ZEROS_MIN = 3
"""Fewer such ids than this end in zeros by chance: of 18 digits, one in a thousand does."""
REMEDY = (
    "Export it again from its source and do not save it with a spreadsheet program, or open the original there with the "
    "columns of ids as text."
)
_CUT = r"^[1-9]\d{14}000+$"
"""Spreadsheets keep 15 digits and write 0 for the others."""


class ImportIds:
    """Counts of one file, by field: ids, those that lost digits, and those that end in zeros as cut ones do."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._ids: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._zeros: Counter[str] = Counter()
        self._example: dict[str, str] = {}

    def add(self, fields: pa.Table, rejects: Sequence[Reject]) -> None:
        """Count one batch: its records as fields, and what its reader could not use."""
        for reject in rejects:
            if reject.reason == LOST_DIGITS:
                for field in self._fields_of(reject.column):
                    self._ids[field] += 1
                    self._lost[field] += 1
                    self._example.setdefault(field, reject.value or "")
        for field in ID_FIELDS & set(fields.column_names):
            values = fields[field]
            self._ids[field] += len(values) - values.null_count
            ending = pc.filter(values, pc.fill_null(pc.ends_with(values, "000"), False))
            if len(ending) and len(cut := pc.filter(ending, pc.match_substring_regex(ending, _CUT))):
                self._zeros[field] += len(cut)
                self._example.setdefault(field, cut[0].as_py())

    def refuse_if_lost(self) -> None:
        """InputError when a substantial share of the ids of posts or authors lost digits: who posted what cannot be told."""
        for field in sorted(NAMING_FIELDS):
            if damaged := self._damaged(field):
                raise InputError(
                    f"{self._reading.file}: {self._said(field, damaged)} Different accounts or posts now look alike, so the file "
                    f"was not imported. {REMEDY} To go without this column: --map {field}="
                )

    def notes(self) -> list[str]:
        """A sentence for each field by which posts refer to others and of which a substantial share lost digits."""
        return [
            f"{self._said(field, damaged)} What these posts refer to cannot be told. {REMEDY}"
            for field in sorted(ID_FIELDS - NAMING_FIELDS)
            if (damaged := self._damaged(field))
        ]

    def _damaged(self, field: str) -> int:
        """How many ids of a field lost digits; 0 when they are few, and may be faults of single records."""
        lost, zeros = self._lost[field], self._zeros[field]
        most = LOST_SHARE_MAX * self._ids[field]
        return max(lost if lost > most else 0, zeros if zeros > max(most, _ZEROS_MIN - 1) else 0)

    def _said(self, field: str, damaged: int) -> str:
        column = self._reading.mapping.get(field, field)
        return (
            f"{damaged:,} of {self._ids[field]:,} ids in the column '{column}' ({field}) have lost their last digits, such as "
            f"{self._example[field][:40]}: a spreadsheet program, or another, read them as numbers."
        )

    def _fields_of(self, column: str | None) -> list[str]:
        """The fields that are read from a column of the file."""
        return [
            field
            for field in ID_FIELDS
            if column is not None and column in self._reading.mapping.get(field, "").split(" + ")
        ]
