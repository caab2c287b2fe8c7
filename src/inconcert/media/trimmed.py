"""A picture without the bars of one colour around it, so that copies with and without them are described alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

GRID = 128
MOST = 0.2
"""Largest part of a side that is taken for a bar."""
LEVELS = 12.0
"""Grey levels of 255 by which a bar may differ from its own colour: compression adds as much."""


def trimmed(image: Image.Image) -> Image.Image:
    """The picture inside its bars; itself when it has none, or nothing else."""
    from PIL.Image import Resampling

    grey = np.asarray(image.convert("L").resize((GRID, GRID), Resampling.BOX), np.float32)
    if np.ptp(grey) <= LEVELS:
        return image
    left, right = _bars(grey.T, image.width), image.width - _bars(grey.T[::-1], image.width)
    top, bottom = _bars(grey, image.height), image.height - _bars(grey[::-1], image.height)
    return image.crop((left, top, right, bottom)) if left < right and top < bottom else image


def _bars(lines: NDArray[np.float32], side: int) -> int:
    """Pixels of `side` that the lines of the first one's colour take, none of them mixed with the picture."""
    colour = np.median(lines[0])
    plain = np.abs(lines[: int(GRID * MOST)] - colour).max(axis=1) <= LEVELS
    return int(np.ceil((len(plain) if plain.all() else int(plain.argmin())) * side / GRID))
