"""How often words stand in prepared texts: the inner loop of a search, as `hunting.word_kernel` but over codes of letters.

A letter is kept as 2 * code + 1 where a word begins at it, and as 2 * code elsewhere; those of text t lie at start[t]:start[t + 1].
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def occurrences(marked, start, chosen, word, open_start, open_end):
    """int32 (chosen,): how often the word, int64 codes of at least one letter, stands in each chosen text, overlaps left out.

    It stands between word borders, but for the sides that are open. Time: letters times letters of the word at worst.
    """
    size = len(word)
    counts = np.zeros(len(chosen), dtype=np.int32)
    first = word[0]
    for i in range(len(chosen)):
        at, end = start[chosen[i]], start[chosen[i] + 1]
        while at + size <= end:
            letter = np.int64(marked[at])
            if letter >> 1 != first or not (open_start or letter & 1):
                at += 1
                continue
            same = 1
            while same < size and np.int64(marked[at + same]) >> 1 == word[same]:
                same += 1
            if same == size and (open_end or at + size == end or np.int64(marked[at + size]) & 1):
                counts[i] += 1
                at += size
            else:
                at += 1
    return counts
