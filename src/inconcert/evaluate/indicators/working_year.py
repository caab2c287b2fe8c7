"""Accounts over a year: seasons, spells of news, absences, habits of the week, and, where wanted, one country's calendar and clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.country_calendars import days_off, offset_quarters
from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES

MONDAY = 18_993
"""Monday 3 January 2022."""
WEEKS = 52
QUARTER_US = 900_000_000


@dataclass(frozen=True, kw_only=True)
class WorkingYear:
    """How a group spends 2022.

    weekend: posts on a Saturday or Sunday, times a weekday. calendar: country whose days off and working weekends count as such; "" for
    none. zone: where the clock hangs, as Europe/Berlin or Etc/GMT-8. moody: how far each account's own weekdays differ
    (deviation of the log). ignoring: share of the posts that heed neither weekend nor calendar.
    """

    weekend: float = 1.0
    calendar: str = ""
    zone: str = "Etc/GMT-8"
    template: str = "office"
    moody: float = 0.3
    ignoring: float = 0.0
    per_day: float = 0.6

    def times_us(self, accounts: int, prefix: str, rng: np.random.Generator) -> dict[str, NDArray[np.int64]]:
        """Account -> its moments."""
        days = MONDAY + np.arange(7 * WEEKS)
        free = (days + 3) % 7 >= 5
        if self.calendar:
            off, worked = days_off(self.calendar, 2022)
            free = (free | np.isin(days, list(off))) & ~np.isin(days, list(worked))
        works = self.ignoring + (1 - self.ignoring) * np.where(free, self.weekend, 1.0)
        mood = _season(len(days), rng)
        shares = SHARES[TEMPLATES.index(self.template)]
        offsets = np.array([offset_quarters(self.zone, int(day)) for day in days])
        found: dict[str, NDArray[np.int64]] = {}
        for number in range(accounts):
            own = np.exp(self.moody * rng.standard_normal(7))[(days + 3) % 7]
            here = np.ones(len(days))
            for start in rng.integers(0, len(days), 6):
                here[start : start + 1 + rng.poisson(5)] = 0
            rate = self.per_day * rng.lognormal(0, 0.5) * mood * works * own * here
            at = np.repeat(np.arange(len(days)), rng.poisson(rate))
            shift = round(4 * rng.normal(0, 0.5))
            quarter = rng.choice(24, len(at), p=shares) * 4 + rng.integers(0, 4, len(at)) + shift - offsets[at]
            found[f"{prefix}{number:02d}"] = np.unique((days[at] * 96 + quarter) * QUARTER_US + 60_000_000)
        return found


def _season(days: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A trend over the year, moods that last for weeks, and ten events that last for days; about 1 on average."""
    log = np.empty(days)
    log[0] = 0.0
    for day in range(1, days):
        log[day] = 0.85 * log[day - 1] + 0.2 * rng.standard_normal()
    level = np.exp(log + rng.normal(0, 0.3) * np.linspace(-1, 1, days))
    for start in rng.integers(0, days, 10):
        level[start : start + 1 + rng.poisson(2)] *= rng.uniform(1.5, 4)
    return np.asarray(level / level.mean(), dtype=np.float64)
