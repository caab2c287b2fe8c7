"""Which columns a search of words looks at, by table."""

from __future__ import annotations

import numpy as np

BATCH = 50_000
"""Rows read at a time."""
FIELDS = {"posts": ("text",), "documents": ("title", "text", "gloss")}
"""Table -> columns that are searched: a word may stand in any of them."""
TIMES = {"posts": ("created_at",), "documents": ("published_at", "observed_at")}
"""Table -> columns that say when a text was made, the first that is known."""
NO_TIME: int = np.iinfo(np.int64).max
"""Stands for an unknown time, and so comes last."""
