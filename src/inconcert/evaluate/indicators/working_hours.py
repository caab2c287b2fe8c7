"""Trials of working hours: crowds of all zones beside one office, and people without a lunch break beside people with one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.evaluate.indicators.working_day import WorkingDay, times_us
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES, without_lunch
from inconcert.indicators.working_time.working_hours import WorkingHours

_OFFICE, _LEISURE = TEMPLATES.index("office"), TEMPLATES.index("leisure")
_DAYS, _ACCOUNTS, _POSTS = 42, 15, 400


def crowd(rng: np.random.Generator) -> Tables:
    """People of all zones, each with hours of their own, and five events that a third of them react to."""
    people = WorkingDay(shares=SHARES[_LEISURE], own_kappa=20.0, habit_h=1.0, events=5)
    return _tables(people, rng.integers(-48, 48, _ACCOUNTS), rng)


def office(effort: float, rng: np.random.Generator) -> Tables:
    """An office in UTC+8 whose staff post that share at any hour of the day."""
    shares = (1 - effort) * SHARES[_OFFICE] + effort / 24
    staff = WorkingDay(shares=shares, own_kappa=20.0, habit_h=0.5, free_days=(5, 6), events=5)
    return _tables(staff, np.full(_ACCOUNTS, 32), rng)


def desks(rng: np.random.Generator) -> Tables:
    """An office in one zone without a lunch break, of people with habits of their own, and with news."""
    return _office(without_lunch()[_OFFICE], rng)


def lunches(effort: float, rng: np.random.Generator) -> Tables:
    """The same office with the break of the template, which that share of the posts ignores."""
    return _office((1 - effort) * SHARES[_OFFICE] + effort * without_lunch()[_OFFICE], rng)


def _office(shares: NDArray[np.float64], rng: np.random.Generator) -> Tables:
    staff = WorkingDay(shares=shares, kappa=np.inf, own_kappa=40.0, habit_h=0.5, free_days=(5, 6), events=5)
    return _tables(staff, np.full(25, rng.integers(-32, 39)), rng, 1_200)


def _tables(day: WorkingDay, zones: NDArray[np.int64], rng: np.random.Generator, posts: int = _POSTS) -> Tables:
    group = times_us(day.acts(posts, zones, _DAYS, rng), "m")
    everybody = WorkingDay(shares=SHARES[_LEISURE], own_kappa=20.0, habit_h=1.0)
    control = times_us(everybody.acts(_POSTS, rng.integers(-48, 48, 2 * _ACCOUNTS), _DAYS, rng), "c")
    return staged({**group, **control}, {"g": list(group)}, {"g": list(control)})


TRIALS = (
    Trial(
        indicator=WorkingHours(),
        measures=("rhythm",),
        ask="A crowd of all zones, with news that moves it; or fifteen people of one office, 400 posts in six weeks.",
        clean=crowd,
        planted=office,
        efforts=(0.0, 0.25, 0.5, 0.75),
        effort="share of the office's posts at any hour of the day",
    ),
    Trial(
        indicator=WorkingHours(),
        measures=("lunch-gap",),
        ask="Twenty-five people of one office, 1,200 posts in six weeks, without a lunch break or with one.",
        clean=desks,
        planted=lunches,
        efforts=(0.0, 0.25, 0.5, 0.75),
        effort="share of the posts that ignore the break",
    ),
)
