"""Counts of followers, likes and the like, as sites and spreadsheets write them."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NOT_A_COUNT = "not a whole number"

_DIGITS, _PLAIN_DIGITS = 10, 15
_PLAIN = r"^-?\d{1,15}$"
_WHOLE = re.compile(r"(-?\d{1,15})(?:\.0*)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:([,. '’\u00a0\u202f])\d{3})(?:\1\d{3})*")
_SCALED = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*([kKmMbBwW千万萬亿億]|[千百]万)[+＋]?")
_AT_LEAST = re.compile(r"(\d{1,15})[+＋]")
_SCALE = {
    "k": 10**3, "m": 10**6, "b": 10**9,
    "千": 10**3, "w": 10**4, "万": 10**4, "萬": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "億": 10**8,
}  # fmt: skip


def read_counts(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """int64 counts and, where a cell has none, the reason; NULL for NULL. Reads 1234, 1234.0, 1,234, 1.2K, 3万 and 10w.

    "999+" and "10万+" are read as the number they name, which is the least it can be.
    """
    if _all_plain(column):
        return column.cast(pa.int64()), pa.nulls(len(column), pa.string())
    plain = pc.fill_null(pc.match_substring_regex(column, _PLAIN), False)
    counts = pc.if_else(plain, column, pa.scalar(None, pa.string())).cast(pa.int64())
    rest = pc.if_else(plain, pa.scalar(None, pa.string()), column).dictionary_encode()
    if not len(rest.dictionary):
        return counts, pa.nulls(len(column), pa.string())
    read = [_count(cell) for cell in rest.dictionary.to_pylist()]
    odd = pa.array(read, pa.int64()).take(rest.indices)
    unread = pa.array([None if count is not None else NOT_A_COUNT for count in read], pa.string()).take(rest.indices)
    return pc.coalesce(counts, odd), unread


def _all_plain(column: pa.Array) -> bool:
    """Whether every value is of 1 to 15 digits and nothing else, as in most exports; of a slice, all around it too."""
    data = column.buffers()[2]
    length = pc.min_max(pc.binary_length(column)).as_py()
    if data is None or not length["min"] or length["max"] > _PLAIN_DIGITS:
        return False
    return bool(((np.frombuffer(data, np.uint8) - np.uint8(ord("0"))) < _DIGITS).all())


def _count(cell: str) -> int | None:
    if whole := _WHOLE.fullmatch(cell):
        return int(whole[1])
    if _GROUPED.fullmatch(cell):
        return int(re.sub(r"[^0-9-]", "", cell))
    if scaled := _SCALED.fullmatch(cell):
        return round(float(scaled[1].replace(",", ".")) * _SCALE[scaled[2].lower()])
    if least := _AT_LEAST.fullmatch(cell):
        return int(least[1])
    return None
