"""How the calendars of all countries show in one group's activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.working_time.calendar_shift import Shifted, Weeks, moves, shifted, weeks_of
from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.country_calendars import COUNTRIES, EPOCH, days_off, local_days


@dataclass(frozen=True)
class Followed:
    """One country's calendar in the activity. off, worked: its weekdays off and its working weekends, None with too few of them.
    days_off, days_worked: how many there are in the time."""

    off: Shifted | None
    worked: Shifted | None
    days_off: int
    days_worked: int

    @property
    def score(self) -> tuple[float, NDArray[np.float64]] | None:
        """How far activity keeps to both, in standard deviations of the moves; and the same of each move. None without weekdays off."""
        if self.off is None:
            return None
        seen, drawn = -self.off.seen, -self.off.drawn
        if self.worked is not None:
            seen, drawn = seen + self.worked.seen, drawn + self.worked.drawn
        spread = float(drawn.std())
        return ((seen - float(drawn.mean())) / spread, (drawn - drawn.mean()) / spread) if spread > 0 else None


@dataclass(frozen=True)
class Best:
    """The country whose calendar is kept most. p_value: of the best of all under the moves. alone: p-value of each by itself."""

    code: str
    off: Shifted
    p_value: float
    alone: Mapping[str, float]


def calendars_followed(
    acts: Acts, least: tuple[int, int], posts_about: float, draws: int, rng: np.random.Generator
) -> dict[str, Followed]:
    """Country -> how its calendar shows. All calendars move alike, so that the best of them can be judged as the best.

    least: weekdays off and working weekend days that a country must have in the time. posts_about: posts that as many days bring.
    """
    quarters = acts.day * 96 + acts.quarter
    found: dict[str, Followed] = {}
    drawn: dict[tuple[int, ...], NDArray[np.int64]] = {}
    for code in COUNTRIES:
        weeks = weeks_of(local_days(quarters, code))
        sizes = tuple(len(block) for block in weeks.blocks)
        if sizes not in drawn:
            drawn[sizes] = moves(weeks, draws, rng)
        found[code] = _country(code, weeks, drawn[sizes], least, posts_about)
    return found


def best(found: Mapping[str, Followed]) -> Best | None:
    """Of the countries that can be judged, the one kept most; None where there is none."""
    scores = {code: score for code, each in found.items() if (score := each.score) is not None}
    if not scores:
        return None
    code = max(scores, key=lambda one: scores[one][0])
    off = found[code].off
    if off is None:
        return None
    most = np.max([drawn for _, drawn in scores.values()], axis=0)
    alone = {one: _reached(drawn, seen) for one, (seen, drawn) in sorted(scores.items(), key=lambda item: -item[1][0])}
    return Best(code, off, _reached(most, scores[code][0]), alone)


def _reached(drawn: NDArray[np.float64], seen: float) -> float:
    return float((1 + (drawn >= seen - 1e-9).sum()) / (1 + len(drawn)))


def _country(code: str, weeks: Weeks, move: NDArray[np.int64], least: tuple[int, int], posts_about: float) -> Followed:
    first, last = ((EPOCH + timedelta(days=weeks.monday + n)).year for n in (0, weeks.counts.size))
    known = [days_off(code, year) for year in range(first, last + 1)]
    off, worked = (weeks.marked(frozenset().union(*(pair[side] for pair in known))) for side in (0, 1))
    parts: list[Shifted | None] = []
    for days, other, needed in ((off, worked, least[0]), (worked, off, least[1])):
        enough = days.sum() >= max(1, needed) and days.sum() * weeks.counts.mean() >= posts_about
        parts.append(shifted(weeks, days, other, move) if enough else None)
    return Followed(parts[0], parts[1], int(off.sum()), int(worked.sum()))
