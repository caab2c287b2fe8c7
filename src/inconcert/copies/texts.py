"""Texts as compiled code compares them: comparable forms in one flat buffer, and what is known of each."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.shingles import DENSE, DENSE_SHORT, MOST_BYTES, SPACED, decode
from inconcert.copies.sketch import odd_sketches
from inconcert.normalise.text import MIN_CHARACTERS, MIN_CHARACTERS_DENSE

SHORT = 20
"""Characters below which a dense text counts as short."""
FEWEST = 8
"""Distinct shingles below which a text is not compared: too little of it tells it from others."""
NOTHING_COMMON: NDArray[np.uint32] = np.zeros(1, dtype=np.uint32)


class Texts(NamedTuple):
    """n comparable forms. data: their UTF-8 (bytes,) uint8; start (n + 1,) int64; width (n,) uint8, characters to a shingle, 0
    for a text that is not compared; n_shingles (n,) int32, distinct ones of characters; odd (n, 8) uint64, odd sketches
    (sketch.py); common: hashes of shingles that are left out, an open table (shingles.py)."""

    data: NDArray[np.uint8]
    start: NDArray[np.int64]
    width: NDArray[np.uint8]
    n_shingles: NDArray[np.int32]
    odd: NDArray[np.uint64]
    common: NDArray[np.uint32]


def texts_of(forms: pa.Array, common: NDArray[np.uint32] = NOTHING_COMMON) -> Texts:
    """The forms (string or large_string, NULL counts as empty) without a copy. Those too short to compare get width 0."""
    data, start = buffers(forms)
    return _seen(data, start, _widths(data, start), common)


def short_dense(texts: Texts, reach: float) -> Texts:
    """The same texts as short dense ones see them, by shingles of two characters: these and dense ones at most 1 / reach times
    as long can be compared; width 0 for all others, and for all when either kind is missing."""
    near = (texts.width == DENSE) & (_lengths(texts.data, texts.start) < SHORT / reach)
    short = texts.width == DENSE_SHORT
    both = near.any() and short.any()
    width = np.where((near | short) & both, DENSE_SHORT, 0).astype(np.uint8)
    return _seen(texts.data, texts.start, width, texts.common)


def buffers(forms: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """(data, start): text i of the array is data[start[i]:start[i + 1]], UTF-8."""
    forms = forms.cast(pa.large_string())
    _, offsets, values = forms.buffers()
    start = np.frombuffer(offsets or bytes(8), np.int64)[forms.offset : forms.offset + len(forms) + 1]
    return np.frombuffer(values if values is not None and values.size else bytes(1), np.uint8), start


def _seen(
    data: NDArray[np.uint8], start: NDArray[np.int64], width: NDArray[np.uint8], common: NDArray[np.uint32]
) -> Texts:
    """With numbers of shingles and sketches at these widths; a text of fewer than FEWEST distinct shingles gets width 0."""
    odd = odd_sketches(Texts(data, start, width, np.empty(0, np.int32), np.empty((0, 0), np.uint64), common))
    n_shingles = odd[:, -1].astype(np.int32)
    return Texts(data, start, np.where(n_shingles < FEWEST, 0, width).astype(np.uint8), n_shingles, odd, common)


@njit(cache=True, nogil=True)
def _is_dense(p):
    """As in normalise/text.py: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean."""
    if p < 0x0E00:
        return False
    if p < 0x2E80:
        return p < 0x0F00 or 0x1000 <= p < 0x10A0 or 0x1780 <= p < 0x1800
    return (
        p < 0x2FE0
        or 0x3040 <= p < 0x3200
        or 0x3400 <= p < 0x4DC0
        or 0x4E00 <= p < 0xA000
        or 0xAC00 <= p < 0xD7B0
        or 0xF900 <= p < 0xFB00
        or p >= 0x20000
    )


@njit(cache=True, nogil=True)
def _widths(data, start):
    """Characters to a shingle of each text; 0 for texts too short to compare."""
    longest = 0
    for i in range(len(start) - 1):
        longest = max(longest, min(start[i + 1] - start[i], MOST_BYTES))
    points = np.empty(longest + 1, dtype=np.uint32)
    width = np.zeros(len(start) - 1, dtype=np.uint8)
    for i in range(len(width)):
        n = decode(data, start[i], start[i + 1], points)
        dense, signs = 0, 0
        for p in points[:n]:
            dense += _is_dense(p)
            signs += p != 32 and not 48 <= p < 58
        if 2 * dense > signs:
            if n >= MIN_CHARACTERS_DENSE:
                width[i] = DENSE_SHORT if n < SHORT else DENSE
        elif n >= MIN_CHARACTERS:
            width[i] = SPACED
    return width


@njit(cache=True, nogil=True)
def _lengths(data, start):
    """Characters of each text."""
    length = np.zeros(len(start) - 1, dtype=np.int64)
    for i in range(len(length)):
        for byte in data[start[i] : start[i + 1]]:
            length[i] += byte & 0xC0 != 0x80
    return length
