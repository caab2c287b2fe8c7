"""Timelines of ordinary people: rhythm of a zone, sessions in bursts, weeks away, weekends, and news that moves
everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.rhythm import awake

START_US = 1_609_718_400_000_000
"""Monday 4 January 2021."""
DAY_US, HOUR_US, MINUTE_US, SECOND_US = 86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class News:
    """Moments to which everybody may react. share: of people who do. delay_min: mean delay, minutes."""

    times_us: Ints
    share: float
    delay_min: float


def some_news(days: int, rng: np.random.Generator) -> News:
    """An event every four days or so; a fifth to a half react, within minutes to an hour."""
    times_us = START_US + rng.integers(0, days * 24 * 60, max(1, days // 4)) * MINUTE_US
    return News(np.sort(times_us), rng.uniform(0.2, 0.5), rng.uniform(3, 30))


def person(days: int, posts: int, zone_h: int, news: News | None, rng: np.random.Generator) -> Ints:
    """About that many moments of one person, sorted, microseconds.

    Sessions at waking hours, of one post or some with minutes between them, on days that come in spells; habits shift
    by up to two hours from person to person. Of the news, those that happen while the person is awake and not away.
    """
    shift_us = int(rng.normal(0, 1) * HOUR_US)
    away = np.zeros(days, dtype=bool)
    for _ in range(rng.poisson(days / 20)):
        first = int(rng.integers(0, days))
        away[first : first + 1 + rng.poisson(3)] = True
    if away.all():
        away[: days // 2] = False
    here = np.flatnonzero(~away)
    per_session = rng.uniform(1.2, 4)
    tried = rng.choice(here, 4 * posts) * DAY_US + rng.integers(0, 86_400, 4 * posts) * SECOND_US + START_US
    begun = tried[rng.random(len(tried)) < awake(rng.uniform(0.8, 1.6), tried + shift_us, zone_h)]
    begun = begun[: max(1, round(posts / per_session))]
    lengths = rng.geometric(1 / per_session, len(begun))
    gaps = rng.lognormal(np.log(rng.uniform(60, 400)), 1.0, int(lengths.sum())) * SECOND_US
    ends = np.cumsum(lengths)
    run = np.cumsum(gaps)
    base = np.repeat(run[ends - lengths], lengths)
    times = [np.repeat(begun, lengths) + (run - base).astype(np.int64)]
    if news is not None:
        reacts = rng.random(len(news.times_us)) < news.share * awake(1.0, news.times_us + shift_us, zone_h)
        reacts &= ~away[np.minimum((news.times_us - START_US) // DAY_US, days - 1)]
        delay = rng.exponential(news.delay_min * 60, int(reacts.sum())) * SECOND_US
        times.append(news.times_us[reacts] + delay.astype(np.int64))
    return np.unique(np.concatenate(times) // SECOND_US * SECOND_US)


def activity(people: int, mean: float, rng: np.random.Generator) -> Ints:
    """How many posts each makes: heavy-tailed, never below 40."""
    return np.maximum(40, mean * rng.lognormal(-0.3, 0.8, people)).astype(np.int64)
