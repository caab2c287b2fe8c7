"""Histories of followers as ordinary life makes them: people who join and follow, older accounts, news, lists of suggestions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.schema import FOLLOWS

DAY_US = 86_400_000_000
START_DAY = 15_000
"""Days from 1970 to the first follow."""
Days = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class History:
    """Followers in the order of following: when they followed and when their accounts were made, days from START_DAY."""

    followed: Days
    created: Days


def history(
    n: int,
    rng: np.random.Generator,
    *,
    years: float = 10.0,
    changes: int = 0,
    news: int = 0,
    suggestions: int = 0,
    other_ages: float = 0.0,
) -> History:
    """n followers; 45 % follow within weeks of joining, the others after 900 days on average, on a platform that grows by waves.

    changes: of the rate of growth, and of the share that has just joined. news: days that bring 1 to 8 % of all followers, mostly
    old accounts, whose mean age differs from the usual by a factor exp(other_ages x normal). suggestions: half years in which a list
    shown on joining brings 5 to 15 %, nearly all new.
    """
    span = years * 365.25
    cuts = np.concatenate([[0.0], np.sort(rng.random(changes)) * span, [span]])
    weight = rng.lognormal(0, 1, changes + 1) * np.diff(cuts)
    part = rng.choice(changes + 1, n, p=weight / weight.sum())
    followed = cuts[part] + rng.random(n) * np.diff(cuts)[part]
    joining = (np.clip(rng.normal(0.45, 0.2, changes + 1), 0.05, 0.95) if changes else np.array([0.45]))[part]
    mean_age = np.full(n, 900.0)
    for _ in range(news):
        those = rng.choice(n, int(n * rng.uniform(0.01, 0.08)), replace=False)
        followed[those] = rng.random() * span + rng.exponential(2, len(those))
        joining[those] = rng.uniform(0.02, 0.3)
        mean_age[those] = 900 * np.exp(other_ages * rng.normal())
    for _ in range(suggestions):
        those = rng.choice(n, int(n * rng.uniform(0.05, 0.15)), replace=False)
        followed[those] = rng.random() * (span - 180) + rng.random(len(those)) * 180
        joining[those] = 0.95
    age = rng.exponential(20, n)
    older = rng.random(n) >= joining
    age[older] = _ages(followed[older], mean_age[older], rng)
    order = np.argsort(followed, kind="stable")
    return History(followed[order], (followed - age)[order])


def injected(
    before: History, share: float, rng: np.random.Generator, *, drip: float = 0.3, spread_days: float = 300.0
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Creation times, microseconds, with that share of bought followers put in, and which they are.

    Their accounts were made within spread_days, all half a year before the first of them followed or earlier; drip ordinary
    followers come in between for each.
    """
    n, k = len(before.followed), int(len(before.followed) * share)
    start = int(rng.integers(n // 5, n - n // 10))
    made = rng.uniform(0, max(1.0, before.followed[start] - 180 - spread_days)) + rng.random(k) * spread_days
    places = np.sort(rng.integers(start, min(n, start + int(k * drip) + 1), k))
    return micros(np.insert(before.created, places, made)), np.insert(np.zeros(n, dtype=bool), places, True)


def micros(days: Days) -> NDArray[np.int64]:
    """Days from START_DAY as microseconds since 1970."""
    return np.asarray((days + START_DAY) * DAY_US, dtype=np.int64)


def follows(followed_id: str, created_us: NDArray[np.int64]) -> pa.Table:
    """The table `follows` of one account."""
    n = len(created_us)
    place = np.arange(1, n + 1)
    return pa.table(
        {
            "followed_id": [followed_id] * n,
            "follower_id": [f"f{i}" for i in range(n)],
            "position": place,
            "follower_created_us": created_us,
            "platform": ["twitter"] * n,
            "import_id": ["i"] * n,
            "row_ref": place,
        }
    ).cast(FOLLOWS.arrow)


def _ages(followed: Days, mean_age: Days, rng: np.random.Generator) -> Days:
    """Days since those accounts were made: exponential, thinned by how many joined when."""
    ages, open_ = np.empty(len(followed)), np.arange(len(followed))
    while len(open_):
        age = rng.exponential(mean_age[open_])
        made = followed[open_] - age
        joined = (0.3 + 0.7 / (1 + np.exp(-made / 700))) * (1 + 0.3 * np.sin(2 * np.pi * made / 365.25))
        joined *= 1 + 0.2 * np.sin(2 * np.pi * made / 7)
        kept = (rng.random(len(open_)) < joined / 1.6) & (made > -1500)
        ages[open_[kept]] = age[kept]
        open_ = open_[~kept]
    return ages
