"""Two samples of hours of the day: how far apart they lie, and how few hours in a row hold nearly all of one.

Kuiper 1960: V = max(F - G) - min(F - G) does not depend on where the day begins. Its chance comes from ordinary groups drawn from
both samples together, whose members keep the hours of those they know.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.indicators.profiles.ordinary_groups import keep_company, split, strangers

HITS = 20
"""Draws as extreme as the sample after which p is hits / draws (Besag and Clifford 1991)."""
COMPANION_H = (0.05, 6.0)
"""Three minutes to six hours: how far apart in the day people who know each other sign up."""


@dataclass(frozen=True)
class Hours:
    """excess: how much more of the group than of the control lies from begin_h to end_h (clockwise), in [0, 1].

    arc_h: shortest stretch with the wanted share of the group, from arc_begin_h on; arc_control_h the same of the control.
    p_excess: of an excess as large in any stretch; p_arc: of an arc as short.
    """

    excess: float
    begin_h: float
    end_h: float
    p_excess: float
    arc_h: float
    arc_begin_h: float
    arc_control_h: float
    p_arc: float


def compare_hours(
    group_h: NDArray[np.float64],
    control_h: NDArray[np.float64],
    *,
    share: float,
    kin: float,
    draws: int,
    rng: np.random.Generator,
) -> Hours:
    """group_h, control_h: hours in [0, 24), neither empty."""
    group, control = np.sort(group_h), np.sort(control_h)
    excess, begin, end = _kuiper(group, control)
    arc, arc_begin = shortest_arc(group, share)
    pool = np.concatenate([group, control])
    p_excess, p_arc = _chances(pool, len(group), excess, arc, share, strangers(kin), *COMPANION_H, draws, HITS, rng)
    return Hours(
        float(excess), float(begin), float(end), float(p_excess),
        float(arc), float(arc_begin), float(shortest_arc(control, share)[0]), float(p_arc),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def shortest_arc(hours, share):
    """(length, begin) in hours of the shortest stretch of the day that holds a share of sorted hours in [0, 24)."""
    n = len(hours)
    inside = max(1, math.ceil(share * n - 1e-9))
    best, begin = 24.0, hours[0]
    for i in range(n):
        j = i + inside - 1
        length = hours[j % n] + 24.0 * (j // n) - hours[i]
        if length < best:
            best, begin = length, hours[i]
    return best, begin


@njit(cache=True, nogil=True)
def _kuiper(group, control):
    """(V, begin, end): the excess of the group in the stretch after begin up to end, both samples sorted."""
    i, j = 0, 0
    highest, lowest = 0.0, 0.0
    end = begin = max(group[-1], control[-1])  # after it the samples are as far apart as before the first: not at all
    while i < len(group) or j < len(control):
        at = control[j] if i == len(group) or (j < len(control) and control[j] < group[i]) else group[i]
        while i < len(group) and group[i] == at:
            i += 1
        while j < len(control) and control[j] == at:
            j += 1
        apart = i / len(group) - j / len(control)
        if apart > highest:
            highest, end = apart, at
        if apart < lowest:
            lowest, begin = apart, at
    return highest - lowest, begin, end


@njit(cache=True, nogil=True)
def _chances(pool, n, excess, arc, share, alone, shortest, longest, draws, hits, rng):
    """p-values of both, each from its own draws until `hits` ordinary groups reach it."""
    p_excess, p_arc = 0.0, 0.0
    reached_excess, reached_arc = 0, 0
    for draw in range(1, draws + 1):
        split(pool, n, rng)
        group = pool[:n].copy()
        keep_company(group, alone, shortest, longest, rng)
        group = np.sort(group % 24.0)
        reached_excess += _kuiper(group, np.sort(pool[n:]))[0] >= excess - 1e-12
        reached_arc += shortest_arc(group, share)[0] <= arc + 1e-12
        if reached_excess == hits and p_excess == 0.0:
            p_excess = hits / draw
        if reached_arc == hits and p_arc == 0.0:
            p_arc = hits / draw
        if p_excess > 0.0 and p_arc > 0.0:
            return p_excess, p_arc
    return (
        p_excess if p_excess > 0.0 else (1 + reached_excess) / (1 + draws),
        p_arc if p_arc > 0.0 else (1 + reached_arc) / (1 + draws),
    )
