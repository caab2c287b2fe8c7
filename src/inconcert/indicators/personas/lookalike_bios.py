"""Descriptions of themselves that accounts have nearly in common with a few that are asked about."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

SIMILARITY = 0.5
"""Jaccard similarity of stretches of characters, at least."""
STRETCH = 5
SHORTEST = 20
"""Letters and digits of a bio that says anything of its own; letters of dense scripts (Chinese, Japanese, Korean) count double."""
MOST = 400
"""Characters of a bio that are looked at."""

_SLOTS = 1 << 20


def bio_key(bio: str | None) -> str:
    """What is compared of a bio: letters and digits in lower case; "" if they are too few to say anything."""
    if not bio:
        return ""
    shown = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", bio[:MOST]).casefold()))
    return shown if sum(2 if c >= "\u2e80" else 1 for c in shown) >= SHORTEST else ""


def similar_bios(asked: Sequence[str], among: Sequence[str]) -> list[list[int]]:
    """For each key asked, the places of keys `among` that are as similar as SIMILARITY; keys are distinct on either side."""
    own = [_stretches(key) for key in asked]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, stretches in enumerate(own):
        for stretch in stretches:
            holders[stretch].append(at)
    places: list[list[int]] = [[] for _ in asked]
    if not holders:
        return places
    # Sharing half of all stretches of both means holding half of its own; those that hold a third of known ones are looked at.
    for place in _promising(_points(list(holders)), *_joined(among)):
        stretches = _stretches(among[place])
        shared: dict[int, int] = defaultdict(int)
        for stretch in stretches:
            for at in holders.get(stretch, ()):
                shared[at] += 1
        for at, n in shared.items():
            if n >= SIMILARITY * (len(stretches) + len(own[at]) - n):
                places[at].append(int(place))
    return places


def _stretches(key: str) -> frozenset[str]:
    return frozenset(key[i : i + STRETCH] for i in range(len(key) - STRETCH + 1))


def _points(keys: Sequence[str]) -> NDArray[np.uint32]:
    return np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _joined(keys: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Their code points one after the other, and where each begins and the last ends."""
    return _points(keys), np.concatenate([[0], np.cumsum([len(key) for key in keys], dtype=np.int64)]).astype(np.int64)


@njit(inline="always")
def _slot(points, at):
    h = np.uint64(0)
    for i in range(STRETCH):
        h = (h ^ np.uint64(points[at + i])) * np.uint64(0x9E3779B97F4A7C15)
        h ^= h >> np.uint64(29)
    return h & np.uint64(_SLOTS - 1)


@njit(cache=True, nogil=True)
def _promising(known, points, start):
    """Keys a third of whose stretches, at least, have the slot of a known one (`known` holds them one after the other)."""
    table = np.zeros(_SLOTS, dtype=np.bool_)
    for at in range(0, len(known), STRETCH):
        table[_slot(known, at)] = True
    found = []
    for i in range(len(start) - 1):
        held, n = 0, start[i + 1] - start[i] - STRETCH + 1
        for at in range(start[i], start[i] + n):
            held += table[_slot(points, at)]
        if n > 0 and 3 * held >= n:
            found.append(i)
    return np.array(found, dtype=np.int64)
