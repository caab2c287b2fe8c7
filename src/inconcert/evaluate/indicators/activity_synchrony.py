"""Activity synchrony on ordinary friends who hear the same news, and on a team that begins on calls."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.ordinary_people import (
    DAY_US,
    MINUTE_US,
    SECOND_US,
    START_US,
    activity,
    person,
    some_news,
)
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.activity.activity_synchrony import ActivitySynchrony
from inconcert.indicators.activity.staged_timelines import staged

CALLS_A_DAY = 2


def clean(rng: np.random.Generator) -> Tables:
    """A circle of 3 to 15 people of one zone among a control of two zones; news reach all of them."""
    return _world(rng, None)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The same, but the members also answer two calls a day, within `effort` minutes."""
    return _world(rng, effort)


def _world(rng: np.random.Generator, late_min: float | None) -> Tables:
    days = int(rng.integers(14, 60))
    members, controls = int(rng.integers(3, 16)), int(rng.integers(12, 40))
    news = some_news(days, rng)
    zone_h, other_h = (int(z) for z in rng.integers(-8, 10, 2))
    posts = activity(members + controls, rng.uniform(60, 200), rng)
    calls = START_US + np.repeat(np.arange(days), CALLS_A_DAY) * DAY_US
    calls += rng.integers(9 * 60, 17 * 60, len(calls)) * MINUTE_US - zone_h * 60 * MINUTE_US
    times = {}
    for a, n in enumerate(posts):
        zone = zone_h if a < members or rng.random() < 0.6 else other_h
        moments = person(days, int(n), zone, news, rng)
        if late_min is not None and a < members:
            heard = calls[rng.random(len(calls)) < 0.6]
            late = rng.exponential(late_min * 60 + 30, len(heard)) * SECOND_US
            moments = np.unique(np.concatenate([moments, heard + late.astype(np.int64)]))
        times[f"a{a}"] = moments
    names = list(times)
    return staged(times, {"g": names[:members]}, {"g": names[members:]})


TRIAL = Trial(
    indicator=ActivitySynchrony(),
    measures=("synchrony",),
    ask=(
        "Circles of 3 to 15 people of one zone, bursty, away for days, all reached by news every four days; planted: "
        "the members also answer 60 % of two calls a day, without a shared object."
    ),
    clean=clean,
    planted=planted,
    efforts=(0, 5, 15, 60, 240),
    effort="mean delay after the call, minutes",
)
