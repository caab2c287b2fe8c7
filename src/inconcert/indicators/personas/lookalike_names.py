"""Names that a reader takes for one another: equal skeletons, a typing error or two, or the same but for the end.

Names are compared as keys, which keep of their skeletons the letters and digits. Blocking loses nothing: two keys within the
distance, or as similar, as asked have nearly the same characters in any order, and that is looked at first.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from inconcert.indicators.personas.confusables import skeleton

MOST = 100
"""Characters of a name that are looked at."""
SHORTEST = 6
"""Keys shorter than this must be equal: most short names are two letters from another one."""
MISTAKES, SIMILARITY = 2, 0.92
"""Damerau-Levenshtein distance at most; Jaro-Winkler similarity at least."""

_BUCKETS = 32
_LATIN_MARKS = "\u036f"  # the last of the marks that are accents on Latin, Greek and Cyrillic letters
# Of Jaro-Winkler at least .92 the part that the common beginning can give, .1 for each of four characters, is taken off:
# Jaro is at least .8667, so the shares of characters in common sum to 1.6 at least.
_JARO_SHARES = 3 * (SIMILARITY - 0.4) / 0.6 - 1


@dataclass(frozen=True)
class Keys:
    """Keys of many names, made ready for a search: bags (n, 32) counts characters by their code point modulo 32."""

    keys: Sequence[str]
    length: NDArray[np.int32]
    bags: NDArray[np.uint8]


def name_key(name: str | None) -> str:
    """What is compared of a name: letters and digits of its skeleton in lower case, without accents; "" if nothing is left.

    Full-width and styled letters, which the skeleton leaves alone in part, count as plain ones (NFKC). i joins l, since I looks like l,
    and sites do not tell i from I in handles."""
    if not name:
        return ""
    shown = skeleton(unicodedata.normalize("NFKC", name[:MOST])).casefold().replace("i", "l")
    if shown.isascii():
        return "".join(filter(str.isalnum, shown))
    return "".join(c for c in shown if c.isalnum() or (c > _LATIN_MARKS and unicodedata.category(c)[0] == "M"))


def alike(key: str, other: str) -> bool:
    """Whether two keys are those of lookalikes."""
    if not key or not other:
        return False
    if key == other:
        return True
    if min(len(key), len(other)) < SHORTEST:
        return False
    return (
        DamerauLevenshtein.distance(key, other, score_cutoff=MISTAKES) <= MISTAKES
        or JaroWinkler.similarity(key, other, score_cutoff=SIMILARITY) >= SIMILARITY
    )


def keys_of(keys: Sequence[str]) -> Keys:
    """These keys, for `lookalikes`."""
    points = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    length = np.fromiter(map(len, keys), dtype=np.int32, count=len(keys))
    return Keys(keys, length, _bags(points, length))


def lookalikes(key: str, among: Keys) -> list[int]:
    """Places of the keys that are alike to this one, ascending."""
    if not key:
        return []
    one = keys_of([key])
    near = _near(one.bags[0], len(key), among.bags, among.length)
    return [int(place) for place in near if alike(key, among.keys[place])]


@njit(cache=True, nogil=True)
def _bags(points, length):
    bags = np.zeros((len(length), _BUCKETS), dtype=np.uint8)
    at = 0
    for i in range(len(length)):
        for _ in range(length[i]):
            bags[i, points[at] % _BUCKETS] += 1
            at += 1
    return bags


@njit(cache=True, nogil=True)
def _near(bag, n, bags, length):
    """Places whose characters differ by no more than either measure allows."""
    found = []
    for i in range(len(length)):
        m = length[i]
        if m == 0:
            continue
        most = n + m - 2 * _JARO_SHARES * n * m / (n + m) + 1e-9
        if abs(n - m) <= MISTAKES:
            most = max(most, 2.0 * MISTAKES)
        if abs(n - m) > most:
            continue
        apart = 0
        for b in range(_BUCKETS):
            apart += max(bags[i, b], bag[b]) - min(bags[i, b], bag[b])  # they are unsigned
        if apart <= most:
            found.append(i)
    return np.array(found, dtype=np.int64)
