"""Whether a daily rhythm jumps by an hour when the clocks of a region are changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.country_calendars import offset_quarters
from inconcert.indicators.working_time.offset_posterior import QUARTERS

REGIONS: Final = {
    "eu": ("the European Union", "Europe/Berlin"),
    "us": ("the United States", "America/New_York"),
    "au": ("south-eastern Australia", "Australia/Sydney"),
}
"""Region -> name and a zone that changes its clocks as the region does."""
WINDOW: Final = 28
"""Days compared on each side of a change; between changes lie at least 17 weeks."""
LEAST: Final = 30
SMOOTH: Final = 3
"""Quarter hours (deviation) by which a profile is smoothed."""
QUIET: Final = 12
OVERLAP: Final = 3.0
"""Windows a week apart share posts: one in three tells something new of how much they vary."""
MOST_DRIFT_H: Final = 0.5
"""Standard error above which an hour cannot be seen."""
CAP: Final = 10.0


@dataclass(frozen=True)
class Jump:
    """changes: how many were seen. hours: mean jump, 1 where the rhythm follows the clock and 0 where it does not, with its 95% interval.

    p_value: chance of so large a jump at weeks when no clock was changed. no_change: likelihood ratio of a zone whose clocks are never
    changed against one that follows, capped, with its range.
    """

    changes: int
    hours: float
    low: float
    high: float
    p_value: float
    no_change: tuple[float, float, float]


def jump(acts: Acts, region: str) -> Jump | str:
    """The jump at the region's changes, or what it has and would need: two changes, other weeks to compare with, and a rhythm that keeps still.

    A change counts with 30 posts in the four weeks before and after. How far the rhythm drifts by itself is read off all other weeks.
    """
    first, last = int(acts.day.min()), int(acts.day.max())
    zone = REGIONS[region][1]
    offsets = {day: offset_quarters(zone, day) for day in range(first - 1, last + 1)}
    changes = {
        day: offsets[day] - offsets[day - 1] for day in range(first, last + 1) if offsets[day] != offsets[day - 1]
    }
    days = _days(acts, first, last)
    seen = [-np.sign(step) * d for day, step in changes.items() if (d := _difference(days, day - first)) is not None]
    quiet = [
        day
        for day in range(first + WINDOW, last - WINDOW + 2, 7)
        if all(abs(day - change) >= WINDOW for change in changes)
    ]
    drifts = [d for day in quiet if (d := _difference(days, day - first)) is not None]
    df = len(drifts) / OVERLAP
    if len(seen) < 2 or len(drifts) < QUIET:
        return (
            f"{len(seen)} clock changes of {REGIONS[region][0]}, and {len(drifts)} other weeks, with {LEAST} posts in the four weeks before "
            f"and after; it needs 2 changes and {QUIET} weeks"
        )
    hours, error = float(np.mean(seen)), float(np.sqrt(np.mean(np.square(drifts)) / len(seen)))
    if not 0 < error <= MOST_DRIFT_H:
        return f"a rhythm that moves by {error:.2g} hours when no clock is changed; it needs one that keeps still to within {MOST_DRIFT_H:g}"
    reach = float(t.ppf(0.975, df)) * error
    value, *ends = (
        float(np.clip(np.exp(t.logpdf(hours / e, df) - t.logpdf((hours - 1) / e, df)), 1 / CAP, CAP))
        for e in (error, error / np.sqrt(2), error * np.sqrt(2))
    )
    return Jump(
        len(seen), hours, hours - reach, hours + reach, max(float(t.sf(hours / error, df)), 1e-12), (value, min(value, *ends), max(value, *ends))
    )  # fmt: skip


def lateness(counts: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many hours later than usual a post at each quarter hour of the UTC day speaks for, shape (96,): its mean over `others` grows by one when
    these move one hour later. counts, others: posts by quarter hour of two halves of the time.

    Score of the location of the smoothed profile of `counts`, which uses its edges (when work begins and ends) and not only its middle. Scaled
    on other posts, for on its own every profile, even of posts at random, looks as sharp as its chance ups and downs.
    """
    turn = np.fft.rfftfreq(QUARTERS, 1 / QUARTERS)
    share = counts / max(1.0, counts.sum())
    smooth = np.fft.irfft(np.fft.rfft(share) * np.exp(-0.5 * (2 * np.pi * turn * SMOOTH / QUARTERS) ** 2), QUARTERS)
    # a tenth at any hour, so that a few posts at night do not decide
    smooth = 0.9 * np.maximum(smooth, 0) + 0.1 / QUARTERS
    score = -(np.roll(smooth, -1) - np.roll(smooth, 1)) / smooth
    other = others / max(1.0, others.sum())
    slope = float((score * (np.roll(other, 2) - np.roll(other, -2))).sum())
    return np.asarray(score / max(slope, 1e-12), dtype=np.float64)


def _days(acts: Acts, first: int, last: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Running sums by day of lateness and of weights (accounts by the root of their posts), and of the number of posts. Odd weeks are judged
    by the profile of even ones, and the other way round."""
    weight = 1 / np.sqrt(np.bincount(acts.account))[acts.account]
    odd = (acts.day + 3) // 7 % 2
    halves = [np.bincount(acts.quarter, weight * (odd == side), QUARTERS).astype(np.float64) for side in (0, 1)]
    late = np.where(
        odd == 1, lateness(halves[0], halves[1])[acts.quarter], lateness(halves[1], halves[0])[acts.quarter]
    )
    day, n = acts.day - first, last - first + 1
    sums = (np.bincount(day, weight * late, n), np.bincount(day, weight, n), np.bincount(day, minlength=n))
    late_sum, weight_sum, count = (np.concatenate([[0], np.cumsum(each)]) for each in sums)
    return late_sum, weight_sum, count


def _difference(days: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]], at: int) -> float | None:
    """By how many hours the rhythm lies later in the four weeks from `at` than in those before; None with too few posts."""
    late, weight, count = days
    before, after = max(0, at - WINDOW), min(len(count) - 1, at + WINDOW)
    if min(count[at] - count[before], count[after] - count[at]) < LEAST:
        return None
    means = ((late[end] - late[start]) / (weight[end] - weight[start]) for start, end in ((at, after), (before, at)))
    return float(next(means) - next(means))
