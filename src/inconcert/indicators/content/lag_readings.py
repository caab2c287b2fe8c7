"""What the lags of a group beside those of its control say, in readings: shares of events, who was first, the
median."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from inconcert.indicators.content.lags import Lags
from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.reading import Reading, Witness

HOUR_US = 3_600_000_000
WINDOWS_US = (HOUR_US // 6, HOUR_US, 6 * HOUR_US, 24 * HOUR_US)
"""10 min, 1 h, 6 h, 24 h: all are tried, and paid for."""
_WORDS = ("10 minutes", "1 hour", "6 hours", "24 hours")


@dataclass(frozen=True)
class Divided:
    """A set of accounts, whole and in parts of one size: the first of many is earlier than the first of few."""

    whole: Lags
    parts: tuple[Lags, ...]

    @property
    def events(self) -> int:
        """Events of all parts."""
        return sum(part.events for part in self.parts)

    def total(self, count: Callable[[Lags], float]) -> float:
        """Sum over the parts."""
        return sum(count(part) for part in self.parts)


def within_hour(one: Lags) -> float:
    """Events within one hour."""
    return one.within(HOUR_US)


def beyond(ours: Divided, theirs: Divided, count: Callable[[Lags], float], *, whole: bool = False) -> float:
    """Chance of as large a share of events in an ordinary group, see `enrichment`, by what is counted in each.

    whole: compare the undivided sets, which must then be the same accounts. Parts of the group are averaged: they are
    the same group seen several times. Rounding goes against the group. 1 when either side has no event.
    """
    if whole:
        k, n, k_control, n_control = count(ours.whole), ours.whole.events, count(theirs.whole), theirs.whole.events
    else:
        shown = len(ours.parts) or 1
        k, n = ours.total(count) / shown, round(ours.events / shown)
        k_control, n_control = theirs.total(count), theirs.events
    if not n or not n_control:
        return 1.0
    k_low, k_high = min(n, math.floor(k + 1e-9)), min(n_control, math.ceil(k_control - 1e-9))
    return enrichment(k_low, n, k_high, n_control).p_value


def soon(ours: Divided, theirs: Divided, group: str, p_value: float, sharpest: int) -> Reading:
    """The share of events within the hour. sharpest: number of the window that is least like the ordinary."""
    k, n = ours.whole.within(HOUR_US), ours.whole.events
    control, low_high = theirs.total(within_hour) / theirs.events, interval(k, n)
    says = (
        f"In {percent(k / n)} of {n} events (95% interval {percent(low_high[0])} to {percent(low_high[1])}) the group "
        "posted a rare item within an hour of official accounts, before or after; as many accounts of its control did "
        f"so in {percent(control)} of {theirs.events}. Of the windows tried, {_WORDS[sharpest]} sets them farthest "
        "apart."
    )
    return reading(
        p_value, measure="within-hour", group=group, n=n, unit="events", scale="share", value=k / n, low=low_high[0],
        high=low_high[1], control=control, n_control=theirs.events, says=says,
    )  # fmt: skip


def first_mover(ours: Divided, theirs: Divided, group: str, measure: str) -> Reading:
    """overt-first: the share of events in which officials came first; covert-first: the opposite.

    p: the larger of a signed-rank test of the events' median lags against none, and of the share against the control's.
    """
    after = measure == "overt-first"

    def count(one: Lags) -> float:
        return one.later() if after else one.events - one.later()

    k, n = count(ours.whole), ours.whole.events
    medians = ours.whole.medians()
    p_sign = 1.0
    if medians.any():
        p_sign = float(stats.wilcoxon(medians, alternative="greater" if after else "less", method="approx").pvalue)
    control, (low, high) = theirs.total(count) / theirs.events, interval(k, n)
    who = (
        "official accounts were first and the group followed"
        if after
        else "the group was first and official accounts followed"
    )
    says = (
        f"In {percent(k / n)} of {n} events ({percent(low)} to {percent(high)}) {who}, at a median of "
        f"{np.median(np.abs(medians)) / HOUR_US:.1f} hours apart; in its control in {percent(control)} of "
        f"{theirs.events}."
    )
    return reading(
        max(p_sign, beyond(ours, theirs, count)), measure=measure, group=group, n=n, unit="events", scale="share",
        value=k / n, low=low, high=high, control=control, n_control=theirs.events, says=says,
    )  # fmt: skip


def median_lag(ours: Divided, theirs: Divided, group: str) -> Reading:
    """Median over events of how much later the group came, with the interval that order statistics give; not tested."""
    hours = np.sort(ours.whole.medians()) / HOUR_US
    n = len(hours)
    below = int(stats.binom.ppf(0.025, n, 0.5))
    low, value, high = float(hours[max(0, below - 1)]), float(np.median(hours)), float(hours[min(n - 1, n - below)])
    control = np.concatenate([np.zeros(0), *(part.medians() for part in theirs.parts)]) / HOUR_US
    beside = float(np.median(control)) if len(control) else None
    says = (
        f"The group posted rare items a median of {abs(value):.2f} hours {'after' if value >= 0 else 'before'} "
        f"official accounts (95% interval {low:+z.2f} to {high:+z.2f} hours, {n} events)"
        + (
            f"; its control {abs(beside):.2f} hours {'after' if beside >= 0 else 'before'}."
            if beside is not None
            else "."
        )
    )
    return Reading(
        measure="median-lag", subject="group", subject_id=group, group_id=group, n=n, unit="events", scale="hours",
        value=value, low=low, high=high, control=beside, n_control=len(control), says=says,
    )  # fmt: skip


def reading(
    p_value: float, *, measure: str, group: str, n: int, unit: str, scale: str, value: float, low: float, high: float,
    control: float | None, n_control: int, says: str, witnesses: tuple[Witness, ...] = (),
) -> Reading:  # fmt: skip
    """A reading of a group with a p-value and what that is worth."""
    ratio = from_p(p_value)
    return Reading(
        measure=measure, subject="group", subject_id=group, group_id=group, n=n, unit=unit, scale=scale, value=value,
        low=low, high=high, control=control, n_control=n_control, p_value=p_value, lr=ratio.value, lr_low=ratio.low,
        lr_high=ratio.high, says=says, witnesses=witnesses,
    )  # fmt: skip


def interval(k: float, n: int) -> tuple[float, float]:
    """95% interval of a share (Wilson); counts that events share among their items are rounded."""
    found = stats.binomtest(round(k), n).proportion_ci(0.95, method="wilson")
    return min(float(found.low), k / n), max(float(found.high), k / n)


def percent(share: float) -> str:
    """A share in words."""
    return f"{100 * share:.0f}%"
