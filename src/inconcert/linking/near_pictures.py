"""Pictures that look like published ones, by the distance of their PDQ hashes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_DISTANCE = 31
"""Bits of 256 by which two hashes of one picture may differ, as the makers of PDQ recommend."""
MOST_PAIRS = 400_000_000
"""More pairs than this are not compared: only equal hashes then count."""

_PDQ = re.compile(r"[0-9a-f]{64}\Z")
_CHUNK = 4_000_000
_FEWEST_BITS = 64  # nearly flat pictures have hashes of few ones or zeros that many others are near to


def near_pictures(published: Sequence[str], shown: Sequence[str]) -> list[tuple[int, int]]:
    """Places (published, shown) of hashes 1 to MOST_DISTANCE bits apart, ascending; none when there are more than MOST_PAIRS pairs.

    Values that are no PDQ hash, or that of a nearly flat picture, are near to nothing.
    """
    ours, a = _words(published)
    theirs, b = _words(shown)
    if not len(a) or not len(b) or len(a) * len(b) > MOST_PAIRS:
        return []
    found: list[tuple[int, int]] = []
    step = max(1, _CHUNK // len(b))
    for begin in range(0, len(a), step):
        apart = np.bitwise_count(a[begin : begin + step, None, :] ^ b[None, :, :]).sum(axis=2, dtype=np.int32)
        rows, columns = np.nonzero((apart > 0) & (apart <= MOST_DISTANCE))
        found += [(ours[begin + r], theirs[c]) for r, c in zip(rows.tolist(), columns.tolist(), strict=True)]
    return sorted(found)


def _words(hashes: Sequence[str]) -> tuple[list[int], NDArray[np.uint64]]:
    """Places of usable hashes, and each as four words."""
    places = [place for place, one in enumerate(hashes) if _PDQ.match(one) and _telling(one)]
    data = bytes.fromhex("".join(hashes[place] for place in places))
    return places, np.frombuffer(data, dtype=np.uint64).reshape(-1, 4)


def _telling(pdq: str) -> bool:
    ones = int(pdq, 16).bit_count()
    return _FEWEST_BITS <= ones <= 256 - _FEWEST_BITS
