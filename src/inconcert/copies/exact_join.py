"""All pairs of texts that are the same words, without sampling: the reference, and the way for few texts.

An inverted index over the rarest shingles of each text (prefix filter: Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and
Srikant 2007): texts of at least FLOOR similarity share one among them, and enough of them that most others need no closer look.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.shingles import characters, distinct, room
from inconcert.copies.texts import Texts
from inconcert.copies.verify import FLOOR, accepted, desk, least_shared, shared

MOST_EXACT = 2_000
"""Texts up to which every pair is compared in production."""


def exact_join(texts: Texts) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(left, right) of every pair that is the same words by the rule of verify.py; time and memory grow with the pairs."""
    rows = np.flatnonzero(texts.width).astype(np.int32)
    rows = rows[np.argsort(texts.n_shingles[rows], kind="stable")]
    start, hashes = _sets(texts, rows)
    values, value = np.unique(hashes, return_inverse=True)
    popularity = np.bincount(value, minlength=len(values))
    place = np.empty(len(values), dtype=np.int32)
    place[np.argsort(popularity, kind="stable")] = np.arange(len(values), dtype=np.int32)
    tokens = _by_place(start, place[value], len(values))
    left, right = _pairs(texts, rows, start, tokens, len(values), desk(texts))
    return left, right


@njit(cache=True, nogil=True)
def _sets(texts, rows):
    """(start, hashes): the distinct shingles of each text of the rows."""
    longest, slots = room(texts)
    points, found = np.empty(longest, dtype=np.uint32), np.empty(longest, dtype=np.uint32)
    seen = np.zeros(slots, dtype=np.uint64)
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    for r in range(len(rows)):
        start[r + 1] = start[r] + texts.n_shingles[rows[r]]
    hashes = np.empty(start[-1], dtype=np.uint32)
    for r in range(len(rows)):
        n = characters(texts, rows[r], texts.width[rows[r]], points, found)
        n = distinct(found, n, seen, r + 1)
        hashes[start[r] : start[r + 1]] = found[:n]
    return start, hashes


@njit(cache=True, nogil=True)
def _by_place(start, place, n_places):
    """The places of each text in ascending order: by way of the texts of each place."""
    first = np.zeros(n_places + 1, dtype=np.int64)
    for p in place:
        first[p + 1] += 1
    for p in range(n_places):
        first[p + 1] += first[p]
    free, owner = first[:-1].copy(), np.empty(len(place), dtype=np.int32)
    for r in range(len(start) - 1):
        for p in place[start[r] : start[r + 1]]:
            owner[free[p]] = r
            free[p] += 1
    filled, ordered = start[:-1].copy(), np.empty(len(place), dtype=np.int32)
    for p in range(n_places):
        for r in owner[first[p] : first[p + 1]]:
            ordered[filled[r]] = p
            filled[r] += 1
    return ordered


@njit(cache=True, nogil=True)
def _prefix(n):
    """Rarest shingles of a text of n, one of which every similar text that is no longer shares."""
    return n - np.int64(np.ceil(FLOOR * n - 1e-9)) + 1


@njit(cache=True, nogil=True)
def _pairs(texts, rows, start, tokens, n_tokens, desk):
    """Every pair of the rows, which are in order of their numbers of shingles."""
    n = len(rows)
    first = np.zeros(n_tokens + 1, dtype=np.int64)
    for x in range(n):
        for token in tokens[start[x] : start[x] + _prefix(start[x + 1] - start[x])]:
            first[token + 1] += 1
    for token in range(n_tokens):
        first[token + 1] += first[token]
    holders, begins, ends = np.empty(first[-1], dtype=np.int32), first[:-1].copy(), first[:-1].copy()
    met, candidates = np.zeros(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    left, right, found = np.empty(1024, dtype=np.int32), np.empty(1024, dtype=np.int32), 0
    for x in range(n):
        size = start[x + 1] - start[x]
        prefix, n_candidates = _prefix(size), 0
        for token in tokens[start[x] : start[x] + prefix]:
            while begins[token] < ends[token] and _too_short(holders[begins[token]], start, size):
                begins[token] += 1
            for y in holders[begins[token] : ends[token]]:
                candidates[n_candidates] = y
                n_candidates += met[y] == 0
                met[y] += 1
            holders[ends[token]] = x
            ends[token] += 1
        for y in candidates[:n_candidates]:
            other = start[y + 1] - start[y]
            prefix_y = _prefix(other)
            shorter_way = tokens[start[x] + prefix - 1] < tokens[start[y] + prefix_y - 1]
            most = met[y] + (size - prefix if shorter_way else other - prefix_y)
            met[y] = 0
            least = least_shared(size, other)
            if most < least or texts.width[rows[x]] != texts.width[rows[y]]:
                continue
            if accepted(texts, rows[x], rows[y], shared(texts, rows[x], rows[y], desk), desk):
                if found == len(left):
                    left = np.concatenate((left, np.empty_like(left)))
                    right = np.concatenate((right, np.empty_like(right)))
                left[found], right[found] = min(rows[x], rows[y]), max(rows[x], rows[y])
                found += 1
    return left[:found].copy(), right[:found].copy()


@njit(cache=True, nogil=True)
def _too_short(y, start, size):
    return start[y + 1] - start[y] < FLOOR * size - 1e-9
