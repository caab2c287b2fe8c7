"""When accounts were made: as the source says, or as the id of the account says, and how precisely either is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.profiles.group_profiles import Profile

SECOND_US, HOUR_US, DAY_US = 1_000_000, 3_600_000_000, 86_400_000_000
QUARTER_US = HOUR_US // 4
MONTH_US = 31 * DAY_US
EARLIEST_US, LATEST_US = 788_918_400_000_000, 4_102_444_800_000_000
"""1995 and 2100: before and after there are no social media; such values stand for absent ones."""

X = ("twitter", "x")
FIRST_SNOWFLAKE = 690_000_000_000_000_000
"""Ids of accounts on X tell the time from 16 February 2016 on; those given before have ten digits at most."""
X_EPOCH_MS = 1_288_834_974_657
_ID = re.compile(r"(?:tw_)?(\d{18,19})")

COARSE_SHARE = 0.05
"""Among so many values of a coarse precision all are taken as that coarse; rarer ones are left out."""
_SAME_SHARE, _SAME_DAYS = 0.02, 3
"""A time of day shared by so large a share, on so many days, is the midnight of some time zone and no time of day."""
_MIDNIGHTS = 4
"""More of them are hours; two zones with their summer time have four midnights."""


@dataclass(frozen=True)
class CreationTimes:
    """Creation times that can be compared with each other.

    time_us: of each account, floored to the precision; -1 where it is unknown or coarser than most.
    precision_us: SECOND_US (an hour is told from the next, and finer), HOUR_US, DAY_US or MONTH_US.
    """

    time_us: NDArray[np.int64]
    precision_us: int


def snowflake_us(platform: str, account_id: str) -> int | None:
    """The moment an account on X was made, to the millisecond, from its numeric id (above FIRST_SNOWFLAKE); else None."""
    found = _ID.fullmatch(account_id) if platform.casefold() in X else None
    if found is None or not FIRST_SNOWFLAKE <= int(found[1]) < 1 << 63:
        return None
    return ((int(found[1]) >> 22) + X_EPOCH_MS) * 1000


def precisions_us(time_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each time: MONTH_US, DAY_US, HOUR_US or SECOND_US, as the times of one sample show together.

    A date without time lies at midnight, of UTC or of the zone the source was written in. Half of the dates on the first of a
    month are months: profiles of X say no more.
    """
    precision = np.where(time_us % HOUR_US == 0, HOUR_US, SECOND_US)
    _, place, count = np.unique(time_us % DAY_US, return_inverse=True, return_counts=True)
    days = np.bincount(np.unique(np.stack([place, time_us // DAY_US]), axis=1)[0], minlength=len(count))
    midnights = (days >= _SAME_DAYS) & (count >= _SAME_SHARE * len(time_us))
    dates = midnights[place]
    if midnights.sum() > _MIDNIGHTS or 2 * dates.sum() < (time_us % QUARTER_US == 0).sum():
        dates = np.zeros(len(time_us), dtype=bool)  # full hours of all kinds
    precision[dates] = DAY_US
    nearest = ((time_us + DAY_US // 2) // DAY_US).astype("datetime64[D]")
    firsts = dates & (nearest == nearest.astype("datetime64[M]").astype("datetime64[D]"))
    if 2 * firsts.sum() > dates.sum():
        precision[firsts] = MONTH_US
    return precision


def creation_times(profiles: Sequence[Profile]) -> CreationTimes:
    """Of these accounts, in their order. Ids of X stand in for what the source does not say, or says coarsely."""
    said = np.array([_said(p) for p in profiles], dtype=np.int64)
    known = said >= 0
    precision = np.zeros(len(said), dtype=np.int64)
    precision[known] = precisions_us(said[known])
    for i, profile in enumerate(profiles):
        if known[i] and precision[i] < HOUR_US:
            continue
        shown = snowflake_us(profile.platform, profile.account_id)
        # an id that contradicts the date by more than the date leaves open was given at some other occasion
        if shown is not None and (not known[i] or abs(shown - int(said[i])) <= 2 * precision[i] + DAY_US):
            said[i], precision[i], known[i] = shown, SECOND_US, True
    coarsest = SECOND_US
    for unit in (HOUR_US, DAY_US, MONTH_US):
        if (precision[known] >= unit).sum() >= max(2, COARSE_SHARE * known.sum()):
            coarsest = unit
    fine = known & (precision <= coarsest)
    return CreationTimes(np.where(fine, said - said % coarsest if coarsest < MONTH_US else said, -1), coarsest)


def _said(profile: Profile) -> int:
    made = profile.created_us
    return made if made is not None and EARLIEST_US <= made < LATEST_US else -1
