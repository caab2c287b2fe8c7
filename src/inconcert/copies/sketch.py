"""Sketches: a few numbers that stand for the shingles of a text, by which most comparisons need not be made.

MinHash (Broder 1997): the least value of the shingles under a random order is the same in two texts with a chance of their
Jaccard similarity. Odd sketch (Mitzenmacher, Pagh and Pham 2014): each distinct shingle turns one bit of 448; the bits in
which two sketches differ are never more than the shingles in which the texts differ.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.shingles import characters, distinct, room

_WORDS = 7
BITS = 64 * _WORDS
_SURE = 4.5
"""Standard deviations by which the bits of a pair just similar enough may exceed their mean: three in a million lie beyond."""
_MIX = np.uint32(0x85EBCA6B)


def orders(n: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """(factor, shift) of n random orders of 32-bit hashes: h -> factor * h + shift modulo 2^32, factors being odd."""
    rng = np.random.default_rng(seed)
    factor = rng.integers(0, 2**32, n, dtype=np.uint32) | np.uint32(1)
    return factor, rng.integers(0, 2**32, n, dtype=np.uint32)


@njit(cache=True, nogil=True)
def band_keys(texts, rows, factor, shift, minima):
    """(bands, rows) uint32: for each text of the rows a hash of `minima` least values a band; bands of len(factor) / minima."""
    longest, _ = room(texts)
    points, hashes = np.empty(longest, dtype=np.uint32), np.empty(longest, dtype=np.uint32)
    bands = len(factor) // minima
    keys = np.empty((bands, len(rows)), dtype=np.uint32)
    least = np.empty(len(factor), dtype=np.uint32)
    for r in range(len(rows)):
        n = characters(texts, rows[r], texts.width[rows[r]], points, hashes)
        least[:] = np.uint32(0xFFFFFFFF)
        for h in hashes[:n]:
            for k in range(len(factor)):
                value = np.uint32(h * factor[k] + shift[k])
                least[k] = value if value < least[k] else least[k]
        for band in range(bands):
            key = np.uint32(band)
            for value in least[band * minima : (band + 1) * minima]:
                key = np.uint32((key ^ value) * _MIX)
                key ^= key >> np.uint32(15)
            keys[band, r] = key
    return keys


@njit(cache=True, nogil=True)
def odd_sketches(texts):
    """(n, 8) uint64: the parities of the distinct shingles of each text, in 7 words, and in the last how many they are; together
    because they are read together."""
    longest, slots = room(texts)
    points, hashes = np.empty(longest, dtype=np.uint32), np.empty(longest, dtype=np.uint32)
    seen = np.zeros(slots, dtype=np.uint64)
    odd = np.zeros((len(texts.width), _WORDS + 1), dtype=np.uint64)
    for i in range(len(odd)):
        count = distinct(hashes, characters(texts, i, texts.width[i], points, hashes), seen, i + 1)
        for h in hashes[:count]:
            bit = (np.uint64(np.uint32(h * _MIX)) * np.uint64(BITS)) >> np.uint64(32)
            odd[i, bit >> np.uint64(6)] ^= np.uint64(1) << (bit & np.uint64(63))
        if count > 0:
            odd[i, _WORDS] = count
    return odd


@njit(inline="always")
def _ones(x):
    """Bits set in a 64-bit word."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@njit(cache=True, nogil=True)
def near(odd, a, b, most):
    """Whether two sketches differ in no more bits than those of similar texts may; `most` of `most_bits`."""
    both = np.int64(odd[a, _WORDS] + odd[b, _WORDS])
    if both >= len(most):
        return True
    apart = np.uint64(0)
    for word in range(_WORDS):
        apart += _ones(odd[a, word] ^ odd[b, word])
    return np.int64(apart) <= most[both]


def most_bits(floor: float) -> NDArray[np.int32]:
    """By the sum of their numbers of shingles: bits in which two texts of at least `floor` Jaccard similarity may differ.

    Never less than they differ for short texts; for longer ones, exceeded with the chance that _SURE says. Sums beyond the
    end of the array: any number.
    """
    sums = np.arange(8 * BITS)
    apart = np.floor(sums * (1 - floor) / (1 + floor) + 1e-9)
    mean = BITS / 2 * -np.expm1(-2 * apart / BITS)
    deviation = np.sqrt(BITS / 4 * -np.expm1(-4 * apart / BITS))
    most: NDArray[np.int32] = np.minimum(apart, np.ceil(mean + _SURE * deviation)).astype(np.int32)
    return most
