"""When a stream of posts swells: the hour from which it runs at a higher rate than before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def onset(hours: NDArray[np.int64], posts: NDArray[np.int64], first: int, last: int, least: int) -> int | None:
    """The hour from which posts are at a higher rate, by the greatest likelihood of two Poisson rates against one.

    hours, ascending, between first and last: those with posts.   posts: how many.   least: posts there must be on
    either side; 0 lets the stream begin there. None where no hour splits it into less and more.
    """
    total, span = float(posts.sum()), float(last - first + 1)
    before = np.cumsum(posts) - posts
    after = total - before
    width = (hours - first).astype(np.float64)
    fits = (width > 0) & (before >= least) & (after >= max(least, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        rise = after / (span - width) > before / width
        gain = np.where(before > 0, before * np.log(before / width), 0.0) + after * np.log(after / (span - width))
    fits &= rise
    if not fits.any():
        return None
    return int(hours[int(np.argmax(np.where(fits, gain, -np.inf)))])
