"""The figure of the field for followers: how many lie where in the plane of follow order and creation date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.engagement.follower_blocks import bound
from inconcert.indicators.reading import Point

CELLS = 60
"""Along each axis of the figure: a history may have millions of followers."""


@dataclass(frozen=True)
class Block:
    """Followers first to before last, and the creation dates that crowd among them: `followers` where `expected` were due."""

    first: int
    last: int
    from_us: int
    to_us: int
    followers: int
    expected: float
    q_value: float


def day(time_us: int) -> str:
    """As 2019-04-01."""
    return datetime.fromtimestamp(time_us / 1e6, UTC).strftime("%Y-%m-%d")


def density(position: NDArray[np.int64], created_us: NDArray[np.int64], found: Iterable[Block]) -> Iterator[Point]:
    """Cells of the plane with how many followers lie in each, the bound, and the blocks."""
    inside, place = np.zeros(len(position), dtype=bool), np.arange(len(position))
    for block in found:
        inside |= (
            (place >= block.first) & (place < block.last) & (created_us >= block.from_us) & (created_us < block.to_us)
        )
    across = np.linspace(position[0], position[-1] + 1, CELLS + 1)
    up = np.linspace(int(created_us.min()), int(created_us.max()) + 1, CELLS + 1)
    for layer, chosen in (("ordinary", ~inside), ("found", inside)):
        counts, _, _ = np.histogram2d(position[chosen], created_us[chosen], (across, up))
        for i, j in np.argwhere(counts > 0):
            x, y = (across[i] + across[i + 1]) / 2, (up[j] + up[j + 1]) / 2
            yield Point(layer, float(x), float(y), low=float(counts[i, j]))
    follows = bound(created_us)
    for edge in np.unique(np.linspace(0, len(position) - 1, 2 * CELLS).astype(int)):
        yield Point("bound", float(position[edge]), float(follows[edge]))
    for block in found:
        yield Point(
            "span", float(position[block.first]), x_end=float(position[block.last - 1]),
            label=f"{block.followers:,} followers with accounts made {day(block.from_us)} to {day(block.to_us - 1)}; {block.expected:,.0f} expected",
        )  # fmt: skip
