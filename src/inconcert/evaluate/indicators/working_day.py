"""Accounts whose day follows a template of work or leisure, though never quite, in one zone or in several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.common_rhythm import Acts

START_DAY = 19_359
"""Monday 2 January 2023."""
QUARTER_US = 900_000_000


@dataclass(frozen=True, kw_only=True)
class WorkingDay:
    """How the accounts of a world spend their days.

    shares: of the posts by local hour, shape (24,). kappa: the day of the group is Dirichlet(kappa x shares); inf keeps to them exactly.
    own_kappa: the day of each account is Dirichlet(own_kappa x the group's). habit_h: how far accounts shift it, hours (deviation).
    free_days: of the week, Monday 0, on which nobody posts. events: of a quarter of an hour each, at any moment, to which every
    third account reacts within two hours, for `event_share` of all posts.
    """

    shares: NDArray[np.float64]
    kappa: float = 60.0
    own_kappa: float = np.inf
    habit_h: float = 0.0
    free_days: tuple[int, ...] = ()
    events: int = 0
    event_share: float = 0.2

    def acts(
        self, posts: int, zones: NDArray[np.int64], days: int, rng: np.random.Generator, spread: float = 0.7
    ) -> Acts:
        """That many posts of len(zones) accounts (quarter hours from UTC) over that many days; some far more active than others (spread)."""
        day_of_group = rng.dirichlet(self.kappa * self.shares) if np.isfinite(self.kappa) else self.shares
        n = len(zones)
        weight = rng.lognormal(0, spread, n)
        account = rng.choice(n, posts, p=weight / weight.sum())
        shift = np.round(zones - 4 * rng.normal(0, self.habit_h, n) if self.habit_h else zones).astype(np.int64)
        hour = np.empty(posts, dtype=np.int64)
        for a in np.unique(account):
            own = rng.dirichlet(self.own_kappa * day_of_group + 1e-3) if np.isfinite(self.own_kappa) else day_of_group
            here = account == a
            hour[here] = rng.choice(24, int(here.sum()), p=own)
        open_days = np.array([day for day in range(days) if day % 7 not in self.free_days])
        when = rng.choice(open_days, posts) * 96 + hour * 4 + rng.integers(0, 4, posts) - shift[account]
        if self.events:
            moved = rng.random(posts) < self.event_share
            moment = rng.integers(0, days * 96, self.events)[rng.integers(0, self.events, posts)]
            when = np.where(moved & (account % 3 == 0), moment + rng.integers(0, 8, posts), when)
        when += START_DAY * 96
        return Acts(account, when // 96, when % 96)


def times_us(acts: Acts, prefix: str) -> dict[str, NDArray[np.int64]]:
    """Account -> its moments, for indicators.staged_timelines: one somewhere in each quarter hour."""
    quarter = acts.day * 96 + acts.quarter
    return {
        f"{prefix}{a:03d}": np.sort(quarter[acts.account == a] * QUARTER_US + 60_000_000)
        for a in np.unique(acts.account)
    }
