"""The inner loops of grouping pictures: each joins a representative that shows the same, or becomes one itself.

Only representatives are looked up, so that the cost grows with pictures and groups and not with pairs: by PDQ hash over 16
bands of 16 bits, one of which two hashes 31 bits apart or less must share but for one bit; by details over words of 20 bits.
"""

# mypy: disable-error-code="no-untyped-def,assignment"
from __future__ import annotations

import numpy as np
from numba import njit

from inconcert.copies.bits import ones
from inconcert.copies.details_kernel import alike

NEAR = 31
"""Most bits by which two PDQ hashes of the same picture differ."""

_COMMON = 4
_LOOKED_AT = 8
"""Details must have this many words in common before two pictures are compared; and how many are compared at most."""

_CAP = 32
"""Representatives kept under one word: more share only what all pictures have, such as a corner."""

_MOST_HITS = 256
"""Frames of representatives looked at for one frame: of single pictures there are never that many so near to each other."""


@njit(cache=True, nogil=True)
def distance(pdq, a, b):
    """Bits by which two rows of pdq (frames, 4) uint64 differ."""
    return (
        ones(pdq[a, 0] ^ pdq[b, 0])
        + ones(pdq[a, 1] ^ pdq[b, 1])
        + ones(pdq[a, 2] ^ pdq[b, 2])
        + ones(pdq[a, 3] ^ pdq[b, 3])
    )


@njit(cache=True, nogil=True)
def same(first, needed, pdq, point_first, x, y, size, hashes, extent, f, other, by_details):
    """Mean distance of the frames of the shorter of two files that are met again in the other; -1 when they are too few.

    first: (files + 1,) frames of each; needed: (files,) how many of them must be met; pdq: (frames, 4) uint64; point_first: (frames + 1,) details of each frame; x, y, size,
    hashes: of each detail; extent: (frames, 2) width and height, longest side 1. by_details: besides by hash.
    """
    if needed[f] > needed[other]:
        f, other = other, f
    left = first[f + 1] - first[f]
    met, total = 0, 0
    for i in range(first[f], first[f + 1]):
        left -= 1
        nearest = np.int64(257)
        for j in range(first[other], first[other + 1]):
            nearest = min(nearest, distance(pdq, i, j))
        again = nearest <= NEAR
        if by_details and not again:
            for j in range(first[other], first[other + 1]):
                if alike(
                    x, y, size, hashes, point_first[i], point_first[i + 1], point_first[j], point_first[j + 1],
                    extent[i], extent[j],
                ):  # fmt: skip
                    again = True
                    nearest = distance(pdq, i, j)
                    break
        if again:
            met += 1
            total += nearest
        if met + left < needed[f]:
            return -1
    return (2 * total + met) // (2 * met) if met else -1


@njit(cache=True, nogil=True)
def by_hash(first, needed, pdq, point_first, x, y, size, hashes, extent):
    """(files,) the representative of each file, by PDQ alone: the nearest of those before it within reach, or itself."""
    n_files, n_frames = len(first) - 1, len(pdq)
    representative = np.arange(n_files)
    file_of = np.repeat(np.arange(n_files), np.diff(first))
    heads = np.full((16, 65536), -1, dtype=np.int32)
    nexts = np.full((16, n_frames), -1, dtype=np.int32)
    seen = np.full(n_frames, -1, dtype=np.int64)
    tried = np.full(n_files, -1, dtype=np.int64)
    for f in range(n_files):
        best, best_bits = -1, np.int64(257)
        for i in range(first[f], first[f + 1]):
            hits = 0
            for band in range(16):
                key = _key(pdq, i, band)
                for flip in range(17):
                    at = heads[band, key if flip == 16 else key ^ (1 << flip)]
                    while at >= 0 and hits < _MOST_HITS:
                        other = file_of[at]
                        if seen[at] != i:
                            seen[at] = i
                            near = distance(pdq, i, at) <= NEAR
                            hits += near
                            if near and tried[other] != f:
                                tried[other] = f
                                bits = same(
                                    first, needed, pdq, point_first, x, y, size, hashes, extent, f, other, False
                                )
                                if bits >= 0 and (bits < best_bits or (bits == best_bits and other < best)):
                                    best, best_bits = other, bits
                        at = nexts[band, at]
        if best >= 0:
            representative[f] = best
            continue
        for i in range(first[f], first[f + 1]):
            for band in range(16):
                key = _key(pdq, i, band)
                nexts[band, i] = heads[band, key]
                heads[band, key] = i
    return representative


@njit(inline="always")
def _key(pdq, frame, band):
    return np.int64((pdq[frame, band >> 2] >> np.uint64((band & 3) * 16)) & np.uint64(0xFFFF))


@njit(cache=True, nogil=True)
def by_details(first, needed, pdq, point_first, x, y, size, hashes, extent, words):
    """(files,) the representative of each file by PDQ or details: of those before it that share most words, or itself.

    words: (details, 2) of 20 bits.
    """
    n_files = len(first) - 1
    representative = np.arange(n_files)
    frame_of = np.repeat(np.arange(len(pdq)), np.diff(point_first))
    file_of = np.repeat(np.arange(n_files), np.diff(first))
    heads = np.full((2, 1 << 20), -1, dtype=np.int32)
    counts = np.zeros((2, 1 << 20), dtype=np.int8)
    nexts = np.full((2, len(hashes)), -1, dtype=np.int32)
    votes = np.zeros(n_files, dtype=np.int64)
    last = np.full(n_files, -1, dtype=np.int64)
    met = np.empty(n_files, dtype=np.int64)
    for f in range(n_files):
        begin, end = point_first[first[f]], point_first[first[f + 1]]
        n_met = 0
        for k in range(begin, end):
            for which in range(2):
                at = heads[which, words[k, which]]
                while at >= 0:
                    other = file_of[frame_of[at]]
                    if last[other] != k:  # one detail speaks once for each
                        last[other] = k
                        if votes[other] == 0:
                            met[n_met] = other
                            n_met += 1
                        votes[other] += 1
                    at = nexts[which, at]
        for _ in range(_LOOKED_AT):
            other = -1
            for k in range(n_met):
                if votes[met[k]] >= _COMMON and (other < 0 or votes[met[k]] > votes[other]):
                    other = met[k]
            if other < 0:
                break
            votes[other] = 0
            if same(first, needed, pdq, point_first, x, y, size, hashes, extent, f, other, True) >= 0:
                representative[f] = other
                break
        for k in range(n_met):
            votes[met[k]] = 0
        if representative[f] == f:
            for k in range(begin, end):
                for which in range(2):
                    word = words[k, which]
                    if counts[which, word] < _CAP:
                        counts[which, word] += 1
                        nexts[which, k] = heads[which, word]
                        heads[which, word] = k
    return representative
