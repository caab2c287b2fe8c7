"""Chronology: dated events, what was posted next and how much later, and dates that contradict each other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from inconcert.indicators.content.dated_events import Event, dated_events
from inconcert.indicators.content.onsets import onsets
from inconcert.indicators.content.volume import CASE, DAY_US, Volume, storyline_volumes, volumes
from inconcert.indicators.content.written_dates import Written, conflicts, days_apart
from inconcert.indicators.facts import FACTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, too_little

_HOUR_US = 3_600_000_000
_NAMED = 5
DRAWN = 500
"""Most events, and bursts, of one figure."""
"""Lags that one sentence names."""


@dataclass(frozen=True)
class _Mark:
    """Something that was posted: a first post, or the onset of a burst, between two moments.   begins: it is the first post of the
    data, which shows when the collection began and follows nothing."""

    what: str
    first_us: int
    last_us: int
    begins: bool = False

    def may_follow(self, event: Event) -> bool:
        """Whether it can have come after the earliest moment of the event."""
        return not self.begins and (self.last_us > event.first_us or self.first_us >= event.first_us)


@dataclass(frozen=True)
class _Line:
    """The case, a group or a storyline."""

    subject: str
    subject_id: str
    volume: Volume
    marks: tuple[_Mark, ...]

    @property
    def name(self) -> str:
        return "the case" if self.subject == "case" else f"{self.subject} {' '.join(self.subject_id.split())[:40]}"


@dataclass(frozen=True, kw_only=True)
class Chronology(Indicator):
    """A timeline of events and of what followed them; a description, which says nothing about chance.

    horizon_days: a burst that begins later than this after an event is not counted as following it.
    min_posts: posts of a group or storyline below which bursts are not looked for, only its first post.
    """

    horizon_days: int = 30
    min_posts: int = 30

    name: ClassVar[str] = "chronology"
    id: ClassVar[str] = "D15"
    family: ClassVar[str] = "none"
    about: ClassVar[str] = (
        "What was posted next after each dated event, how much later, and dates that contradict each other."
    )
    cites: ClassVar[str] = "ASPI 2023 (Gaming Public Opinion), case studies and figure 4"
    measures: ClassVar[Mapping[str, str]] = {
        "followed": "events after which a burst, or the first post, of the case, a group or a storyline came within "
        "30 days; the first post of all data follows nothing, since the collection began with it; not tested",
        "next": "days from the earliest moment of an event to the next burst or first post of any group or storyline; "
        "not tested, and not said of an event whose date is coarser than that",
        "date-conflict": "days between the date of an event and another one that its title or note gives; not tested",
    }
    needs: ClassVar[tuple[str, ...]] = ("events",)
    minimum: ClassVar[str] = "one dated event; a first post needs one post, bursts 30"
    confounders: ClassVar[tuple[str, ...]] = (
        "coincidence: something always follows",
        "a date in a note that belongs to another event",
        "posts before the collection began",
    )
    disarm: ClassVar[tuple[str, ...]] = ()
    figure: ClassVar[Figure] = Figure("strip", "date (UTC)", "what happened", time=True)

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Readings of the case, each group and each storyline, then of each event."""
        events = dated_events(facts)
        if not events:
            return []
        lines = self._lines(facts)
        found = [self._followed(line, events) for line in lines]
        for event in events:
            found += self._next(event, lines)
            found += _conflict(event)
        return found

    def _lines(self, facts: Facts) -> list[_Line]:
        found = [
            ("case", "case", volume) if group == CASE else ("group", group, volume)
            for group, volume in volumes(facts).items()
        ]
        found += [("storyline", storyline, volume) for storyline, volume in storyline_volumes(facts).items()]
        begun_us = min((volume.first_us for _, _, volume in found), default=0)
        return [_Line(subject, name, volume, self._marks(volume, begun_us)) for subject, name, volume in found]

    def _marks(self, volume: Volume, begun_us: int) -> tuple[_Mark, ...]:
        """First post and bursts, in order of time. begun_us: the first post of the data."""
        marks = [_Mark("first post", volume.first_us, volume.first_us, volume.first_us <= begun_us)]
        if volume.counts.sum() >= self.min_posts:
            for one in onsets(volume.counts, volume.period):
                first, last = (volume.start_us + at * volume.bin_us for at in (one.low, one.high + 1))
                marks.append(_Mark("burst", first, last))
        return tuple(sorted(marks, key=lambda mark: (mark.first_us, mark.last_us)))

    def _followed(self, line: _Line, events: Sequence[Event]) -> Reading:
        """How many events a burst of this line follows, with the timeline."""
        begun_us = min(line.volume.first_us, line.volume.start_us) - self.horizon_days * DAY_US
        inside = [e for e in events if e.last_us > begun_us and e.first_us < line.volume.end_us]
        after = {e.event_id: m for e in inside if (m := self._mark_after(e, line)) is not None}
        named = [
            f"'{e.title}' ({_date(e)}): {_lag(e, after[e.event_id])}" for e in inside if e.event_id in after
        ]  # fmt: skip
        bursts = sum(mark.what == "burst" for mark in line.marks)
        says = (
            f"{_capital(line.name)} has {bursts} burst{'s' * (bursts != 1)} of posting, and {len(after)} of the "
            f"{len(inside)} events in or shortly before its time {'is' if len(after) == 1 else 'are'} followed by one, "
            f"or by its first post, within {self.horizon_days} days"
            + (": " + "; ".join(named[:_NAMED]) + ("; and others" if len(named) > _NAMED else "") if named else "")
            + "."
        )
        return Reading(
            measure="followed", subject=line.subject, subject_id=line.subject_id,
            group_id=line.subject_id if line.subject == "group" else None, n=len(inside), unit="events", scale="count",
            value=float(len(after)), says=says, points=_points(line, inside, after),
        )  # fmt: skip

    def _mark_after(self, event: Event, line: _Line) -> _Mark | None:
        """The first burst or first post that can have come after the event, and began within the horizon of its end."""
        end_us = event.last_us + self.horizon_days * DAY_US
        return next((m for m in line.marks if m.may_follow(event) and m.first_us < end_us), None)

    def _next(self, event: Event, lines: Sequence[_Line]) -> list[Reading]:
        """What came next after one event, of all lines; nothing where nothing did."""
        following = []
        for line in lines:
            if (mark := next((m for m in line.marks if m.may_follow(event)), None)) is not None:
                following.append((mark, line))
        if not following:
            return []
        following.sort(
            key=lambda one: (max(one[0].first_us, event.first_us), one[0].last_us, one[1].subject, one[1].subject_id)
        )
        mark, first = following[0]
        named = [f"the {m.what} of {line.name} {_lag(event, m)}" for m, line in following[:_NAMED]]
        if _too_coarse(event, mark):
            lacking = (
                f"'{event.title}' is dated {_date(event)}, and the {mark.what} of {first.name} falls within that; it needs a "
                "closer date"
            )
            return [
                too_little(
                    "next", "event", event.event_id, n=len(following), unit="lines", scale="days", lacking=lacking
                )
            ]
        value, low, high = _days(event, mark)
        return [
            Reading(
                measure="next", subject="event", subject_id=event.event_id, n=len(following), unit="lines",
                scale="days",
                value=value, low=low, high=high,
                says=f"After '{event.title}' ({_date(event)}) came {', '.join(named)}.",
            )
        ]  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """A group that begins on the day after an event whose note gives another year, a month after somebody else."""
        begun_us = 1_645_574_400_000_000
        posts = [
            {"post_id": f"p{n}", "account_id": f"m{n % 3}" if n else "other", "platform": "twitter", "role": "case",
             "kind": "post", "time_us": begun_us + (DAY_US + n * DAY_US // 3 if n else -30 * DAY_US), **dict.fromkeys(
                 c.name for c in FACTS["posts"].columns if c.nullable and c.name != "time_us")}
            for n in range(120)
        ]  # fmt: skip
        event = {
            "event_id": "e1", "title": "report published", "first_us": begun_us, "last_us": begun_us + DAY_US,
            "precision": "day",
            "source": None, "note": "another source says 24 February 2021", "import_id": "i", "row_ref": 1,
        }  # fmt: skip
        tables = {
            "posts": pa.Table.from_pylist(posts, FACTS["posts"].arrow),
            "members": pa.table({"group_id": ["g"] * 3, "account_id": ["m0", "m1", "m2"]}),
            "events": pa.Table.from_pylist([event], FACTS["events"].arrow),
        }
        return Example(tables, frozenset())


def _conflict(event: Event) -> list[Reading]:
    """The dates in title and note that the event's own date cannot be, as one reading, however many they are."""
    found: list[tuple[str, Written]] = list(conflicts(event))
    if not found:
        return []
    apart = [days_apart(event, date) for _, date in found]
    others = "; ".join(
        f"its {place} says '{date.as_written}' ({days:,} days apart)"
        for (place, date), days in zip(found, apart, strict=True)
    )
    points = [Point("date given", float(event.first_us), x_end=float(event.last_us), label=event.title)]
    for place, date in found:
        first, last = (_time_us(day) for day in (date.first, date.last + datetime.timedelta(days=1)))
        points.append(Point(f"date in its {place}", float(first), x_end=float(last), label=date.as_written))
    return [
        Reading(
            measure="date-conflict", subject="event", subject_id=event.event_id, n=len(found), unit="dates",
            scale="days",
            value=float(max(apart)), points=tuple(points),
            says=f"The event '{event.title}' is dated {_date(event)}, but {others}; both are shown, and which is "
            f"right has to be looked up.",
        )
    ]  # fmt: skip


def _points(line: _Line, events: Sequence[Event], after: Mapping[str, _Mark]) -> tuple[Point, ...]:
    """Lanes: events as spans; the first post; bursts, each over the time in which it may have begun, with its lag."""
    points = [Point("events", float(e.first_us), x_end=float(e.last_us), label=e.title) for e in events[:DRAWN]]
    lags: dict[_Mark, str] = {}
    for event in events:
        if event.event_id in after:
            lags[after[event.event_id]] = _lag(event, after[event.event_id])  # the last event before it is the nearest
    for mark in line.marks[:DRAWN]:
        label = lags.get(mark, mark.what)
        points.append(Point(f"{mark.what}s" if mark.what == "burst" else mark.what, float(mark.first_us),
                            x_end=float(mark.last_us) if mark.last_us > mark.first_us else None,
                            label=label))  # fmt: skip
    return tuple(points)


def _days(event: Event, mark: _Mark) -> tuple[float, float, float]:
    """Days from the earliest moment of the event to the mark; at least, and at most, as far as both are known."""
    low = max(0, mark.first_us - event.last_us)
    value, high = max(0, mark.first_us - event.first_us), max(0, mark.last_us - event.first_us)
    return value / DAY_US, min(low, value) / DAY_US, max(high, value) / DAY_US


def _too_coarse(event: Event, mark: _Mark) -> bool:
    """Whether the mark falls within a date of more than a day: no lag can be told then."""
    return event.last_us - event.first_us > DAY_US and mark.first_us < event.last_us


def _lag(event: Event, mark: _Mark) -> str:
    """In words: `2.5 days later` or `30 hours later`, or a range where event or burst are only known to lie in a span."""
    if _too_coarse(event, mark):
        return "within the time it is dated to"
    value, low, high = _days(event, mark)
    unit, places, each = ("hours", 0, DAY_US // _HOUR_US) if high <= 2 else ("days", 1, 1)
    least, most = (f"{each * end:z.{places}f}" for end in (low, high))
    if least == most:
        return "less than an hour later" if most == "0" else f"{each * value:.{places}f} {unit} later"
    return f"{least} to {most} {unit} later" if float(least) else f"up to {most} {unit} later"


def _date(event: Event) -> str:
    """The date as precisely as it is given."""
    first, last = (_moment(at) for at in (event.first_us, event.last_us - 1))
    if event.precision in ("year", "month"):
        form = "%Y" if event.precision == "year" else "%Y-%m"
        return _range(first.strftime(form), last.strftime(form))
    if event.precision == "day":
        return _range(first.strftime("%Y-%m-%d"), last.strftime("%Y-%m-%d"))
    return first.strftime("%Y-%m-%d %H:%M UTC")


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _moment(time_us: int) -> datetime.datetime:
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=time_us)


def _time_us(day: datetime.date) -> int:
    return (day - datetime.date(1970, 1, 1)).days * DAY_US


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
