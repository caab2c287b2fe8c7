"""How well a text answers a query: Okapi BM25."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
"""How soon repeating a word stops counting."""
B = 0.75
"""How much a text must be short to count in full: 0 not at all, 1 in proportion."""


def bm25(
    counts: NDArray[np.int32], lengths: NDArray[np.int64], containing: NDArray[np.int64], texts: int, mean_length: float
) -> NDArray[np.float64]:
    """Scores (n,), at least 0, higher for better, of texts by how often each word stands in them.

    counts: (n, words).   lengths: (n,) letters.   containing: (words,), of all texts searched those with each word.   texts: how
    many were searched; mean_length: their mean letters. Robertson and Zaragoza 2009, The Probabilistic Relevance Framework, eq. 3.14.
    """
    rarity = np.log1p((texts - containing + 0.5) / (containing + 0.5))
    relative = lengths[:, None] / max(mean_length, 1.0)
    scores: NDArray[np.float64] = (rarity * counts * (K1 + 1) / (counts + K1 * (1 - B + B * relative))).sum(axis=1)
    return scores
