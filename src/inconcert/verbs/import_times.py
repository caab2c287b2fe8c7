"""How the times of a file are written, found out while it is read; the whole file is asked only when a batch leaves it open."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.ingest.reading import Reading
from inconcert.normalise.local_time import GIVEN, SOURCE, LocalZone
from inconcert.normalise.written import TIMES, Written, written_in

_DAY_AND_MONTH = r"^\s*\d{1,2}[-/]\d{1,2}[-/]\d{4}"


class ImportTimes:
    """Feed it every batch in turn; what it says of one batch holds for all of the file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._zone = local_zone(reading)
        self._known = Written(zone=self._zone)
        self._whole = False

    def of(self, fields: pa.Table) -> Written:
        """How the times of this batch are to be read."""
        if self._whole:
            return self._known
        doubtful = _any_day_and_month(fields)
        if doubtful or self._may_be_days(fields):
            self._known |= written_in(fields, self._zone)
        if doubtful or self._known.dated - self._known.clocked:
            self._whole = True
            for batch in self._reading.only(TIMES).batches():
                self._known |= written_in(batch.fields, self._zone)
        return self._known

    def _may_be_days(self, fields: pa.Table) -> bool:
        """Whether times would be moved, and a column of the batch has shown no time of day yet."""
        moved = self._zone is not None and self._zone.name != "UTC"
        return moved and bool(set(TIMES).intersection(fields.column_names) - self._known.clocked)


def local_zone(reading: Reading) -> LocalZone | None:
    """The zone of a file's times that are written without one; None when nobody says."""
    if reading.zone is None:
        return None
    return LocalZone(reading.zone, GIVEN if reading.zone_given else SOURCE)


def _any_day_and_month(fields: pa.Table) -> bool:
    """Whether the batch has dates such as 3/4/2024."""
    return any(
        pc.any(pc.match_substring_regex(fields[name], _DAY_AND_MONTH)).as_py()
        for name in TIMES
        if name in fields.column_names
    )
