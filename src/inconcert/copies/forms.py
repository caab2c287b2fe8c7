"""Texts of one comparable form are one: each form is kept once, beside those it resembles, and compared once."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.texts import buffers

_WHOLE, _FIRST, _SECOND = map(np.uint64, (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F))
_AHEAD = 16
_SIX_BYTES = np.uint64((1 << 48) - 1)


def distinct_forms(forms: pa.Array) -> tuple[pa.Array, NDArray[np.int32]]:
    """(distinct, form): the distinct forms, large_string, in an order that depends on nothing but themselves, and the index of
    each text's. NULL counts as empty. Copies tend to lie side by side, so that comparing them finds them in the same memory."""
    data, start = buffers(forms)
    keys = _order_keys(data, start)
    form, kept, ends, _ = _runs(data, start, keys, np.argsort(keys, kind="stable"))
    distinct = pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(kept))
    return distinct, form


@njit(cache=True, nogil=True)
def _order_keys(data, start):
    """For each text two least hashes of six bytes, which texts that resemble it share, above a hash of the whole."""
    keys = np.empty(len(start) - 1, dtype=np.uint64)
    for i in range(len(keys)):
        whole, last = np.uint64(1), np.uint64(0)
        first, second = np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(0xFFFFFFFFFFFFFFFF)
        for byte in data[start[i] : start[i + 1]]:
            whole = (whole ^ np.uint64(byte)) * _WHOLE
            last = (last << np.uint64(8) | np.uint64(byte)) & _SIX_BYTES
            first, second = min(first, last * _FIRST), min(second, last * _SECOND)
        first, second = (first * _WHOLE) >> np.uint64(48), (second * _WHOLE) >> np.uint64(48)
        keys[i] = first << np.uint64(48) | second << np.uint64(32) | whole >> np.uint64(32)
    return keys


@njit(cache=True, nogil=True)
def _runs(data, start, keys, order):
    """(form of each text, UTF-8 of the distinct forms, their ends, nothing): equal texts are neighbours in the order of their keys.

    Memory is touched some texts before it is needed.
    """
    form = np.empty(len(order), dtype=np.int32)
    ends = np.zeros(len(order) + 1, dtype=np.int64)
    kept = np.empty(start[-1] - start[0], dtype=np.uint8)
    forms, last, touched = 0, np.uint64(0), np.uint8(0)
    for o in range(len(order)):
        soon = order[min(o + _AHEAD, len(order) - 1)]
        touched ^= data[min(start[soon], len(data) - 1)]
        i = order[o]
        text = data[start[i] : start[i + 1]]
        if forms == 0 or keys[i] != last or not np.array_equal(text, kept[ends[forms - 1] : ends[forms]]):
            forms += 1
            ends[forms] = ends[forms - 1] + len(text)
            kept[ends[forms - 1] : ends[forms]] = text
            last = keys[i]
        form[i] = forms - 1
    return form, kept[: ends[forms]], ends[: forms + 1], touched
