"""Control accounts that are as old as those they stand beside: what platforms give out changes over the years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inconcert.indicators.profiles.creation_times import DAY_US, creation_times
from inconcert.indicators.profiles.group_profiles import Profile

_BESIDE = 30


def same_age(
    members: Sequence[Profile], control: Sequence[Profile], within_days: float, least: int
) -> tuple[Sequence[Profile], bool]:
    """The 30 control accounts nearest in age to each member, none further than that, and True.

    None of them where fewer than `least` are left, or a fifth of the members has nobody of its age beside it. The whole control
    and False where the age of a fifth of the members is unknown.
    """
    made = creation_times([*members, *control]).time_us
    own, other = np.sort(made[: len(members)]), made[len(members) :]
    own = own[own >= 0]
    order = np.argsort(other, kind="stable")
    order = order[other[order] >= 0]
    if 5 * len(own) < 4 * len(members):
        return control, False
    if len(order) < least:
        return [], True
    times, near = other[order], np.zeros(len(order), dtype=bool)
    alone = 0
    for moment, of in zip(*np.unique(own, return_counts=True), strict=True):
        middle = int(np.searchsorted(times, moment))
        beside = np.arange(max(0, middle - _BESIDE), min(len(times), middle + _BESIDE))
        apart = np.abs(times[beside] - moment)
        # all that are as near as the thirtieth, so that ties are not broken by ids
        reach = min(np.sort(apart)[min(_BESIDE, len(apart)) - 1], within_days * DAY_US)
        near[beside[apart <= reach]] = True
        alone += 0 if (apart <= reach).any() else int(of)
    chosen = sorted(order[near])
    return ([control[i] for i in chosen] if len(chosen) >= least and 5 * alone <= len(own) else []), True
