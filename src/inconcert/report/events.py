"""Dated events that an investigator brought along: numbered, listed under the timeline, and drawn on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.report import words
from inconcert.report.hostile_text import one_line
from inconcert.report.timeline import DAY_US, Axis

GIVEN = "given"
"""Role of the imports that hold them."""

SHOWN_AT_MOST, TITLE_AT_MOST = 20, 120
_YEAR_1_US, _YEARS_US = -62_135_596_800_000_000, 315_537_897_600_000_000
"""The years 1 to 9999; an event that lies in none of them has no date that can be written."""


@dataclass(frozen=True)
class Event:
    """One event.   number: E1, the earliest.   when: its date, no finer than its source gives it."""

    number: str
    title: str
    first_us: int
    last_us: int
    when: str


@dataclass(frozen=True)
class Events:
    """Those of the case by time, and how many lie outside what a report shows."""

    all: tuple[Event, ...]

    def masked(self, mask: Callable[[str], str]) -> Events:
        """The same, accounts in their titles under the names the report gives them."""
        return Events(tuple(replace(e, title=one_line(mask(e.title), TITLE_AT_MOST)) for e in self.all))

    def within(self, along: Axis) -> tuple[Event, ...]:
        """Those that touch that stretch of time, the first SHOWN_AT_MOST."""
        return self._touching(along)[:SHOWN_AT_MOST]

    def left_out(self, along: Axis) -> int:
        """How many more touch it."""
        return len(self._touching(along)[SHOWN_AT_MOST:])

    def _touching(self, along: Axis) -> tuple[Event, ...]:
        return tuple(e for e in self.all if e.last_us > along.start_us and e.first_us < along.end_us)


def events(case: Case) -> Events:
    """The events given to the case; an event given twice counts once."""
    parts = [pq.read_table(file) for file in case.parts("events", GIVEN)]
    rows = pa.concat_tables(parts).to_pylist() if parts else []
    known = {(row["first_us"], row["last_us"], row["title"]): row for row in rows}
    ordered = [known[key] for key in sorted(known) if 0 <= key[0] - _YEAR_1_US < _YEARS_US > key[1] - _YEAR_1_US]
    return Events(
        tuple(
            Event(
                f"E{n}",
                one_line(row["title"], TITLE_AT_MOST),
                row["first_us"],
                max(row["last_us"], row["first_us"] + 1),
                when(row["first_us"], row["last_us"], row["precision"]),
            )
            for n, row in enumerate(ordered, 1)
        )
    )


def when(first_us: int, last_us: int, precision: str) -> str:
    """The date of an event: `3 May 2024`, `May 2024`, `2024`, `2024-05-03 14:02`."""
    if precision in ("s", "min"):
        return words.moment(first_us, precision) + " UTC"
    if precision == "day" and last_us - first_us > DAY_US:
        return words.period(first_us, last_us - 1)
    return words.day(first_us).split(" ", {"day": 0, "month": 1, "year": 2}.get(precision, 0))[-1]
