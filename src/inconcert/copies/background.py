"""What ordinary people write all the time: shingles too common in a background to tell one text from another."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.comparable import comparables
from inconcert.copies.shingles import DENSE, DENSE_SHORT, SPACED, characters, distinct, open_table, room, words
from inconcert.copies.texts import NOTHING_COMMON, texts_of

SHARE = 0.001
"""Of the background's texts, above which a shingle is common."""
FEWEST = 5
"""Texts in which it must be found at least, so that a small background says nothing of chance."""
_COUNTERS = 1 << 22


def common_shingles(background: pa.Array) -> NDArray[np.uint32]:
    """Shingles of characters and words in more than SHARE of the background's texts that are long enough to compare, as an
    open table (see `Texts`). Time grows with the text; memory is 16 MiB and the shingles that may be common."""
    texts = texts_of(comparables(background))
    least = max(FEWEST, int(SHARE * np.count_nonzero(texts.width)) + 1)
    hashes, count = _frequent(texts, least)
    table: NDArray[np.uint32] = open_table(hashes[count >= least])
    return table if len(table) > 1 else NOTHING_COMMON


@njit(cache=True, nogil=True)
def _all_shingles(texts, i, points, hashes, seen, mark):
    """Distinct shingles of every sort that text i, or a text with the same words, can have; how many."""
    if texts.width[i] == SPACED:
        n = characters(texts, i, SPACED, points, hashes)
        n += words(texts, i, points, hashes[n:])
    else:
        n = characters(texts, i, DENSE, points, hashes)
        n += characters(texts, i, DENSE_SHORT, points, hashes[n:])
    return distinct(hashes, n, seen, mark)


@njit(cache=True, nogil=True)
def _frequent(texts, least):
    """(hashes, count): the shingles whose counter, which others share, reached `least`, and the texts that have each."""
    longest, slots = room(texts)
    points, hashes = np.empty(longest, dtype=np.uint32), np.empty(2 * longest, dtype=np.uint32)
    seen = np.zeros(2 * slots, dtype=np.uint64)
    counters = np.zeros(_COUNTERS, dtype=np.uint32)
    n = len(texts.width)
    keys, count, held = np.zeros(1024, dtype=np.uint32), np.zeros(1024, dtype=np.int64), 0
    for i in range(2 * n):
        if texts.width[i % n] == 0:
            continue
        found = _all_shingles(texts, i % n, points, hashes, seen, i + 1)
        for h in hashes[:found]:
            if i < n:
                counters[h % _COUNTERS] += 1
            elif counters[h % _COUNTERS] >= least:
                if 2 * held >= len(keys):
                    keys, count = _larger(keys, count)
                slot = _slot(keys, h)
                held += keys[slot] == 0
                keys[slot] = h
                count[slot] += 1
    return keys[count > 0], count[count > 0]


@njit(cache=True, nogil=True)
def _slot(keys, h):
    """Where the open table holds the hash, or would."""
    slot = h & np.uint32(len(keys) - 1)
    while keys[slot] != 0 and keys[slot] != h:
        slot = (slot + np.uint32(1)) & np.uint32(len(keys) - 1)
    return slot


@njit(cache=True, nogil=True)
def _larger(keys, count):
    """The open table with twice the room."""
    more, counted = np.zeros(2 * len(keys), dtype=np.uint32), np.zeros(2 * len(keys), dtype=np.int64)
    for old in range(len(keys)):
        if keys[old] != 0:
            slot = _slot(more, keys[old])
            more[slot], counted[slot] = keys[old], count[old]
    return more, counted
