"""What groups are seen against on the objects their members share: the crowd there, and the members' own clocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.detect.sweep import object_windows

MOST_MEMBERS = 24
"""Members looked at on one object, spread over its times; more say the same."""


@dataclass(frozen=True)
class Surroundings:
    """One kind of action, around all groups of a family at once.

    popularity: int32 (objects,) accounts; others: (objects,) of them in no group; within: (objects, W) their pairs within each
    window. Filled only where asked. mine: timed actions of group members, of group `group` (actions,); begin, own_us: the
    same times by account, account number `place` (actions,) from begin[place] on.
    """

    windows_us: tuple[int, ...]
    popularity: NDArray[np.int32]
    others: NDArray[np.int32]
    within: NDArray[np.int64]
    mine: Layer
    group: NDArray[np.int64]
    place: NDArray[np.int64]
    begin: NDArray[np.int64]
    own_us: NDArray[np.int64]
    start: NDArray[np.int64]

    def own_clock(self, objects: NDArray[np.int64], group: int, window: int) -> NDArray[np.float64]:
        """(objects,): chance that a member who acts on the object does so within the window of another, had it acted on it at
        one of the moments when it acted on something else; 0 where members did nothing else.

        The audience of a match acts in the same hour on everything; only what is closer than that says something about an
        object. Mean over ordered pairs of members on the object.
        """
        chance: NDArray[np.float64] = _chances(
            objects, self.start, self.group, self.place, self.mine.time_us, self.begin, self.own_us, group,
            self.windows_us[window], MOST_MEMBERS,
        )  # fmt: skip
        return chance


def surroundings(
    first: Layer, objects: NDArray[np.int64], label: NDArray[np.int64], windows_us: tuple[int, ...]
) -> Surroundings:
    """first: first actions of the kind; objects: those that groups share; label: group of each account, -1 for none."""
    here = np.zeros(first.n_objects, dtype=bool)
    here[objects] = True
    there = first.keep(here[first.object])
    popularity = np.bincount(there.object, minlength=first.n_objects).astype(np.int32)
    others, within = object_windows(there.keep(label[there.account] < 0), windows_us)
    mine = first.keep((label[first.account] >= 0) & (first.time_us != UNTIMED))
    by_account = np.lexsort((mine.time_us, mine.account))
    codes, begin = np.unique(mine.account[by_account], return_index=True)
    return Surroundings(
        tuple(windows_us), popularity, others, within, mine, label[mine.account],
        np.searchsorted(codes, mine.account), np.append(begin, len(mine)), mine.time_us[by_account], mine.starts(),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _chances(objects, start, group, place, time_us, begin, own_us, wanted, window_us, most):  # type: ignore[no-untyped-def]
    out = np.zeros(len(objects))
    for r in range(len(objects)):
        low, high = start[objects[r]], start[objects[r] + 1]
        members = 0
        for p in range(low, high):
            members += group[p] == wanted
        step = max(1, -(-members // most))
        chosen = np.empty(members, dtype=np.int64)
        n = 0
        seen = 0
        for p in range(low, high):
            if group[p] == wanted:
                if seen % step == 0:
                    chosen[n] = p
                    n += 1
                seen += 1
        total, pairs = 0.0, 0
        for a in range(n):
            for b in range(n):
                p, q = chosen[a], chosen[b]
                j = place[q]
                others = begin[j + 1] - begin[j] - 1
                if a == b or others == 0:
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
