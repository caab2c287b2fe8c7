"""Worlds for `creation-hours`: people of three zones and their friends; accounts made in the working day of another zone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.sign_ups import DAY_US, hours, made, platform, sign_ups, tables
from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.profiles.creation_hours import CreationHours

GROUPS, MEMBERS = 3, 60


def clean(rng: np.random.Generator) -> dict[str, pa.Table]:
    """Groups of 25 to 80 people, a third of whom came after friends and at hours near theirs."""
    likely = platform(rng)
    groups = []
    for _ in range(GROUPS):
        n = int(rng.integers(25, 81))
        own = sign_ups(n, likely, rng, friends=0.33)
        for i in range(1, n):
            if rng.random() < 0.1:
                near = own[rng.integers(i)] % DAY_US + rng.normal(0, 1.5) * 3.6e9
                own[i] += int(near % DAY_US) - int(own[i] % DAY_US)
        groups.append((made(own), made(sign_ups(4 * n, likely, rng, friends=0.1))))
    return tables(groups)


def planted(ordinary: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """Sixty accounts made from 10:00 to 22:00 at UTC+8, but for a share made at the hours of the control."""
    likely = platform(rng)
    own = sign_ups(MEMBERS, likely, rng)
    worked = rng.uniform(2.0, 14.0, MEMBERS)
    hour = np.where(rng.random(MEMBERS) < ordinary, hours(MEMBERS, rng), worked)
    own += (hour * 3.6e9).astype(np.int64) - own % DAY_US
    return tables([(made(own), made(sign_ups(4 * MEMBERS, likely, rng)))])


TRIAL = Trial(
    indicator=CreationHours(),
    measures=("creation-hours",),
    ask="People of three zones who sign up mostly in the evening; sixty accounts made from 10:00 to 22:00 in Beijing.",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.2, 0.4, 0.6, 0.8),
    effort="share of the sixty that was made at the hours of the control",
    published="ISD and ASD 2020 report registrations from 10:00 to 22:00 in Beijing; no rates",
)
