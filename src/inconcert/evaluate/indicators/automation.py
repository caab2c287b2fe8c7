"""Automation among bursty people who keep hours and hear the news, and accounts on timers with more and more
disguise."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.ordinary_people import (
    DAY_US,
    MINUTE_US,
    SECOND_US,
    START_US,
    Ints,
    activity,
    person,
    some_news,
)
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.activity.automation import Automation
from inconcert.indicators.activity.staged_timelines import staged


def clean(rng: np.random.Generator) -> Tables:
    """A circle of 4 to 10 people among a control; news reach all of them, and a few post on the hour."""
    return _world(rng, None)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """Half of the members and more are run by timers whose moments are off by about `effort` minutes."""
    return _world(rng, effort)


def timed(days: int, posts: int, off_min: float, rng: np.random.Generator) -> Ints:
    """About that many moments of one automated account: at set minutes of the hour, in a period of its own, or after
    waits of one length; by day only or round the clock."""
    kind = rng.integers(3)
    end_min = days * 24 * 60
    if kind == 0:
        minutes = rng.choice(12, rng.integers(1, 4), replace=False) * 5
        ticks = (np.arange(days * 24)[:, None] * 60 + minutes).ravel().astype(float)
    elif kind == 1:
        ticks = np.arange(rng.uniform(0, 30), end_min, rng.uniform(11, 50))
    else:
        wait = rng.uniform(11, 50)
        ticks = np.cumsum(wait + rng.normal(0, 0.1 + off_min / 4, int(end_min / wait)))
    if rng.random() < 0.5:
        ticks = ticks[(ticks // 60) % 24 >= 8]
    # a day is served whole, so that waits remain waits
    served = rng.random(days) < posts / max(len(ticks), 1)
    served[int(rng.integers(days))] = True
    ticks = ticks[(ticks >= 0) & (ticks < end_min)]
    ticks = ticks[served[(ticks // 1440).astype(int)]]
    ticks = ticks + rng.normal(0, off_min, len(ticks)) + rng.uniform(0, 0.1, len(ticks))
    return np.unique(START_US + np.maximum(ticks * 60, 0).astype(np.int64) * SECOND_US)


def _world(rng: np.random.Generator, off_min: float | None) -> Tables:
    days = int(rng.integers(14, 60))
    members, controls = int(rng.integers(4, 11)), int(rng.integers(15, 30))
    news = some_news(days, rng)
    zone_h = int(rng.integers(-8, 10))
    posts = activity(members + controls, rng.uniform(100, 200), rng)
    run = 0 if off_min is None else int(rng.integers(-(-members // 2), members + 1))
    times = {}
    for a, n in enumerate(posts):
        if a < run:
            times[f"a{a}"] = timed(days, int(n), off_min or 0.0, rng)
            continue
        moments = person(days, int(n), zone_h, news, rng)
        if rng.random() < 0.1:  # a habit of looking at the phone when a programme begins
            shows = START_US + rng.integers(0, days, 10) * DAY_US + rng.integers(17, 23, 10) * 60 * MINUTE_US
            moments = np.unique(np.append(moments, shows + rng.integers(0, 300, 10) * SECOND_US))
        times[f"a{a}"] = moments
    names = list(times)
    return staged(times, {"g": names[:members]}, {"g": names[members:]})


TRIAL = Trial(
    indicator=Automation(),
    measures=("regularity", "clock-like"),
    ask=(
        "Circles of 4 to 10 bursty people with rhythms, days away and news; planted: half of the members or more are "
        "on timers (set minutes, a period of their own, or even waits), some by day only."
    ),
    clean=clean,
    planted=planted,
    efforts=(0, 0.5, 2, 5, 15),
    effort="how far off the timer posts are, standard deviation in minutes",
    published=(
        "Tavares and Faisal 2013 (PLoS ONE 8(7), e65774) told two classes of real accounts apart by the gaps between "
        "tweets in 84.6 % of cases. Of 60 people and 60 timers generated here, at a false alarm rate of 1 % an "
        "account, 100, 99, 100, 93 and 59 % are told right as the timers are 0, 0.5, 2, 5 and 15 minutes off; "
        "generated timers are easier than real ones."
    ),
)
