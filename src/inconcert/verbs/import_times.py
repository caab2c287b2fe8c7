"""How the times of a file are written, found out while it is read; the whole file is asked only when a batch leaves it open."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.ingest.reading import Reading
from inconcert.normalise.dates import DAY_FIRST, MONTH_FIRST
from inconcert.normalise.local_time import GIVEN, SOURCE, LocalZone
from inconcert.normalise.written import TIMES, Written, written_in

_DAY_AND_MONTH = r"^\s*\d{1,2}[-/]\d{1,2}[-/]\d{4}"
_TWO_NUMBERS = r"^\s*(?P<first>\d{1,2})[-/](?P<second>\d{1,2})[-/]\d{4}"


class ImportTimes:
    """Feed it every batch in turn; what it says of one batch holds for all of the file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._zone = local_zone(reading)
        self._said = None if reading.day_first is None else DAY_FIRST if reading.day_first else MONTH_FIRST
        self._known = Written(zone=self._zone, said=self._said)
        self._whole = False
        self._either = 0

    def of(self, fields: pa.Table) -> Written:
        """How the times of this batch are to be read."""
        if self._said is not None:
            self._either += _either_order(fields)
        if self._whole:
            return self._known
        doubtful = _any_day_and_month(fields)
        if doubtful or self._may_be_days(fields):
            self._known |= written_in(fields, self._zone, self._said)
        if doubtful or self._known.dated - self._known.clocked:
            self._whole = True
            for batch in self._reading.only(TIMES).batches():
                self._known |= written_in(batch.fields, self._zone, self._said)
        return self._known

    def notes(self) -> list[str]:
        """A sentence on the dates that were read in the order that the user said, and on those that contradict it."""
        if self._said is None:
            return []
        told = f"{self._either:,} dates such as 3/4/2024 could have the day or the month first; they were read with the {self._said}, as you said."
        other = MONTH_FIRST if self._said == DAY_FIRST else DAY_FIRST
        if any(other in proven for proven in self._known.orders.values()):
            told += f" Other dates of the file can only have the {other}: look whether the order is right."
        return [told]

    def _may_be_days(self, fields: pa.Table) -> bool:
        """Whether times would be moved, and a column of the batch has shown no time of day yet."""
        moved = self._zone is not None and self._zone.name != "UTC"
        return moved and bool(set(TIMES).intersection(fields.column_names) - self._known.clocked)


def local_zone(reading: Reading) -> LocalZone | None:
    """The zone of a file's times that are written without one; None when nobody says."""
    if reading.zone is None:
        return None
    return LocalZone(reading.zone, GIVEN if reading.zone_given else SOURCE)


def _either_order(fields: pa.Table) -> int:
    """How many times of posts have a day and a month that could change places."""
    if "created_at" not in fields.column_names:
        return 0
    parts = pc.extract_regex(fields["created_at"].combine_chunks(), _TWO_NUMBERS)
    first, second = (pc.cast(pc.struct_field(parts, name), pa.int8()) for name in ("first", "second"))
    either = pc.and_(pc.and_(pc.less_equal(first, 12), pc.less_equal(second, 12)), pc.not_equal(first, second))
    return int(pc.sum(either).as_py() or 0)


def _any_day_and_month(fields: pa.Table) -> bool:
    """Whether the batch has dates such as 3/4/2024."""
    return any(
        pc.any(pc.match_substring_regex(fields[name], _DAY_AND_MONTH)).as_py()
        for name in TIMES
        if name in fields.column_names
    )
