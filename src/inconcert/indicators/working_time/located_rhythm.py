"""Where a common rhythm of the day belongs, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.common_rhythm import Acts, design_effect, effective_accounts, shared_part
from inconcert.indicators.working_time.local_share import Clocks, clocks
from inconcert.indicators.working_time.offset_posterior import Posterior, posterior
from inconcert.indicators.working_time.work_templates import SHARES, without_lunch

SHARED: Final = 0.6
"""Least part of the accounts' rhythm that they must share: two halves of a group five hours apart share as much."""
WIDEST: Final = 48
"""A 95% set of more quarter hours, half the globe, says nothing about a place."""


@dataclass(frozen=True)
class Place:
    """A rhythm that belongs somewhere. posterior: judged with lunch, `at`: clocks judged without. best, low, high: quarter hours from UTC."""

    posterior: Posterior
    at: Clocks
    best: int
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Locator:
    """kappa, habit_h, gate: as of indicators.working_hours.WorkingHours."""

    kappa: float
    habit_h: float
    gate: float

    def place(self, acts: Acts, p_value: float) -> Place | str:
        """Where the rhythm of these posts belongs, given the chance that they have none in common; else why that cannot be said."""
        if p_value > self.gate:
            return f"no hours that accounts, and days, have in common (p = {p_value:.3g}; it needs {self.gate:g})"
        shared = shared_part(acts)
        if shared is None:
            return "too few posts of one account on several days to know whether all live by one clock"
        if shared < SHARED:
            return f"accounts that live by different clocks: they share {max(0.0, shared):.0%} of their rhythm; it needs {SHARED:.0%}"
        found = self.posterior(acts)
        best, low, high = found.arc()
        if high - low > WIDEST:
            return f"a 95% set of offsets {(high - low) / 4:g} hours wide; it needs one of at most {WIDEST / 4:g}"
        return Place(found, clocks(self.posterior(acts, without_lunch()).offsets), best, low, high)

    def posterior(self, acts: Acts, shares: NDArray[np.float64] = SHARES) -> Posterior:
        """Offset and template of these posts, counting as many as are independent."""
        return posterior(acts.counts / design_effect(acts), self.kappa, self._shift_h(acts), shares)

    def other_kappas(self, acts: Acts) -> list[Posterior]:
        """The same if groups kept half, or twice, as closely to the templates."""
        return [replace(self, kappa=self.kappa * factor).posterior(acts) for factor in (0.5, 2.0)]

    def resampled(self, acts: Acts, replicates: int, rng: np.random.Generator) -> list[Posterior]:
        """What as many accounts drawn with replacement would say."""
        accounts, effect, shift_h = int(acts.account.max()) + 1, design_effect(acts), self._shift_h(acts)
        drawn = []
        for _ in range(replicates):
            times = np.bincount(rng.integers(0, accounts, accounts), minlength=accounts).astype(np.float64)
            counts = np.bincount(acts.quarter, times[acts.account], 96)
            drawn.append(posterior(counts / effect, self.kappa, shift_h))
        return drawn

    def _shift_h(self, acts: Acts) -> float:
        """How far the day of the whole group may lie from its template: what of habits does not average out, and half as much that does not,
        for workplaces differ as well in when they begin."""
        return self.habit_h * float(np.sqrt(1 / effective_accounts(acts) + 0.25))


def clock(quarters: int) -> str:
    """Offset as people write it, `UTC+9:30`; what lies beyond -12 or +14 hours is written as the same clock within."""
    quarters = (quarters + 48) % 96 - 48 if not -48 <= quarters <= 56 else quarters
    hours, rest = divmod(abs(quarters), 4)
    return f"UTC{'-' if quarters < 0 else '+'}{hours}:{rest * 15:02d}"


def strength(acts: Acts, replicates: int, rng: np.random.Generator) -> tuple[float, float, float]:
    """Mean resultant length of the posts on the circle of the day, 0 to 1, with its 95% interval (bootstrap of accounts)."""
    point = np.exp(2j * np.pi * acts.quarter / 96)
    sums = np.bincount(acts.account, point.real) + 1j * np.bincount(acts.account, point.imag)
    size = np.bincount(acts.account).astype(np.float64)
    times = rng.multinomial(len(size), np.full(len(size), 1 / len(size)), replicates).astype(np.float64)
    drawn = np.abs(times @ sums) / (times @ size)
    value = float(abs(sums.sum()) / size.sum())
    low, high = np.quantile(drawn, [0.025, 0.975])
    return value, min(value, float(low)), max(value, float(high))
