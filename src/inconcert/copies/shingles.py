"""Shingles: the short stretches of a text by which it is compared, each as a 32-bit hash.

Of scripts that put spaces between words, characters by fives (spaces count) and words by threes; of dense scripts (Chinese,
Japanese, Korean, Thai and the like), in which a character is about a word, characters by threes, or by twos in short texts. Nothing
is kept of a text but how many it has: made again when they are needed, they come sooner than from memory.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

SPACED, DENSE, DENSE_SHORT = 5, 3, 2
"""Characters to a shingle."""
WORDS = 3
"""Words to a shingle."""
MOST_BYTES = 1 << 20
"""Of a text that is looked at: one of a hundred megabytes is judged by its first."""

_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1], dtype=np.uint32)
_FIRST_STIR, _SECOND_STIR = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_OF_WORDS = np.uint32(0x5BD1E995)  # so that a shingle of words is no shingle of characters
_SPACE = np.uint32(32)
_BATCH = 16
"""Shingles hashed at a time."""
_HALF = np.uint64(32)


@njit(cache=True, nogil=True)
def open_table(hashes):
    """The distinct hashes as an open table of a power of two, at most half full; 0, which means free, cannot be held."""
    size = 1
    while size < 2 * len(hashes):
        size *= 2
    table = np.zeros(size, dtype=np.uint32)
    for h in hashes:
        slot = h & np.uint32(size - 1)
        while table[slot] != 0 and table[slot] != h:
            slot = (slot + np.uint32(1)) & np.uint32(size - 1)
        table[slot] = h
    return table


@njit(cache=True, nogil=True)
def is_common(common, h):
    """Whether the open table holds the hash."""
    mask = np.uint32(len(common) - 1)
    slot = h & mask
    while common[slot] != 0:
        if common[slot] == h:
            return True
        slot = (slot + np.uint32(1)) & mask
    return False


@njit(cache=True, nogil=True)
def decode(data, begin, end, points):
    """The code points of UTF-8 that is known to be valid, into `points`, up to MOST_BYTES; how many."""
    end = min(end, begin + MOST_BYTES)
    text, every, n = data[begin:end], np.uint8(0), 0
    for byte in text:
        every |= byte
    if every < 0x80:
        for j in range(len(text)):
            points[j] = text[j]
        return len(text)
    while begin < end:
        point = np.uint32(data[begin])
        if point < 0x80:
            begin += 1
        elif point < 0xE0:
            point = ((point & np.uint32(0x1F)) << np.uint32(6)) | (data[begin + 1] & np.uint32(0x3F))
            begin += 2
        elif point < 0xF0:
            point = ((point & np.uint32(0x0F)) << np.uint32(12)) | ((data[begin + 1] & np.uint32(0x3F)) << np.uint32(6))
            point |= data[begin + 2] & np.uint32(0x3F)
            begin += 3
        else:
            point = ((point & np.uint32(0x07)) << np.uint32(18)) | (
                (data[begin + 1] & np.uint32(0x3F)) << np.uint32(12)
            )
            point |= ((data[begin + 2] & np.uint32(0x3F)) << np.uint32(6)) | (data[begin + 3] & np.uint32(0x3F))
            begin += 4
        points[n] = point
        n += 1
    return n


@njit(inline="always")
def _stirred(value):
    """A 32-bit hash of 32 bits, never 0."""
    value = np.uint32(value ^ (value >> np.uint32(16))) * _FIRST_STIR
    value = np.uint32(np.uint32(value) ^ (np.uint32(value) >> np.uint32(13))) * _SECOND_STIR
    value = np.uint32(value) ^ (np.uint32(value) >> np.uint32(16))
    return np.uint32(value + np.uint32(value == 0))


@njit(cache=True, nogil=True)
def characters(texts, i, width, points, hashes):
    """Hashes of the shingles of `width` characters of text i, in order, repeated ones too, without the common; how many."""
    if width == 0:
        return 0
    n = decode(texts.data, texts.start[i], texts.start[i + 1], points) - width + 1
    a, b, c, d, e = _FACTORS
    whole = (max(n, 0) + _BATCH - 1) // _BATCH * _BATCH  # what is read beyond the end is overwritten or not looked at
    if width == SPACED:
        for j in range(whole):
            value = points[j] * a + points[j + 1] * b + points[j + 2] * c + points[j + 3] * d + points[j + 4] * e
            hashes[j] = _stirred(np.uint32(value))
    elif width == DENSE:
        for j in range(whole):
            hashes[j] = _stirred(np.uint32(points[j] * a + points[j + 1] * b + points[j + 2] * c))
    else:
        for j in range(whole):
            hashes[j] = _stirred(np.uint32(points[j] * a + points[j + 1] * b))
    return _uncommon(hashes, n, texts.common)


@njit(cache=True, nogil=True)
def words(texts, i, points, hashes):
    """Hashes of the shingles of three words of text i, as `characters`."""
    n = decode(texts.data, texts.start[i], texts.start[i + 1], points)
    points[n] = _SPACE
    before, last, word = np.uint32(0), np.uint32(0), np.uint32(0)
    seen, kept = 0, 0
    for j in range(n + 1):
        if points[j] != _SPACE:
            word = _stirred(np.uint32(word * _FACTORS[0] + points[j]))
            continue
        seen += 1
        if seen >= WORDS:
            hashes[kept] = _stirred(np.uint32(before * _FACTORS[1] + last * _FACTORS[2] + word * _OF_WORDS))
            kept += 1
        before, last, word = last, word, np.uint32(0)
    return _uncommon(hashes, kept, texts.common)


@njit(cache=True, nogil=True)
def _uncommon(hashes, n, common):
    """Keep those of the first n hashes that the table does not hold; how many."""
    if len(common) == 1:
        return max(n, 0)
    kept = 0
    for j in range(n):
        h = hashes[j]
        hashes[kept] = h
        kept += not is_common(common, h)
    return kept


@njit(cache=True, nogil=True)
def distinct(hashes, n, seen, mark):
    """The first n hashes without repetitions, in place; how many. seen: (power of two >= 2 n,) uint64; mark: new for every call."""
    slots = 16
    while slots < 2 * n:
        slots *= 2
    mask, kept = np.uint32(slots - 1), 0
    for j in range(n):
        h = hashes[j]
        entry = (np.uint64(mark) << _HALF) | np.uint64(h)
        slot = h & mask
        while seen[slot] != entry and seen[slot] >> _HALF == np.uint64(mark):
            slot = (slot + np.uint32(1)) & mask
        if seen[slot] != entry:
            seen[slot] = entry
            hashes[kept] = h
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def room(texts):
    """(longest, slots): entries for the characters or shingles of the longest text, and a power of two of at least twice as many."""
    longest = 0
    for i in range(len(texts.width)):
        longest = max(longest, texts.start[i + 1] - texts.start[i])
    longest = min(longest, MOST_BYTES) + _BATCH + SPACED
    slots = 16
    while slots < 2 * longest:
        slots *= 2
    return longest, slots
