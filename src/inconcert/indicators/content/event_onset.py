"""Events and volume: do posts set in after dated events, sooner and more than at other dates and among other
accounts?"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.content.dated_events import Event, dated_events
from inconcert.indicators.content.onset_nearness import nearness
from inconcert.indicators.content.onsets import Onset, habit, onsets, spread
from inconcert.indicators.content.reactions import Reaction, Rises, reaction, rises_by_account
from inconcert.indicators.content.volume import CASE, DAY_US, Volume, volumes
from inconcert.indicators.content.volume_figure import volume_points
from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.facts import FACTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Reading, too_little

_LEAST_CONTROL = 5
"""Reactions of single control accounts to single events below which nothing is known of others."""

PEAKS = 200
"""Most events of which the peak is described; all of them are tested."""


@dataclass(frozen=True)
class _Line:
    """The case or a group, its volume, and the events that can be tested on it, each with its first bin and its
    bins."""

    group: str
    volume: Volume
    events: tuple[Event, ...]
    at: NDArray[np.int64]
    bins: NDArray[np.int64]

    @property
    def subject(self) -> tuple[str, str, str | None]:
        return ("case", "case", None) if self.group == CASE else ("group", self.group, self.group)

    @property
    def who(self) -> str:
        return "The case" if self.group == CASE else "The group"


@dataclass(frozen=True, kw_only=True)
class EventOnset(Indicator):
    """Onsets and reactions after dated events, against random dates and against control accounts.

    window_days: posts in so many days after an event are set beside as many before; a seventh of it by the hour in
    short cases.
    horizon_days: an onset later than this after an event is as good as none, and a peak is looked for so long.
    longest_event_days: events dated more coarsely are drawn, not tested.
    min_posts: posts below which a line is not measured.
    min_bins: days, or hours in short cases, below which random dates say nothing.
    resamples: draws of the interval of a peak.
    """

    window_days: int = 7
    horizon_days: int = 30
    longest_event_days: float = 7
    min_posts: int = 100
    min_bins: int = 60
    resamples: int = 999

    name: ClassVar[str] = "event-onset"
    id: ClassVar[str] = "D15"
    family: ClassVar[str] = "content"
    about: ClassVar[str] = (
        "Whether posts set in after dated events, sooner than by chance and more than among comparable accounts."
    )
    cites: ClassVar[str] = "ASPI 2023 (Gaming Public Opinion), figure 6; Jackson et al. 2005; methods.md 3.9"
    measures: ClassVar[Mapping[str, str]] = {
        "onset": "mean days from events to the next onset; all events moved together to every other date, and the "
        "reaction's p if larger",
        "reaction": "posts after events per post before; beyond the control's at all other dates, and accounts that "
        "posted more, or "
        "three times as much, against the control's: the larger p",
        "peak": "days from one event to the peak that follows; not tested",
    }
    needs: ClassVar[tuple[str, ...]] = ("events", "posts.time_us")
    minimum: ClassVar[str] = (
        "100 posts over 60 days, or over 60 hours, and one event with a week, or a day, of them on either side"
    )
    confounders: ClassVar[tuple[str, ...]] = (
        "interest in the news that the control does not share",
        "events that were chosen because something was posted then",
        "another event at the same time",
        "a collection that was made around the event",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0068",)
    figure: ClassVar[Figure] = Figure("histogram", "date (UTC)", "posts", time=True)

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Readings of the case, then of each group."""
        events = dated_events(facts)
        if not events:
            return []
        found: list[Reading] = []
        for group, volume in volumes(facts).items():
            line = self._line(group, volume, events)
            found += self._read(facts, line, events, rng)
        return found

    def _line(self, group: str, volume: Volume, events: Sequence[Event]) -> _Line:
        """The events that lie inside with a window on either side, and are dated finely enough."""
        window, n = self._window(volume), len(volume.counts)
        kept = []
        for event in events:
            at = (event.first_us - volume.start_us) // volume.bin_us
            bins = (event.last_us - 1 - volume.start_us) // volume.bin_us - at + 1
            short = event.last_us - event.first_us <= self.longest_event_days * DAY_US
            if window <= at and at + bins - 1 + window <= n and short:
                kept.append((event, at, bins))
        return _Line(
            group, volume, tuple(e for e, _, _ in kept), np.array([at for _, at, _ in kept], np.int64),
            np.array([bins for _, _, bins in kept], np.int64),
        )  # fmt: skip

    def _window(self, volume: Volume) -> int:
        """Bins set beside each other."""
        return max(1, round(self.window_days * (1 if volume.bin_us == DAY_US else 24 / 7)))

    def _read(self, facts: Facts, line: _Line, events: Sequence[Event], rng: np.random.Generator) -> list[Reading]:
        volume, n = line.volume, int(line.volume.counts.sum())
        lacking = None
        if n < self.min_posts or len(volume.counts) < self.min_bins:
            lacking = (
                f"{n} posts over {len(volume.counts)} {volume.unit}s; it needs {self.min_posts} over {self.min_bins}"
            )
        elif not line.events:
            lacking = (
                f"0 events that are dated to within {self.longest_event_days:g} days and lie inside the time of the "
                f"posts with {self._window(volume)} {volume.unit}s on either side"
            )
        if lacking:
            return [
                _short(line, measure, unit, lacking) for measure, unit in (("onset", "events"), ("reaction", "events"))
            ]
        usual = habit(volume.counts, volume.period)
        wide = spread(volume.counts, usual)
        reacted = reaction(volume, line.at, line.bins, self._window(volume), wide)
        p_reaction, control = self._tested(facts, line, reacted)
        readings = [self._onset(line, events, onsets(volume.counts, volume.period), p_reaction)]
        readings.append(_reading_of_reaction(line, reacted, p_reaction, control))
        for number in range(min(len(line.events), PEAKS)):
            readings.append(self._peak(line, number, reacted, usual, wide, rng))
        return readings

    def _tested(self, facts: Facts, line: _Line, reacted: Reaction) -> tuple[float | None, Rises]:
        """p of the reaction, and how the accounts of the control reacted. None without enough of a control.

        Random dates allow for the ups and downs of the volume; the accounts for a public that reacts to the news and
        for ordinary groups that do so more than others. Two degrees of rise are looked at and paid for.
        """
        window_us = self._window(line.volume) * line.volume.bin_us
        own, control = rises_by_account(facts, line.group, window_us, [event.event_id for event in line.events])
        if reacted.p_date is None or not own.active or control.active < _LEAST_CONTROL:
            return None, control
        p_rise = [
            enrichment(k, own.active, k_control, control.active).p_value
            for k, k_control in ((own.more, control.more), (own.threefold, control.threefold))
        ]
        return max(reacted.p_date, min(1.0, 2 * min(p_rise))), control

    def _onset(self, line: _Line, events: Sequence[Event], found: list[Onset], p_reaction: float | None) -> Reading:
        """How soon the next onset follows. Tested only beside a control: every public reacts to great events."""
        volume, n, m = line.volume, len(line.volume.counts), len(line.events)
        days = volume.bin_us / DAY_US
        horizon = round(self.horizon_days if volume.bin_us == DAY_US else self.horizon_days * 24 / 7)
        near = nearness(found, n, line.at, line.bins, horizon)
        says = (
            f"{line.who} has {len(found)} onset{'s' * (len(found) != 1)} of posting in {n} {volume.unit}s; the next "
            f"one comes a mean of {near.mean:z.1f} {volume.unit}s after {_events(m)} (95% interval {near.low:z.1f} to "
            f"{near.high:z.1f}; one more than {horizon} {volume.unit}s off counts as that), against {near.usual:z.1f} "
            f"after dates taken at random; {near.hits} of {n} shifts of the dates bring them as close."
        )
        p_value = None if p_reaction is None else max(near.hits / n, p_reaction)
        ratio = None if p_value is None else from_p(p_value)
        subject, subject_id, group_id = line.subject
        return Reading(
            measure="onset", subject=subject, subject_id=subject_id, group_id=group_id, n=m, unit="events",
            scale="days", value=near.mean * days, low=near.low * days, high=near.high * days, control=near.usual * days,
            n_control=n, p_value=p_value, lr=ratio.value if ratio else None, lr_low=ratio.low if ratio else None,
            lr_high=ratio.high if ratio else None, says=says, points=volume_points(volume, events),
        )  # fmt: skip

    def _peak(
        self,
        line: _Line,
        number: int,
        reacted: Reaction,
        usual: NDArray[np.float64],
        wide: float,
        rng: np.random.Generator,
    ) -> Reading:
        """When the posts after one event were most, with a parametric bootstrap of the counts."""
        volume, event, at = line.volume, line.events[number], int(line.at[number])
        end = min(len(volume.counts), at + int(line.bins[number]) + (14 if volume.bin_us == DAY_US else 48))
        # what follows the next event is its own, unless the two are too close to be told apart
        later = np.asarray(line.at)[np.asarray(line.at) - at >= self._window(volume)]
        end = min(end, int(later.min())) if len(later) else end
        seen, expected = volume.counts[at:end], usual[at:end]
        n, scale = int(seen.sum()), volume.bin_us / DAY_US
        if n < 10:
            return too_little(
                "peak", "event", event.event_id, n=n, unit="posts", scale="days", group_id=line.subject[2],
                lacking=f"{n} posts after the event; it needs 10",
            )  # fmt: skip
        peak = int(np.argmax(seen / expected))
        mean = np.maximum(seen, 0.5)
        rates = (
            rng.gamma(mean / max(wide - 1, 1e-6), max(wide - 1, 1e-6), (self.resamples, len(seen)))
            if wide > 1.01
            else mean
        )
        drawn = rng.poisson(rates, (self.resamples, len(seen)))
        low, high = np.quantile(np.argmax(drawn / expected, axis=1), [0.025, 0.975])
        before, after, control = reacted.before[number], reacted.after[number], reacted.control_ratio[number]
        says = (
            f"After '{event.title}' ({_day(event.first_us)}) the posts of {line.who.lower()} peaked {peak} "
            f"{volume.unit}{'s' * (peak != 1)} on (95% interval {min(low, peak):z.0f} to {max(high, peak):z.0f}); "
            f"{after} posts after it against {before} before, {reacted.ratio[number]:.1f} times as many"
            + (f" and {control:.1f} times in its control" if control is not None else "")
            + f"; {reacted.as_great[number]} of {len(volume.counts)} dates show as great a rise."
        )
        return Reading(
            measure="peak", subject="event", subject_id=event.event_id, group_id=line.subject[2], n=n, unit="posts",
            scale="days", value=peak * scale, low=min(low, peak) * scale, high=max(high, peak) * scale, says=says,
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """A group that posts four times as much in the weeks after nine events, and a control that does not care; 1,200
        days."""
        rng = np.random.default_rng(6)
        days, dates = 1_200, np.sort(rng.choice(np.arange(20, 1_180, 12), 9, replace=False))
        high = np.zeros(days)
        for date in dates:
            high[date : date + 6] = 1
        group = 1 + 5 * high
        return Example(example_tables(rng, {"g": np.outer(np.ones(10), group * 0.25), "": np.full((20, days), 0.25)},
        dates),
                       frozenset({("reaction", "g")}))  # fmt: skip


def example_tables(
    rng: np.random.Generator, rates: Mapping[str, NDArray[np.float64]], dates: NDArray[np.int64]
) -> dict[str, pa.Table]:
    """Tables of a world with one group. rates: g, and "" for its control: mean posts by account and day. dates: of
    events."""
    begun = 1_577_836_800_000_000
    account, time_us = [], []
    for group, rate in rates.items():
        counts = rng.poisson(rate)
        who, day = np.nonzero(counts)
        again = counts[who, day]
        account += [f"{group or 'c'}{number}" for number in np.repeat(who, again)]
        time_us += list(begun + np.repeat(day, again) * DAY_US + rng.integers(0, DAY_US, int(again.sum())))
    own = [f"g{number}" for number in range(len(rates["g"]))]
    others = [f"c{number}" for number in range(len(rates[""]))]
    n = len(account)
    posts = {
        "post_id": [f"p{number}" for number in range(n)], "account_id": account, "platform": ["twitter"] * n,
        "role": ["case"] * n,
        "kind": ["post"] * n, "time_us": time_us,
    }  # fmt: skip
    empty = {c.name: [None] * n for c in FACTS["posts"].columns}
    return {
        "posts": pa.Table.from_pydict(empty | posts, FACTS["posts"].arrow),
        "members": pa.table({"group_id": ["g"] * len(own), "account_id": own}),
        "controls": pa.table({"group_id": ["g"] * len(others), "account_id": others}),
        "events": pa.Table.from_pylist(
            [
                {
                    "event_id": f"e{number}", "title": f"event {number}", "first_us": begun + int(day) * DAY_US,
                    "last_us": begun + (int(day) + 1) * DAY_US, "precision": "day", "source": None, "note": None,
                    "import_id": "i",
                    "row_ref": number + 1,
                }
                for number, day in enumerate(dates)
            ],
            FACTS["events"].arrow,
        ),
    }  # fmt: skip


def _short(line: _Line, measure: str, unit: str, lacking: str) -> Reading:
    subject, subject_id, group_id = line.subject
    scale = "days" if measure == "onset" else "ratio"
    return too_little(
        measure, subject, subject_id, n=len(line.events), unit=unit, scale=scale, group_id=group_id, lacking=lacking
    )


def _reading_of_reaction(line: _Line, reacted: Reaction, p_value: float | None, control: Rises) -> Reading:
    if p_value is None:
        lacking = (
            f"accounts of its control were active {control.active} times about {_events(len(line.events))} and must be "
            f"{_LEAST_CONTROL} times; give control accounts, since every public reacts to great events"
        )
        return _short(line, "reaction", "events", lacking)
    ratio = from_p(p_value)
    beside = math.exp(reacted.mean_control)
    value, low, high = (math.exp(x) for x in (reacted.mean, reacted.low, reacted.high))
    says = (
        f"After {_events(len(line.events))} {line.who.lower()} posted {value:.2f} times as much as before (95% "
        f"interval {low:.2f} to {high:.2f}), its control {beside:.2f} times; at {reacted.hits} of "
        f"{len(line.volume.counts)} shifts of the dates the difference is as great."
    )
    subject, subject_id, group_id = line.subject
    return Reading(
        measure="reaction", subject=subject, subject_id=subject_id, group_id=group_id, n=len(line.events),
        unit="events", scale="ratio", value=value, low=low, high=high, control=beside, n_control=control.active,
        p_value=p_value, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says,
    )  # fmt: skip


def _events(n: int) -> str:
    return "the event" if n == 1 else f"the {n} events"


def _day(time_us: int) -> str:
    return f"{datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=time_us):%Y-%m-%d}"
