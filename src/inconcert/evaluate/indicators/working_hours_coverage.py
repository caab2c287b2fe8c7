"""How often the 95 % set of offsets holds the true one, and how often the best is within an hour: the figures of methods.md 3.1 again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import binomtest

from inconcert.evaluate.indicators.working_day import WorkingDay
from inconcert.indicators.working_time.common_rhythm import chance
from inconcert.indicators.working_time.offset_posterior import OFFSETS, PRIOR, SPAN
from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES
from inconcert.indicators.working_time.working_hours import WorkingHours

PUBLISHED: Final = {
    ("office", 50): 0.98, ("996", 50): 0.98, ("leisure", 50): 0.85, ("office", 200): 0.99, ("996", 200): 0.99, ("leisure", 200): 0.98,
}  # fmt: skip
"""(template, posts) -> share placed within an hour, of methods.md 3.1."""
DAYS: Final = {
    "exact": WorkingDay(shares=SHARES[0], kappa=np.inf),
    "misfit": WorkingDay(shares=SHARES[0], kappa=60.0),
    "habits": WorkingDay(shares=SHARES[0], kappa=60.0, own_kappa=20.0, habit_h=1.0),
}
"""Kind of day -> how far it lies from its template: not at all; as Dirichlet(60 x template); and each account from the group's as well."""
CROWDS: Final = ("all zones", "population")
_WORLD = np.array([-32, -24, -20, -12, 0, 4, 8, 12, 22, 28, 32, 36])
_PEOPLE = np.array([4, 10, 16, 10, 8, 16, 6, 4, 8, 6, 8, 4]) / 100
"""Users of a worldwide platform by zone, roughly: the Americas two fifths, Europe and Africa a third, Asia the rest."""


@dataclass(frozen=True)
class Rate:
    """A share of worlds with its 95 % interval (Wilson)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """One line of the table. day: one of DAYS, or of CROWDS (then nothing is true, and only `shown` is a number).

    shown: worlds in which the indicator names an offset. coverage, within_hour: of all worlds, shown or not.
    """

    template: str
    posts: int
    day: str
    worlds: int
    shown: Rate
    coverage: Rate | None
    within_hour: Rate | None
    published: float | None


def coverage_rows(
    seed: int,
    worlds: int = 300,
    sizes: tuple[int, ...] = (50, 100, 200),
    accounts: int = 20,
    days: int = 28,
    draws: int = 1_999,
) -> list[Row]:
    """Groups of 20 accounts over four weeks, in zones from UTC-8 to UTC+9:30, by template, size and day; and crowds without one rhythm."""
    rows = []
    for template in TEMPLATES[:4]:
        for posts in sizes:
            rows += [_placed(template, posts, kind, worlds, accounts, days, draws, seed) for kind in DAYS]
    for posts in sizes:
        rows += [_crowd(posts, kind, worlds, accounts, days, draws, seed) for kind in CROWDS]
    return rows


def _placed(template: str, posts: int, kind: str, worlds: int, accounts: int, days: int, draws: int, seed: int) -> Row:
    rng = np.random.default_rng([seed, TEMPLATES.index(template), posts, list(DAYS).index(kind)])
    one = WorkingHours(min_posts=posts, draws=draws).locator
    like = DAYS[kind]
    day = WorkingDay(
        shares=SHARES[TEMPLATES.index(template)], kappa=like.kappa, own_kappa=like.own_kappa, habit_h=like.habit_h
    )
    inside = (OFFSETS >= -32) & (OFFSETS <= 38)
    shown = covered = near = 0
    for _ in range(worlds):
        true = int(rng.choice(OFFSETS[inside], p=PRIOR[inside] / PRIOR[inside].sum()))
        acts = day.acts(posts, np.full(accounts, true), days, rng)
        best, low, high = one.posterior(acts).arc()
        covered += (true - low) % 96 <= high - low
        near += abs((best - true + 48) % 96 - 48) <= SPAN
        shown += not isinstance(one.place(acts, chance(acts, draws, rng)), str)
    return Row(
        template, posts, kind, worlds, _rate(shown, worlds), _rate(covered, worlds), _rate(near, worlds),
        PUBLISHED.get((template, posts)),
    )  # fmt: skip


def _crowd(posts: int, kind: str, worlds: int, accounts: int, days: int, draws: int, seed: int) -> Row:
    rng = np.random.default_rng([seed, 99, posts, CROWDS.index(kind)])
    one = WorkingHours(min_posts=posts, draws=draws).locator
    people = WorkingDay(shares=SHARES[TEMPLATES.index("leisure")], own_kappa=20.0, habit_h=1.0)
    shown = 0
    for _ in range(worlds):
        zones = rng.integers(-48, 48, accounts) if kind == "all zones" else rng.choice(_WORLD, accounts, p=_PEOPLE)
        acts = people.acts(posts, zones, days, rng)
        shown += not isinstance(one.place(acts, chance(acts, draws, rng)), str)
    return Row("leisure", posts, kind, worlds, _rate(shown, worlds), None, None, None)


def _rate(k: int, n: int) -> Rate:
    interval = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return Rate(k / n, float(interval.low), float(interval.high))
