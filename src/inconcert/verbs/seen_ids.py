"""Which ids were met before, in memory that does not grow with their length: their 64-bit hashes."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_FREE = 0
_FIRST_SLOTS = 1 << 16
_FULL = 0.6


class SeenIds:
    """A set of hashes. Ten million take 256 MiB; two different ids among them have one hash in 3 of a million such sets."""

    def __init__(self) -> None:
        self._slots: NDArray[np.uint64] = np.zeros(_FIRST_SLOTS, np.uint64)
        self._count = 0

    def met(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each hash whether it was met before, here or earlier in this array; all are remembered."""
        self._grow(len(hashes))
        before = np.zeros(len(hashes), dtype=bool)
        self._count += _insert(self._slots, hashes, before)
        return before

    def _grow(self, more: int) -> None:
        slots = len(self._slots)
        while self._count + more > _FULL * slots:
            slots *= 2
        if slots > len(self._slots):
            held = self._slots[self._slots != _FREE]
            self._slots = np.zeros(slots, np.uint64)
            _insert(self._slots, held, np.zeros(len(held), dtype=bool))


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _insert(slots: NDArray[np.uint64], hashes: NDArray[np.uint64], before: NDArray[np.bool_]) -> int:
    """Put the hashes into the open-addressing table; how many were new."""
    mask = np.uint64(len(slots) - 1)
    new = 0
    for i in range(len(hashes)):
        value = hashes[i] if hashes[i] != _FREE else np.uint64(1)
        place = value & mask
        while slots[place] != _FREE and slots[place] != value:
            place = (place + np.uint64(1)) & mask
        if slots[place] == value:
            before[i] = True
        else:
            slots[place] = value
            new += 1
    return new
