"""How often members of a group would fall within a window anyway, going by when they act on other things."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED, Layer

MOST_MEMBERS = 24
"""Members looked at on one object, spread over its times; more say the same."""


def own_clock(
    first: Layer, objects: NDArray[np.int64], members: NDArray[np.bool_], window_us: int
) -> NDArray[np.float64]:
    """(objects,): chance that a member who acts on the object does so within the window of another, had it acted on it at
    one of the moments when it acted on something else; 0 where members did nothing else.

    The audience of a match acts in the same hour on everything; only what is closer than that is said of an object. first:
    first actions of one kind; members: (accounts,). Mean over ordered pairs of members on the object.
    """
    mine = first.keep(members[first.account] & (first.time_us != UNTIMED))
    by_account = np.lexsort((mine.time_us, mine.account))
    account, time_us = mine.account[by_account], mine.time_us[by_account]
    codes, begin = np.unique(account, return_index=True)
    place = np.searchsorted(codes, mine.account)
    start = mine.starts()
    bounds = np.append(begin, len(account))
    chance: NDArray[np.float64] = _chances(
        objects, start, place, mine.time_us, bounds, time_us, window_us, MOST_MEMBERS
    )
    return chance


@njit(cache=True, nogil=True)
def _chances(objects, start, place, time_us, begin, own_us, window_us, most):  # type: ignore[no-untyped-def]
    out = np.zeros(len(objects))
    for r in range(len(objects)):
        low, high = start[objects[r]], start[objects[r] + 1]
        step = max(1, (high - low) // most)
        total, pairs = 0.0, 0
        for p in range(low, high, step):
            for q in range(low, high, step):
                j = place[q]
                others = begin[j + 1] - begin[j] - 1
                if p == q or others == 0:
                    continue
                own = own_us[begin[j] : begin[j + 1]]
                near = np.searchsorted(own, time_us[p] + window_us, side="right") - np.searchsorted(
                    own, time_us[p] - window_us, side="left"
                )
                if abs(time_us[q] - time_us[p]) <= window_us:
                    near -= 1
                total += near / others
                pairs += 1
        if pairs:
            out[r] = total / pairs
    return out
