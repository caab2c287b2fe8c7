"""The scales of counting: the windows, and how popular an object may be at each before it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inconcert.errors import InputError

EVERY = 2**31 - 1
"""A cap that leaves no object out."""
WORK = 100_000_000
"""Pairs of actions to look at, per kind and scale: some seconds of one core, and 1.6 GB of counted pairs at the very worst."""
HALF_WITHIN_US = 3 * 3_600_000_000
"""Half of the pairs of accounts on a popular object of an ordinary crowd act within this time of each other."""
MOST_WINDOWS = 7
"""The sweep packs the counts of all scales into one machine word."""


def checked_windows(windows_us: Sequence[int]) -> tuple[int, ...]:
    """The windows, microseconds; InputError unless they are one to seven, not negative, and ascending."""
    windows = tuple(int(w) for w in windows_us)
    if not 1 <= len(windows) <= MOST_WINDOWS:
        raise InputError(f"{len(windows)} windows were asked for, but 1 to {MOST_WINDOWS} are counted in one pass.")
    if any(w < 0 for w in windows) or any(a >= b for a, b in pairwise(windows)):
        raise InputError(f"Windows must ascend from 0 or more, but are {', '.join(f'{w / 1e6:g} s' for w in windows)}.")
    return windows


def popularity_caps(
    popularity: NDArray[np.int32], windows_us: Sequence[int], *, untimed: bool = True, work: int = WORK
) -> tuple[int, ...]:
    """Most accounts an object may have at each scale, shape (W + 1,), the last one untimed; EVERY where none is left out.

    The largest caps with which the objects left hold at most `work` pairs of accounts within the window. How many pairs
    lie within a window is not counted but foretold from popularity alone, as t / (t + 3 h) of all pairs of an object:
    about the share among ordinary crowds on objects of 256 accounts or more (.001 at 10 s, .05 at 10 min, .67 at 6 h).
    So the choice cannot lean on the synchrony that is to be tested. 0 for the untimed scale when it is not wanted.
    """
    size, objects = np.unique(popularity, return_counts=True)
    pairs = np.cumsum(objects * (size.astype(float) * (size - 1) / 2))
    caps = [_cap(size, pairs * (w / (w + HALF_WITHIN_US)), work) for w in windows_us]
    return (*caps, _cap(size, pairs, work) if untimed else 0)


def _cap(size: NDArray[np.int32], pairs: NDArray[np.float64], work: int) -> int:
    affordable = int(np.searchsorted(pairs, work, side="right"))
    return EVERY if affordable == len(size) else int(size[affordable]) - 1


def stated_caps(
    max_accounts: int | Sequence[int], windows_us: Sequence[int], *, untimed: bool = True
) -> tuple[int, ...]:
    """The caps a caller asks for, one number or one a scale; InputError unless they fall or stay from scale to scale."""
    scales = len(windows_us) + 1
    caps = (max_accounts,) * scales if isinstance(max_accounts, int) else tuple(int(c) for c in max_accounts)
    if len(caps) != scales:
        raise InputError(f"max_accounts has {len(caps)} numbers for {scales} scales (the last one untimed).")
    if not untimed:
        caps = (*caps[:-1], 0)
    if any(wider > narrower for narrower, wider in pairwise(caps)):
        raise InputError(f"max_accounts must not grow with the window, but is {caps}.")
    return caps
