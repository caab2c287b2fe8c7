"""Trials of the work calendar: a year without any country's calendar, weekend or clock, beside one that keeps them."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.evaluate.indicators.working_year import WorkingYear
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.working_time.work_calendar import WorkCalendar

_ACCOUNTS = 8


def no_calendar(rng: np.random.Generator) -> Tables:
    """A year of news, moods, absences and a quieter weekend, in UTC+8 without China's holidays."""
    return _tables(WorkingYear(weekend=0.6), rng)


def chinese(effort: float, rng: np.random.Generator) -> Tables:
    """The same year by China's calendar, which that share of the posts ignores."""
    return _tables(WorkingYear(weekend=0.2, calendar="cn", ignoring=effort), rng)


def all_days_alike(rng: np.random.Generator) -> Tables:
    """People with favourite weekdays of their own, in which weekends are no different."""
    return _tables(WorkingYear(template="leisure"), rng)


def quiet_weekends(effort: float, rng: np.random.Generator) -> Tables:
    """On weekends a fifth of a weekday's posts, but for that share, which come on any day."""
    return _tables(WorkingYear(weekend=0.2, ignoring=effort), rng)


def no_clock_change(rng: np.random.Generator) -> Tables:
    """An office of UTC+3 the whole year."""
    return _tables(WorkingYear(weekend=0.3, zone="Etc/GMT-3", per_day=1.0), rng)


def berlin(effort: float, rng: np.random.Generator) -> Tables:
    """An office in Berlin; that share of its accounts work by a clock that is never changed."""
    stay = round(effort * _ACCOUNTS)
    group = WorkingYear(weekend=0.3, zone="Europe/Berlin", per_day=1.0).times_us(_ACCOUNTS - stay, "m", rng)
    others = WorkingYear(weekend=0.3, zone="Etc/GMT-1", per_day=1.0).times_us(stay, "n", rng)
    return staged({**group, **others}, {"g": [*group, *others]}, {})


def _tables(year: WorkingYear, rng: np.random.Generator) -> Tables:
    group = year.times_us(_ACCOUNTS, "m", rng)
    control = WorkingYear(template="leisure").times_us(_ACCOUNTS, "c", rng)
    return staged({**group, **control}, {"g": list(group)}, {"g": list(control)})


TRIALS = (
    Trial(
        indicator=WorkCalendar(),
        measures=("calendar", "holidays-cn", "working-weekends-cn"),
        ask="Eight accounts in UTC+8 through 2022, about 1,500 posts, with news, moods and absences.",
        clean=no_calendar,
        planted=chinese,
        efforts=(0.0, 0.25, 0.5, 0.75),
        effort="share of the posts that ignore China's calendar",
    ),
    Trial(
        indicator=WorkCalendar(),
        measures=("weekend",),
        ask="Eight accounts through 2022 with favourite weekdays of their own.",
        clean=all_days_alike,
        planted=quiet_weekends,
        efforts=(0.0, 0.25, 0.5, 0.75),
        effort="share of the posts that come on any day alike",
    ),
    Trial(
        indicator=WorkCalendar(),
        measures=("clock-change-eu",),
        ask="Eight accounts of one office through 2022, about 2,000 posts.",
        clean=no_clock_change,
        planted=berlin,
        efforts=(0.0, 0.25, 0.5, 0.75),
        effort="share of the accounts whose clocks are never changed",
    ),
)
