"""How often words stand in texts: the inner loop of a search.

Letters of all texts lie in one int32 array, those of text t at start[t]:start[t + 1]; border[i] says that a word begins at
letter i.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def occurrences(letters, start, border, word, open_start, open_end):
    """int32 (texts,): how often the word, an int32 array of at least one letter, stands in each text, overlaps left out.

    It stands between word borders, but for the sides that are open. Time: letters times letters of the word at worst.
    """
    n_texts, size = len(start) - 1, len(word)
    counts = np.zeros(n_texts, dtype=np.int32)
    first = word[0]
    for t in range(n_texts):
        at, end = start[t], start[t + 1]
        while at + size <= end:
            if letters[at] != first or not (open_start or border[at]):
                at += 1
                continue
            same = 1
            while same < size and letters[at + same] == word[same]:
                same += 1
            if same == size and (open_end or at + size == end or border[at + size]):
                counts[t] += 1
                at += size
            else:
                at += 1
    return counts


@njit(cache=True, nogil=True)
def places(letters, border, word, open_start, open_end, most):
    """int64: where the word stands in one text, at most so many places; as `occurrences` counts them."""
    found = np.empty(most, dtype=np.int64)
    n, at, size = 0, 0, len(word)
    while at + size <= len(letters) and n < most:
        same = 0
        if open_start or border[at]:
            while same < size and letters[at + same] == word[same]:
                same += 1
        if same == size and (open_end or at + size == len(letters) or border[at + size]):
            found[n] = at
            n += 1
            at += size
        else:
            at += 1
    return found[:n]
