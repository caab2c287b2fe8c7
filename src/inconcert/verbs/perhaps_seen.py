"""Which ids were met before, in memory that does not grow with their number: past a limit, a few count as met that were not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inconcert.verbs.seen_ids import SeenIds

EXACT_MOST = 1 << 22
"""Hashes held one by one; they take 64 MiB."""
_WORDS = 1 << 23
_BITS = 4
_PART = np.uint64(6)
_AT_ONCE = 1 << 20


class PerhapsSeen:
    """A set of 64-bit hashes that never forgets one. exact: whether it takes none for met that was not.

    Past EXACT_MOST it is a Bloom filter of 64 MiB whose bits for one hash lie in one word (Putze, Sanders and Singler 2007):
    of ten million it takes about one in ten thousand wrongly for met, of a hundred million one in ten.
    """

    def __init__(self) -> None:
        self._held: SeenIds | None = SeenIds()
        self._words: NDArray[np.uint64] = np.zeros(0, np.uint64)

    @property
    def exact(self) -> bool:
        """Whether what `met` says is right of every hash."""
        return self._held is not None

    def met(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each hash whether it was met before, here or earlier in this array; all are remembered."""
        if self._held is None:
            return self._perhaps(hashes)
        before = self._held.met(hashes)
        if len(self._held) > EXACT_MOST:  # by number alone, so that the order in which they came does not matter
            self._words = np.zeros(_WORDS, np.uint64)
            self._perhaps(self._held.hashes())
            self._held = None
        return before

    def _perhaps(self, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        before = np.ones(len(hashes), dtype=bool)
        for start in range(0, len(hashes), _AT_ONCE):
            part = hashes[start : start + _AT_ONCE]
            different, first = np.unique(np.where(part == 0, np.uint64(1), part), return_index=True)  # as SeenIds
            place = (different >> np.uint64(64 - 23)).astype(np.int64)
            bits = np.zeros(len(different), np.uint64)
            for number in range(_BITS):
                bits |= np.uint64(1) << ((different >> (_PART * np.uint64(number))) & np.uint64(63))
            before[start + first] = (self._words[place] & bits) == bits
            np.bitwise_or.at(self._words, place, bits)
        return before
