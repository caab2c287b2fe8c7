"""Hours of the day at which the accounts of a group were made, beside those of its control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from inconcert.indicators.evidence import from_p
from inconcert.indicators.facts import Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.profiles.creation_times import DAY_US, HOUR_US, creation_times
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.group_profiles import GroupProfiles, group_profiles
from inconcert.indicators.profiles.hours_of_day import Hours, compare_hours, shortest_arc
from inconcert.indicators.profiles.ordinary_groups import KIN
from inconcert.indicators.reading import Point, Reading, Witness, too_little

_WITNESSES = 20
_RESAMPLED = 999


@dataclass(frozen=True, kw_only=True)
class CreationHours(Indicator):
    """Creation hours.

    share: part of the accounts that the shortest stretch of the day must hold.
    offsets_h: offsets from UTC in which sentences tell the hours too.
    min_days: different days on which members were made that a group needs.
    min_control_days: the same of its control.
    kin: how much ordinary members keep company: intraclass correlation of the hours at which they signed up.
    draws: ordinary groups that are drawn for the p-values.
    alpha: largest p-value of a reading that names accounts.
    """

    share: float = 0.95
    offsets_h: tuple[float, ...] = (8.0,)
    min_days: int = 20
    min_control_days: int = 30
    kin: float = KIN
    draws: int = 9_999
    alpha: float = 0.01

    name: ClassVar[str] = "creation-hours"
    id: ClassVar[str] = "D10"
    family: ClassVar[str] = "place"
    about: ClassVar[str] = (
        "Whether the accounts of a group were made at other hours of the day than those of its control"
    )
    cites: ClassVar[str] = (
        "Kuiper 1960 (two circular samples); ISD and ASD 2020 (registrations from 10:00 to 22:00 in Beijing)"
    )
    measures: ClassVar[dict[str, str]] = {
        "creation-hours": "share of the group made in the hours where it differs most from the control, its excess against that of "
        "groups drawn from both together, some of whose members keep each other's hours",
        "creation-window": "hours of the day in a row that hold 95% of the accounts, against such groups",
    }
    needs: ClassVar[tuple[str, ...]] = ("members", "controls", "accounts.created_us")
    minimum: ClassVar[str] = "members made on 20 different days and control accounts on 30, with the hour"
    confounders: ClassVar[tuple[str, ...]] = (
        "people of one country, its neighbours or its diaspora, who share a zone and its nights",
        "a control that was matched on language or topic and not on country",
        "a workplace, a school or a club that meets at fixed hours",
    )
    disarm: ClassVar[tuple[str, ...]] = ()
    figure: ClassVar[Figure] = Figure("histogram", "hour of the day, UTC", "accounts")

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """Two readings a group. Of accounts made on one day a single one counts, drawn at random: they are one occasion."""
        seed = int(rng.integers(1 << 62))
        return [
            reading
            for group in group_profiles(facts)
            for reading in self._of(group, np.random.default_rng(seed))
        ]  # fmt: skip

    def _of(self, group: GroupProfiles, rng: np.random.Generator) -> list[Reading]:
        made = creation_times([*group.members, *group.control])
        own_us, control_us = np.split(made.time_us, [len(group.members)])
        own, control = _one_a_day(own_us, rng), _one_a_day(control_us, rng)
        lacking = None
        if made.precision_us > HOUR_US:
            lacking = (
                "creation dates without their hour; it needs the hour: import profiles as the platform exports them"
            )
        elif len(own) < self.min_days or len(control) < self.min_control_days:
            lacking = (
                f"members made on {len(own)} days and control accounts on {len(control)}; it needs {self.min_days} and "
                f"{self.min_control_days}: import profiles, or give a control"
            )
        if lacking is not None:
            scales = (("creation-hours", "share"), ("creation-window", "hours"))
            return [
                too_little(
                    measure, "group", group.group_id, group_id=group.group_id, n=len(own), unit="days", scale=scale, lacking=lacking
                )
                for measure, scale in scales
            ]  # fmt: skip
        found = compare_hours(own, control, share=self.share, kin=self.kin, draws=self.draws, rng=rng)
        return [self._excess(group, found, own, control, own_us), self._window(group, found, own, control, rng)]

    def _excess(
        self,
        group: GroupProfiles,
        found: Hours,
        own: NDArray[np.float64],
        control: NDArray[np.float64],
        own_us: NDArray[np.int64],
    ) -> Reading:
        inside, there = _within(own, found), _within(control, found)
        low, high = _difference(inside, len(own), there, len(control))
        interval = binomtest(inside, len(own)).proportion_ci(0.95, method="wilson")
        ratio = from_p(found.p_excess)
        says = (
            f"Between {_clock(found.begin_h, found.end_h, self.offsets_h)}, where they differ most, {inside / len(own):.0%} of the "
            f"accounts of the group and {there / len(control):.0%} of those of its control were made, a difference of "
            f"{100 * found.excess:.0f} points (95% interval {100 * low:z.0f} to {100 * high:z.0f}, one account a day: {len(own)} and "
            f"{len(control)} days; p = {found.p_excess:.2g})."
        )  # fmt: skip
        return Reading(
            measure="creation-hours", subject="group", subject_id=group.group_id, group_id=group.group_id,
            n=len(own), unit="days", scale="share",
            value=inside / len(own), low=float(interval.low), high=float(interval.high),
            control=there / len(control), n_control=len(control),
            p_value=found.p_excess, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says,
            points=_points(own, control, found.begin_h, found.end_h),
            witnesses=_witnesses(group, own_us, found) if found.p_excess <= self.alpha else (),
        )  # fmt: skip

    def _window(
        self,
        group: GroupProfiles,
        found: Hours,
        own: NDArray[np.float64],
        control: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Reading:
        again = [shortest_arc(np.sort(rng.choice(own, len(own))), self.share)[0] for _ in range(_RESAMPLED)]
        # resampled hours repeat, so that their arcs are a little short: the interval holds the measured one
        low, high = np.quantile(again, [0.025, 0.975])
        low, high = min(float(low), found.arc_h), max(float(high), found.arc_h)
        ratio = from_p(found.p_arc)
        end = (found.arc_begin_h + found.arc_h) % 24
        says = (
            f"{self.share:.0%} of the accounts of the group were made within {found.arc_h:.1f} hours of the day (95% interval "
            f"{low:.1f} to {high:.1f}), between {_clock(found.arc_begin_h, end, self.offsets_h)}; of its control as many within "
            f"{found.arc_control_h:.1f} hours (one account a day: {len(own)} and {len(control)} days; p = {found.p_arc:.2g})."
        )
        return Reading(
            measure="creation-window", subject="group", subject_id=group.group_id, group_id=group.group_id,
            n=len(own), unit="days", scale="hours",
            value=found.arc_h, low=low, high=high,
            control=found.arc_control_h, n_control=len(control),
            p_value=found.p_arc, lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high, says=says,
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Sixty accounts made from 02:00 to 14:00 UTC, which is 10:00 to 22:00 in Beijing, beside 150 of all hours."""
        drawn = np.random.default_rng(2)
        hour = np.concatenate([drawn.uniform(2, 14, 60), drawn.normal(15, 5, 150) % 24])
        day = np.concatenate([drawn.permutation(900)[:60], drawn.permutation(900)[:150]])
        rows = [{"created_us": int((17_000 + d) * DAY_US + h * HOUR_US)} for d, h in zip(day, hour, strict=True)]
        return Example(
            tables=example_profiles(rows[:60], rows[60:]),
            found=frozenset({("creation-hours", "g1")}),
        )


def _one_a_day(time_us: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Hours of one account, drawn at random, of every UTC day on which any was made."""
    known = np.sort(time_us[time_us >= 0])
    mixed = rng.permutation(known)
    _, first = np.unique(mixed // DAY_US, return_index=True)
    return np.asarray((mixed[first] % DAY_US) / HOUR_US, dtype=np.float64)


def _within(hours: NDArray[np.float64], found: Hours) -> int:
    span = (found.end_h - found.begin_h) % 24
    past = (hours - found.begin_h) % 24
    return int(((past > 0) & (past <= span)).sum())


def _difference(k: int, n: int, k_control: int, n_control: int) -> tuple[float, float]:
    """95% interval of a difference of shares (Agresti and Caffo 2000)."""
    a, b = (k + 1) / (n + 2), (k_control + 1) / (n_control + 2)
    error = 1.96 * float(np.sqrt(a * (1 - a) / (n + 2) + b * (1 - b) / (n_control + 2)))
    return max(-1.0, a - b - error), min(1.0, a - b + error)


def _clock(begin_h: float, end_h: float, offsets_h: tuple[float, ...]) -> str:
    told = [f"{_time(begin_h)} and {_time(end_h)} UTC"]
    told += [f"{_time(begin_h + o)} and {_time(end_h + o)} at UTC{_time_offset(o)}" for o in offsets_h if o]
    return told[0] if len(told) == 1 else f"{told[0]} ({'; '.join(told[1:])})"


def _time(hour: float) -> str:
    minutes = round(hour % 24 * 60) % 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _time_offset(offset_h: float) -> str:
    minutes = round(abs(offset_h) * 60)
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"{'+' if offset_h > 0 else '−'}{minutes // 60}{rest}"


def _points(own: NDArray[np.float64], control: NDArray[np.float64], begin: float, end: float) -> tuple[Point, ...]:
    """24 bars, the control scaled to the group's size; a stretch over midnight is two spans."""
    bars = [
        Point(layer=layer, x=float(h), x_end=float(h + 1), y=float(y))
        for layer, heights in (
            ("observed", np.histogram(own, 24, (0, 24))[0]),
            ("control", np.histogram(control, 24, (0, 24))[0] * (len(own) / len(control))),
        )
        for h, y in enumerate(heights)
    ]
    spans = [(begin, end)] if begin <= end else [(begin, 24.0), (0.0, end)]
    label = f"{_time(begin)} to {_time(end)}"
    return (*bars, *(Point(layer="found", x=x, x_end=x_end, label=label) for x, x_end in spans if x < x_end))


def _witnesses(group: GroupProfiles, own_us: NDArray[np.int64], found: Hours) -> tuple[Witness, ...]:
    """Members made in the stretch, the earliest first."""
    inside = sorted(
        (int(t), member.account_id)
        for t, member in zip(own_us, group.members, strict=True)
        if t >= 0 and _within(np.array([t % DAY_US / HOUR_US]), found)
    )
    return tuple(
        Witness(account, None, f"made at {_time(t % DAY_US / HOUR_US)} UTC") for t, account in inside[:_WITNESSES]
    )
