"""Candidates by bands of MinHash values, each verified before it counts, joined to components.

Texts whose values agree in a whole band fall into one bucket. There each is compared with a few leaders instead of with all,
and only with those it is not joined with yet; one that is joined with none becomes a leader itself, and in a bucket of many
different texts the oldest leader gives way. A bucket in which hardly anything is found is left: it is made by boilerplate. After
half of the bands a few texts stand for each component. So a template with 100,000 variants costs its size.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.components import root_of
from inconcert.copies.sketch import band_keys, most_bits, near, orders
from inconcert.copies.texts import Texts
from inconcert.copies.verify import FLOOR, desk, same
from inconcert.progress import Progress

MINIMA = 3
BANDS = 56
"""A pair of similarity J meets in a bucket with chance 1 - (1 - J^3)^56: .975 for .4, .9994 for .5, 1 for .6."""
BANDS_AT_ONCE = 28
"""Whose keys are held in memory, 4 bytes a text each."""
SEED = 20
_LEADERS = 16
_FEW = 8
"""Texts of a bucket up to which each is compared with all; later ones only if they are joined with no leader yet."""
_TRIES = 4
"""Leaders with near sketches that one of the later texts is compared with."""
_PATIENCE = 64
"""Comparisons in a bucket, one in as many of which must find copies: others are buckets of boilerplate, and are left."""
_STANDING = 64
"""Texts of one component that stand for it after the first half of the bands."""
_AHEAD = 32
"""Entries by which memory is touched before it is needed."""
_DIGIT = 11
_MOST_FAILED = 24
"""Bits of the number of pairs remembered, at most; otherwise two for each text."""
_STIR = np.uint64(0x9E3779B97F4A7C15)
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)


def join_by_bands(texts: Texts, parent: NDArray[np.int32], progress: Progress) -> None:
    """Join texts that are the same words: `parent`, a forest over all texts, is changed in place."""
    rows = np.flatnonzero(texts.width).astype(np.int32)
    if len(rows) < 2:
        return
    most, room = most_bits(FLOOR), desk(texts)
    failed = np.zeros(1 << min(len(rows).bit_length() + 1, _MOST_FAILED), dtype=np.uint64)
    factor, shift = orders(BANDS * MINIMA, SEED)
    for begin in range(0, BANDS, BANDS_AT_ONCE):
        part = slice(begin * MINIMA, (begin + BANDS_AT_ONCE) * MINIMA)
        for band, keys in enumerate(band_keys(texts, rows, factor[part], shift[part], MINIMA), begin):
            progress("comparing texts", band, BANDS)
            _join_buckets(_sorted(keys, rows), most, texts, room, failed, parent)
        rows = _thinned(rows, parent)
    progress("comparing texts", BANDS, BANDS)


@njit(cache=True, nogil=True)
def _thinned(rows, parent):
    """The rows, of each component no more than the first _STANDING."""
    size, kept = np.zeros(len(parent), dtype=np.uint8), np.empty(len(rows), dtype=np.bool_)
    for r in range(len(rows)):
        root = root_of(parent, rows[r])
        kept[r] = size[root] < _STANDING
        size[root] += kept[r]
    return rows[kept]


@njit(cache=True, nogil=True)
def _sorted(keys, rows):
    """Keys above the texts they are of, sorted by key."""
    n = len(keys)
    one, other = np.empty(n, dtype=np.uint64), np.empty(n, dtype=np.uint64)
    for r in range(n):
        one[r] = (np.uint64(keys[r]) << _HALF) | np.uint64(rows[r])
    free = np.empty(1 << _DIGIT, dtype=np.int64)
    for shift in range(32, 64, _DIGIT):
        free[:] = 0
        for entry in one:
            free[(entry >> np.uint64(shift)) & np.uint64((1 << _DIGIT) - 1)] += 1
        total = 0
        for digit in range(len(free)):
            free[digit], total = total, total + free[digit]
        for entry in one:
            place = (entry >> np.uint64(shift)) & np.uint64((1 << _DIGIT) - 1)
            other[free[place]] = entry
            free[place] += 1
        one, other = other, one
    return one


@njit(cache=True, nogil=True)
def _join_buckets(entries, most, texts, desk, failed, parent):
    """Compare within each bucket, a run of entries with equal upper halves; the lower half is a text. failed: pairs that were no
    copies, most of the latest, so that they are not compared in every bucket in which they meet."""
    leaders = np.empty(_LEADERS, dtype=np.int64)
    roots = np.empty(_LEADERS, dtype=np.int64)
    begin, touched = 0, np.uint64(0)
    while begin < len(entries):
        end = begin + 1
        while end < len(entries) and entries[end] >> _HALF == entries[begin] >> _HALF:
            end += 1
        for e in range(begin + _AHEAD, min(end + _AHEAD, len(entries) - 1)):
            key = entries[e] >> _HALF
            if key == entries[e - 1] >> _HALF or key == entries[e + 1] >> _HALF:
                i = np.int64(entries[e] & _LOWER)
                touched ^= np.uint64(parent[i]) ^ texts.odd[i, 0] ^ texts.odd[i, -1]
        led, tried, met = 0, 0, 0
        for e in range(begin, end if end > begin + 1 else begin):
            i = np.int64(entries[e] & _LOWER)
            root = root_of(parent, i)
            leading, joined = min(led, _LEADERS), False
            for k in range(leading):
                joined |= roots[k] == root
            tries = _TRIES if led > _FEW else _LEADERS
            for k in range(0 if joined and led > _FEW else leading):
                if roots[k] == root or not near(texts.odd, i, leaders[k], most):
                    continue
                pair = np.uint64(min(i, leaders[k])) << _HALF | np.uint64(max(i, leaders[k]))
                slot = (pair * _STIR) >> np.uint64(40) & np.uint64(len(failed) - 1)
                laid, read = (leaders[k], i) if leading == 1 else (i, leaders[k])
                tried += 1
                if failed[slot] != pair and same(texts, laid, read, desk):
                    met += 1
                    parent[root] = roots[k]
                    root, joined = _renamed(roots[:leading], root, roots[k]), True
                    if led > _FEW:
                        break
                failed[slot] = pair
                tries -= 1
                if tries == 0:
                    break
            if not joined or led < _FEW:
                leaders[led % _LEADERS], roots[led % _LEADERS] = i, root
                led += 1
            if tried >= _PATIENCE and met * _PATIENCE < tried:
                break
        begin = end
    return touched  # nobody needs it; but what is read for nothing is read in time


@njit(cache=True, nogil=True)
def _renamed(roots, old, new):
    """The new name, after it replaced the old one."""
    for k in range(len(roots)):
        if roots[k] == old:
            roots[k] = new
    return new
