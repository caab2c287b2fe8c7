"""Components: what is joined with each other, kept as a forest in which every text points to another of its component."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def root_of(parent, i):
    """The root of i's tree; shortens the way to it."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@njit(cache=True, nogil=True)
def join_pairs(parent, left, right):
    """Join left[p] with right[p], for all p; `parent` is changed in place."""
    for p in range(len(left)):
        parent[root_of(parent, left[p])] = root_of(parent, right[p])


def roots(parent: NDArray[np.int32]) -> NDArray[np.int32]:
    """The root of every text."""
    while not np.array_equal(above := parent[parent], parent):
        parent = above
    return parent
