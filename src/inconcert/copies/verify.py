"""Whether two texts are the same words, judged on all their shingles.

They are when their shingles of characters have a Jaccard similarity of at least SAME; or of at least FLOOR, and besides
* they share SAME_WORDS of their shingles of words: many words changed for longer ones (texts with FEWEST_WORDS such shingles), or
* one holds CONTAINED of the shingles of the other: quoted whole, with a comment (the shorter having FEWEST_CONTAINED shingles).
Texts of more than LONG shingles must share LONG_WORDS of those of words as well: with their length all texts of a language come
to share their short stretches.
The rewritten article of the reference case has .60 by characters and .40 by words; different posts on one topic have below .11.
Containment alone would not do: of texts of one length, .6 of it is a Jaccard similarity of .43, and pieces of boilerplate reach it.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.shingles import SPACED, characters, room, words
from inconcert.copies.texts import Texts

SAME = 0.5
FLOOR = 0.4
SAME_WORDS = 0.4
FEWEST_WORDS = 6
LONG = 2_000
LONG_WORDS = 0.25
CONTAINED = 0.8
FEWEST_CONTAINED = 40

_HALF = np.uint64(32)


class Desk(NamedTuple):
    """Room to compare two texts. The hashes of one are laid out in `table`, an open one with much room, each below the number of
    the laying; hashes: of the text being read; seen: the comparison in which a hash of the table was met last; clock: see the
    numbers below."""

    points: NDArray[np.uint32]
    hashes: NDArray[np.uint32]
    table: NDArray[np.uint64]
    seen: NDArray[np.uint32]
    clock: NDArray[np.int64]


_COMPARISONS, _LAYINGS, _LAID, _MASK = range(4)
"""Places of `clock`: comparisons and layings so far; the text laid out, -1 for none; slots of the table in use, less one."""
_SHORT = 1024
"""Hashes up to which each gets eight slots, so that nearly every one finds its own place free and branches go the expected way."""


def desk(texts: Texts) -> Desk:
    """Room for any two of the texts."""
    longest, slots = room(texts)
    points, hashes = np.empty((2, longest), dtype=np.uint32)
    slots = max(slots, 16 * _SHORT)
    table, seen = np.zeros(slots, dtype=np.uint64), np.zeros(slots, dtype=np.uint32)
    return Desk(points, hashes, table, seen, np.array([0, 0, -1, 0]))


@njit(cache=True, nogil=True)
def clear(desk):
    """Lay out nothing: before other texts of the same numbers are compared."""
    desk.clock[_LAID] = -1


@njit(cache=True, nogil=True)
def _lay(n, desk):
    """Lay out the first n hashes of the desk; how many are distinct."""
    mask = 64
    while mask < (8 * n if n <= _SHORT else 2 * n):
        mask *= 2
    mask -= 1
    desk.clock[_LAYINGS] += 1
    desk.clock[_MASK] = mask
    mark, kept = np.uint64(desk.clock[_LAYINGS]), 0
    for h in desk.hashes[:n]:
        entry = (mark << _HALF) | np.uint64(h)
        slot = h & np.uint32(mask)
        while desk.table[slot] >> _HALF == mark and desk.table[slot] != entry:
            slot = (slot + np.uint32(1)) & np.uint32(mask)
        kept += desk.table[slot] != entry
        desk.table[slot] = entry
    return kept


@njit(cache=True, nogil=True)
def _met(n, desk):
    """Distinct hashes among the first n of the desk that are laid out."""
    desk.clock[_COMPARISONS] += 1
    visit, mask = np.uint32(desk.clock[_COMPARISONS]), np.uint32(desk.clock[_MASK])
    mark, met = np.uint64(desk.clock[_LAYINGS]), 0
    for h in desk.hashes[:n]:
        entry = (mark << _HALF) | np.uint64(h)
        slot = h & mask
        found = desk.table[slot]
        while (found >> _HALF == mark) & (found != entry):
            slot = (slot + np.uint32(1)) & mask
            found = desk.table[slot]
        same, before = found == entry, desk.seen[slot]
        met += same & (before != visit)
        desk.seen[slot] = visit if same else before
    return met


@njit(cache=True, nogil=True)
def shared(texts, a, b, desk):
    """Distinct shingles of characters that both texts have. Either may lie on the desk already."""
    if desk.clock[_LAID] == b:
        a, b = b, a
    elif desk.clock[_LAID] != a:
        _lay(characters(texts, a, texts.width[a], desk.points, desk.hashes), desk)
        desk.clock[_LAID] = a
    return _met(characters(texts, b, texts.width[b], desk.points, desk.hashes), desk)


@njit(cache=True, nogil=True)
def _same_words(texts, a, b, least, desk):
    """Whether the shingles of words are similar enough."""
    clear(desk)
    n_a = _lay(words(texts, a, desk.points, desk.hashes), desk)
    n = words(texts, b, desk.points, desk.hashes)
    both = _met(n, desk)
    n_b = _lay(n, desk)
    return min(n_a, n_b) >= FEWEST_WORDS and both >= least * (n_a + n_b - both)


@njit(cache=True, nogil=True)
def least_shared(n_a, n_b):
    """Fewest shingles that texts with n_a and n_b share when their similarity is at least FLOOR."""
    return np.int64(np.ceil(FLOOR / (1 + FLOOR) * (n_a + n_b) - 1e-9))


@njit(cache=True, nogil=True)
def accepted(texts, a, b, both, desk):
    """Whether texts that share `both` shingles of characters are the same words, by the rule of the module."""
    n_a, n_b = texts.n_shingles[a], texts.n_shingles[b]
    either = n_a + n_b - both
    if both < FLOOR * either:
        return False
    if texts.width[a] == SPACED and min(n_a, n_b) > LONG and not _same_words(texts, a, b, LONG_WORDS, desk):
        return False
    if both >= SAME * either or contained(n_a, n_b, both):
        return True
    return texts.width[a] == SPACED and _same_words(texts, a, b, SAME_WORDS, desk)


@njit(cache=True, nogil=True)
def contained(n_a, n_b, both):
    """Whether one text holds the other."""
    shorter = min(n_a, n_b)
    return shorter >= FEWEST_CONTAINED and both >= CONTAINED * shorter


@njit(cache=True, nogil=True)
def same(texts, a, b, desk):
    """Whether two texts are the same words; their shingles must be of the same width."""
    least = least_shared(texts.n_shingles[a], texts.n_shingles[b])
    if texts.width[a] != texts.width[b] or min(texts.n_shingles[a], texts.n_shingles[b]) < least:
        return False
    return accepted(texts, a, b, shared(texts, a, b, desk), desk)
