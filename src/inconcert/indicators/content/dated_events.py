"""Dated events: what happened, and between which moments."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.indicators.facts import Facts
from inconcert.normalise.dates import END_US, FIRST_US

_LONGEST = 80
_EVENTS = """
SELECT event_id, title, begin_us, end_us, precision, note
FROM (
  SELECT event_id, min(title) AS title, min(first_us) AS begin_us, max(last_us) AS end_us, min(precision) AS precision,
    min(note) AS note
  FROM events WHERE first_us >= :first_us AND first_us < :end_us AND last_us < :end_us AND last_us >= first_us
  GROUP BY event_id
) merged ORDER BY begin_us, end_us, event_id
"""


@dataclass(frozen=True)
class Event:
    """first_us, last_us: earliest moment and end of the latest. title: on one line, cut at 80 characters. note:
    whole."""

    event_id: str
    title: str
    first_us: int
    last_us: int
    precision: str
    note: str


def dated_events(facts: Facts) -> list[Event]:
    """The events between 1995 and 2100, in order of time; rows of one id are one event."""
    rows = facts.engine.sql(_EVENTS, {"first_us": FIRST_US, "end_us": END_US}).to_pylist()
    return [
        Event(
            row["event_id"], _one_line(row["title"] or row["event_id"]), row["begin_us"], max(row["end_us"],
            row["begin_us"] + 1),
            row["precision"] or "", row["note"] or "",
        )
        for row in rows
    ]  # fmt: skip


def _one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST]).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
