"""Dated events on a timeline: a dashed line where a short one begins, a light band above the plot where one lasts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from inconcert.report.chart_look import INK, RULE, WIDTH
from inconcert.report.events import Event
from inconcert.report.timeline import Axis

_NUMBER_ROWS = 3
_ROW, _BAND = 20, 16
"""Distance of rows above the plot, and height of a band in one."""

PER_CHARACTER = 11.5
"""Width of a letter, of 640, on a telephone, where letters are largest."""


@dataclass(frozen=True)
class Mark:
    """What is drawn of one event.   first, last: milliseconds, last as first for a line.   at: of its text, which begins or, where
    `align` is right, ends there.   row: from the plot up."""

    first: int
    last: int
    at: int
    align: Literal["left", "right"]
    text: str
    row: int


def event_marks(events: Sequence[Event], along: Axis, height: int) -> list[alt.Chart]:
    """Lines with their numbers above the plot of that height, in up to three rows; and over these bands of events that last longer
    than a bin, with numbers and titles as long as there is room."""
    unit = along.unit_us
    lasting = [e for e in events if min(e.last_us, along.end_us) - max(e.first_us, along.start_us) > unit]
    lines = numbered([e for e in events if e not in lasting], along)
    bands = labelled(lasting, along, max((line.row + 1 for line in lines), default=0))
    time = alt.Scale(type="utc", domain=[along.start_us // 1000, along.end_us // 1000], nice=False)
    drawn = []
    if lines:
        base = alt.Chart(alt.InlineData(values=[{"t": line.first} for line in lines]))
        x = alt.X("t:T", title=None, scale=time)
        drawn.append(
            base.mark_rule(color=INK, strokeDash=[3, 3], strokeWidth=1.2).encode(
                x=x, y=alt.value(0), y2=alt.value(height)
            )
        )
    for row in sorted({band.row for band in bands}):
        top = -4 - _ROW * row - _BAND
        base = alt.Chart(alt.InlineData(values=[{"t": b.first, "e": b.last} for b in bands if b.row == row])).mark_rect(
            color=RULE
        )
        x = alt.X("t:T", title=None, scale=time)
        drawn.append(base.encode(x=x, x2="e:T", y=alt.value(top), y2=alt.value(top + _BAND)))
    for mark in (*lines, *bands):
        text = alt.Chart(alt.InlineData(values=[{"t": mark.at, "w": mark.text}])).mark_text(
            align=mark.align, baseline="middle", dx={"left": 2, "right": -2}[mark.align], fontSize=12, fontWeight="bold", color=INK,
        )  # fmt: skip
        x = alt.X("t:T", title=None, scale=time)
        drawn.append(text.encode(x=x, y=alt.value(-4 - _ROW * mark.row - _BAND / 2), text="w:N"))
    return drawn


def numbered(events: Sequence[Event], along: Axis) -> list[Mark]:
    """Lines with the numbers of events, those that would meet in rows above one another, as far as there are rows."""
    free = [-1.0] * _NUMBER_ROWS
    marks = []
    for event in events:
        first = max(event.first_us, along.start_us)
        at, room = _place(first, along), PER_CHARACTER * len(event.number) + 4
        align: Literal["left", "right"] = "left" if at + room <= WIDTH else "right"
        begins = at if align == "left" else at - room
        row = next((i for i, taken in enumerate(free) if begins > taken), free.index(min(free)))
        free[row] = begins + room
        marks.append(Mark(first // 1000, first // 1000, first // 1000, align, event.number, row))
    return marks


def labelled(events: Sequence[Event], along: Axis, lowest: int) -> list[Mark]:
    """Each in the lowest row in which neither its band nor its label meets another."""
    taken: list[list[tuple[float, float]]] = []
    marks = []
    for event in events:
        first, last = max(event.first_us, along.start_us), min(event.last_us, along.end_us)
        begins, ends = _place(first, along), _place(last, along)
        align: Literal["left", "right"] = "left" if WIDTH - begins >= ends else "right"
        room = WIDTH - begins if align == "left" else ends
        text = _cut(f"{event.number} {event.title}", room)
        long = length(text)
        reach = (begins, max(ends, begins + long)) if align == "left" else (min(begins, ends - long), ends)
        row = next(
            (i for i, its in enumerate(taken) if all(reach[0] >= b or reach[1] <= a for a, b in its)), len(taken)
        )
        taken += [[]] if row == len(taken) else []
        taken[row].append(reach)
        at = first if align == "left" else last
        marks.append(Mark(first // 1000, last // 1000, at // 1000, align, text, lowest + row))
    return marks


def length(text: str) -> float:
    """What a text takes of the width of 640, where letters are largest; Chinese, Japanese and Korean ones are twice as wide."""
    return PER_CHARACTER * sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, room: float) -> str:
    """As much of a text as there is room for, in whole words where they leave most of it; its first word at least."""
    if length(text) <= room:
        return text
    most = max(n for n in range(len(text)) if n == 0 or length(text[:n]) + PER_CHARACTER <= room)
    whole = text[:most].rpartition(" ")[0]
    kept = whole if len(whole) > most / 2 else text[:most]
    first = text.partition(" ")[0]
    return f"{kept}…" if len(kept) > len(first) else first


def _place(time_us: int, along: Axis) -> float:
    return (time_us - along.start_us) / (along.end_us - along.start_us) * WIDTH
