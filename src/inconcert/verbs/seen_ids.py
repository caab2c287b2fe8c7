"""Which ids were met before, in memory that does not grow with their length: their 64-bit hashes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FREE = np.uint64(0)
_FIRST_SLOTS = 1 << 16
_FULL = 0.6
_AT_ONCE = 1 << 20


class SeenIds:
    """A set of hashes. Ten million take 256 MiB; two different ids among them have one hash in 3 of a million such sets."""

    def __init__(self) -> None:
        self._slots: NDArray[np.uint64] = np.zeros(_FIRST_SLOTS, np.uint64)
        self._count = 0

    def __len__(self) -> int:
        """How many different ones."""
        return self._count

    def hashes(self) -> NDArray[np.uint64]:
        """All of them, in no order."""
        held: NDArray[np.uint64] = self._slots[self._slots != _FREE]
        return held

    def met(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each hash whether it was met before, here or earlier in this array; all are remembered."""
        before = np.ones(len(hashes), dtype=bool)
        for start in range(0, len(hashes), _AT_ONCE):
            part = hashes[start : start + _AT_ONCE]
            different, first = np.unique(np.where(part == _FREE, np.uint64(1), part), return_index=True)
            self._grow(len(different))
            met = _insert(self._slots, different)
            self._count += len(met) - int(np.count_nonzero(met))
            before[start + first] = met
        return before

    def _grow(self, more: int) -> None:
        slots = len(self._slots)
        while self._count + more > _FULL * slots:
            slots *= 2
        if slots > len(self._slots):
            held = self.hashes()
            self._slots = np.zeros(slots, np.uint64)
            for start in range(0, len(held), _AT_ONCE):
                _insert(self._slots, held[start : start + _AT_ONCE])


def _insert(slots: NDArray[np.uint64], hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Put different hashes, none of them _FREE, into the open-addressing table; which of them it held."""
    mask = np.uint64(len(slots) - 1)
    met = np.zeros(len(hashes), dtype=bool)
    left, place = np.arange(len(hashes)), hashes & mask
    while len(left):
        own = hashes[left]
        free = slots[place] == _FREE
        slots[place[free]] = own[free]  # where two want one slot, one has it and the other goes on
        placed = slots[place] == own
        met[left[placed & ~free]] = True
        left, place = left[~placed], (place[~placed] + np.uint64(1)) & mask
    return met
