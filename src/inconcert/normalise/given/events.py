"""Dated events: a date may be a second, a day, a month, a year or a span of years, and stays as coarse as it was given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.dates import ASSUMED_UTC, NO_DATE, OUT_OF_RANGE, Stamp, read_date
from inconcert.normalise.given.sheet import MARK, ZONE, GivenSheet, ReadRows, Unread, cell
from inconcert.normalise.local_time import to_utc
from inconcert.normalise.times import NEVER

DAY_US = 86_400_000_000
_COARSE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_SPAN = re.compile(r"(\d{4})\s*(?:/|–|-|to)\s*(\d{4})")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


def read_span(value: str, zone: str | None = None) -> tuple[int, int, str] | str:
    """(first, end, precision) of a written date, microseconds, the end exclusive; or why there is none.

    zone: of times of day that are written without one, UTC unless given; days, months and years are those of UTC.
    """
    if both := _SPAN.fullmatch(value):
        first, last = int(both[1]), int(both[2])
        if 1900 <= first <= last < 2101:
            return _start(first, 1), _start(last + 1, 1), "year"
        return OUT_OF_RANGE
    if coarse := _COARSE.fullmatch(value):
        year, month = int(coarse[1]), int(coarse[2] or 0)
        if not 1900 <= year < 2101 or (coarse[2] and not 1 <= month <= 12):
            return OUT_OF_RANGE
        if month:
            return _start(year, month), _start(year + month // 12, month % 12 + 1), "month"
        return _start(year, 1), _start(year + 1, 1), "year"
    start, both_dates, end = value.partition("/")
    if both_dates and len(start) > 6 and "/" not in end:
        first_of, last_of = read_span(start.strip(), zone), read_span(end.strip(), zone)
        if not isinstance(first_of, str) and not isinstance(last_of, str) and first_of[0] < last_of[1]:
            return first_of[0], last_of[1], last_of[2]
    stamp = read_date(value, frozenset())
    if stamp.time_us is None:
        return stamp.reason or NO_DATE
    if clock := _CLOCK.search(value):
        moment = _there(stamp, zone)
        if isinstance(moment, str):
            return moment
        return (moment, moment + 1_000_000, "s") if clock[1] else (moment, moment + 60_000_000, "min")
    return stamp.time_us, stamp.time_us + DAY_US, "day"


def _there(stamp: Stamp, zone: str | None) -> int | str:
    """The moment of a time, in that zone if it is written without one; or why there is none."""
    if stamp.time_us is None or zone is None or stamp.zone != ASSUMED_UTC:
        return stamp.time_us if stamp.time_us is not None else NO_DATE
    moments, never, _ = to_utc(np.array([stamp.time_us], np.int64), zone)
    return NEVER.format(zone) if never[0] else int(moments[0])


def _start(year: int, month: int) -> int:
    since = datetime(year, month, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since.days * DAY_US


def event_rows(
    rows: Sequence[Mapping[str, Any]], mark: str = "", zone: str | None = None
) -> tuple[list[dict[str, Any]], list[Unread]]:
    """Rows of the table of those with a date; those without are set aside. rows: row_ref, event_id, title, date, source,
    note. mark: ends the ids of events that have none, so that those of two files differ.   zone: see `read_span`."""
    kept, unread = [], []
    for row in rows:
        read = read_span(row["date"], zone) if row["date"] else "no date"
        if isinstance(read, str):
            unread.append(Unread(row["row_ref"], "date", row["date"], read, True))
        elif not row["title"]:
            unread.append(Unread(row["row_ref"], "title", None, "an event without a title", True))
        else:
            first, last, precision = read
            kept.append({
                "event_id": row["event_id"] or f"E{row['row_ref']}{mark}", "title": row["title"], "first_us": first, "last_us": last,
                "precision": precision, "source": row["source"], "note": row["note"], "row_ref": row["row_ref"],
            })  # fmt: skip
    return kept, unread


def as_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table of that schema without import_id."""
    fields = [field for field in schema.table(name).arrow if field.name != "import_id"]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _read(fields: pa.Table, constants: Mapping[str, str]) -> ReadRows:
    """A file with a column `kind` may hold other things too: then only those of the kind event are read."""
    names = ("event_id", "title", "date", "source", "note")
    kinds = pc.utf8_lower(cell(fields, "kind", constants))
    if "kind" in fields.column_names:
        fields = fields.filter(pc.fill_null(pc.equal(kinds, "event"), True))
    columns = {name: cell(fields, name, constants).to_pylist() for name in names}
    rows = [
        {"row_ref": row_ref, **{name: columns[name][i] for name in names}}
        for i, row_ref in enumerate(fields["row_ref"].to_pylist())
    ]
    kept, unread = event_rows(rows, constants.get(MARK, ""), constants.get(ZONE))
    return ReadRows({"events": as_table("events", kept)}, tuple(unread))


EVENTS = GivenSheet(
    "events",
    {
        "event_id": ("event_id", "id"),
        "title": ("title", "event", "what", "gloss", "name", "description"),
        "kind": ("kind",),
        "date": ("date", "time", "when", "day", "created_at"),
        "source": ("source", "reference"),
        "note": ("note", "notes", "comment"),
    },
    (("title",), ("date",)),
    _read,
)
