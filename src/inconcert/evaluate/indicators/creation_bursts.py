"""Worlds for `creation-bursts`: friends who join after friends and days of a rush; fifteen accounts of fifty made in one go."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.sign_ups import DAY_US, DAYS, FIRST_US, made, platform, sign_ups, tables
from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.profiles.creation_bursts import CreationBursts

GROUPS, BATCH = 3, 15


def clean(rng: np.random.Generator) -> dict[str, pa.Table]:
    """Groups of 20 to 80 of whom a third came after friends, each with two to five times as many others of the platform."""
    likely = platform(rng)
    groups = []
    for _ in range(GROUPS):
        n = int(rng.integers(20, 81))
        others = sign_ups(n * int(rng.integers(2, 6)), likely, rng, friends=0.1)
        groups.append((made(sign_ups(n, likely, rng, friends=0.33)), made(others)))
    return tables(groups)


def planted(spread_days: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """A group of 50, of whom 15 were made in one go, spread over so many days."""
    likely = platform(rng)
    own = sign_ups(50, likely, rng, friends=0.2)
    start = FIRST_US + int(rng.integers(100, DAYS - 200)) * DAY_US
    own[:BATCH] = start + (rng.random(BATCH) * max(spread_days * DAY_US, 600e6)).astype(np.int64)
    return tables([(made(own), made(sign_ups(200, likely, rng, friends=0.1)))])


TRIAL = Trial(
    indicator=CreationBursts(),
    measures=("burst",),
    ask="Groups whose members joined a growing platform with rushes and friends; fifteen of fifty accounts made in one go.",
    clean=clean,
    planted=planted,
    efforts=(0.0, 1.0, 7.0, 30.0, 90.0, 180.0),
    effort="days over which the fifteen were made",
    published="Bellutta and Carley 2023 report more than 100 bursts in ten years by holding each day against the mean of those "
    "about it; they give no rate of false alarms",
)
