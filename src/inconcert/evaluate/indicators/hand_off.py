"""Hand-off among ordinary friends who hear the same news, and accounts that one operator runs one after another."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.ordinary_people import (
    DAY_US,
    HOUR_US,
    SECOND_US,
    START_US,
    Ints,
    activity,
    person,
    some_news,
)
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.activity.hand_off import HandOff
from inconcert.indicators.activity.staged_timelines import staged

ROUNDS_A_DAY = 3


def clean(rng: np.random.Generator) -> Tables:
    """A circle of 3 to 8 people of one zone among a control of two zones; news reach all of them."""
    return _world(rng, None)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The members post in rounds, one after the other; a share `effort` of their posts is made as other people make
    them."""
    return _world(rng, effort)


def operated(accounts: int, days: int, zone_h: int, rng: np.random.Generator) -> list[Ints]:
    """One operator's accounts, a share of them in each round of a working day, in an order drawn once."""
    times: list[list[int]] = [[] for _ in range(accounts)]
    rota = rng.permutation(accounts)
    for day in range(days):
        for begun in rng.integers(9 * 3600, 17 * 3600, ROUNDS_A_DAY):
            at_us = START_US + day * DAY_US + int(begun) * SECOND_US - zone_h * HOUR_US
            for a in rota:
                if rng.random() < 0.9:
                    times[a].append(at_us)
                    at_us += int(rng.lognormal(np.log(75), 0.5)) * SECOND_US + 15 * SECOND_US
    return [np.array(t, dtype=np.int64) for t in times]


def _world(rng: np.random.Generator, own_share: float | None) -> Tables:
    days = int(rng.integers(14, 60))
    members, controls = int(rng.integers(4, 9)), int(rng.integers(12, 30))
    news = some_news(days, rng)
    zone_h, other_h = (int(z) for z in rng.integers(-8, 10, 2))
    posts = activity(members + controls, rng.uniform(60, 150), rng)
    operator = operated(members, days, zone_h, rng)
    times = {}
    for a, n in enumerate(posts):
        zone = zone_h if a < members or rng.random() < 0.6 else other_h
        moments = person(days, int(n), zone, news, rng)
        if own_share is not None and a < members:
            own = moments[rng.random(len(moments)) < own_share]
            moments = np.unique(np.concatenate([own, operator[a][rng.random(len(operator[a])) >= own_share]]))
        times[f"a{a}"] = moments
    names = list(times)
    return staged(times, {"g": names[:members]}, {"g": names[members:]})


TRIAL = Trial(
    indicator=HandOff(),
    measures=("hand-off", "rota"),
    ask=(
        "Circles of 4 to 8 people of one zone, bursty, away for days, reached by news every four days; planted: one "
        "operator goes through the members three times a day in a rota."
    ),
    clean=clean,
    planted=planted,
    efforts=(0, 0.25, 0.5, 0.75, 0.9),
    effort="share of the members' posts made as other people make them",
    published=(
        "Schliebs et al. 2021 describe one case and give no error rates. Beside the design's own figures for 5 "
        "accounts on 20 days (0 of 40 independent sets at .05, 40 of 40 single operators at .01) this test, which "
        "asks the control too, has 1 of 39 and 40 of 40."
    ),
)
