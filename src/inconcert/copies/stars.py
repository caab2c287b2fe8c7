"""Chains of copies cut into stars: everything in a cluster is like its heaviest text, not only like something that is.

A joined to B and B to C do not make A and C the same words. Of each component the heaviest text leads; those that are neither
similar to it nor hold it nor are held by it are led by the next heaviest among themselves that they are like, and so on.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.copies.bands import BANDS, MINIMA, SEED
from inconcert.copies.exact_join import MOST_EXACT
from inconcert.copies.sketch import band_keys, most_bits, near, orders
from inconcert.copies.texts import Texts
from inconcert.copies.verify import FLOOR, clear, contained, desk, shared

_WAYS = 4
"""Leaders remembered at one place."""
_MOST_PLACES = 1 << 22


def stars(
    texts: Texts, narrow: Texts, root: NDArray[np.int32], rank: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """(leader, similarity) of each text: the text it is led by, itself when alone or leading, and its Jaccard similarity with it.

    texts, narrow: the same texts at their own widths, and as short dense ones see them; root: (n,) the component of each;
    rank: (n,) 0 for the heaviest text, all different. Of more than MOST_EXACT texts that are not like the first of their
    component, each is compared with those leaders with which it shares a band; time grows with the texts.
    """
    members = np.flatnonzero(np.bincount(root, minlength=len(root))[root] > 1)
    members = members[np.lexsort((rank[members], root[members]))].astype(np.int32)
    leader = np.arange(len(root), dtype=np.int32)
    similarity = np.ones(len(root), dtype=np.float32)
    room = desk(texts)
    left = members[_lead(members, root, texts, narrow, room, leader, similarity)]
    if len(left) < 2:
        return leader, similarity
    if len(left) <= MOST_EXACT:
        _lead_few(left, root, texts, narrow, room, leader, similarity)
    else:
        keys = band_keys(texts, left, *orders(BANDS * MINIMA, SEED), MINIMA)
        _lead_many(left, keys, most_bits(FLOOR), root, texts, room, leader, similarity)
    return leader, similarity


@njit(cache=True, nogil=True)
def _likeness(texts, narrow, a, b, desk):
    """(similarity, whether it suffices) of two texts."""
    view = texts if texts.width[a] == texts.width[b] else narrow
    if view.width[a] == 0 or view.width[b] == 0:
        return 0.0, False
    if view.width[a] != texts.width[a] or view.width[b] != texts.width[b]:
        clear(desk)
    both = shared(view, a, b, desk)
    if view.width[a] != texts.width[a] or view.width[b] != texts.width[b]:
        clear(desk)
    similarity = both / (view.n_shingles[a] + view.n_shingles[b] - both)
    return similarity, similarity >= FLOOR or contained(view.n_shingles[a], view.n_shingles[b], both)


@njit(cache=True, nogil=True)
def _lead(members, root, texts, narrow, desk, leader, similarity):
    """Let the first of each component, a run of members, lead those like it; which members are left."""
    left = np.zeros(len(members), dtype=np.bool_)
    first = np.int32(-1)
    for m in range(len(members)):
        i = members[m]
        if first < 0 or root[first] != root[i]:
            first = i
            continue
        value, enough = _likeness(texts, narrow, first, i, desk)
        if enough:
            leader[i], similarity[i] = first, value
        else:
            left[m] = True
    return left


@njit(cache=True, nogil=True)
def _lead_few(left, root, texts, narrow, desk, leader, similarity):
    """Those that are left, in order of component and weight: each led by the first of its component that it is like, or itself."""
    begin = 0
    for x in range(len(left)):
        i = left[x]
        if root[left[begin]] != root[i]:
            begin = x
        for other in left[begin:x]:
            if leader[other] == other:
                value, enough = _likeness(texts, narrow, other, i, desk)
                if enough:
                    leader[i], similarity[i] = other, value
                    break


@njit(cache=True, nogil=True)
def _lead_many(left, keys, most, root, texts, desk, leader, similarity):
    """As `_lead_few`, each compared with leaders that share a band with it; the latest few are remembered for each band."""
    places = 1024
    while places < 16 * len(left) and places < _MOST_PLACES:
        places *= 2
    table = np.full((places, _WAYS), -1, dtype=np.int32)
    tried = np.full(len(left), -1, dtype=np.int64)
    for x in range(len(left)):
        i, led = left[x], False
        for band in range(len(keys)):
            for y in table[_place(keys[band, x], root[i], places)]:
                if y < 0 or tried[y] == x or root[left[y]] != root[i] or texts.width[left[y]] != texts.width[i]:
                    continue
                tried[y] = x
                if not near(texts.odd, i, left[y], most):
                    continue
                value, led = _likeness(texts, texts, left[y], i, desk)
                if led:
                    leader[i], similarity[i] = left[y], value
                    break
            if led:
                break
        if not led:
            for band in range(len(keys)):
                ways = table[_place(keys[band, x], root[i], places)]
                ways[1:] = ways[:-1].copy()
                ways[0] = x


@njit(inline="always")
def _place(key, root, places):
    return np.int64((np.uint32(key ^ np.uint32(root * 0x9E3779B1)) * np.uint32(0x85EBCA6B)) & np.uint32(places - 1))
