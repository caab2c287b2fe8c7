"""PDQ, the 256-bit hash of what a picture shows in the large, with the quality that says how much it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inconcert.errors import MissingExtra

if TYPE_CHECKING:
    from PIL import Image

GRID = 64
"""PDQ reduces every picture to 64 x 64 first. Doing so with an area filter keeps the hash the same at every size of the
picture; its own filter, fed 512 pixels, differs by 12 bits between sizes (median of generated pictures)."""

LEAST_QUALITY = 50
"""PDQ quality below which a hash says little: such a picture joins nothing but the same bytes."""


def pdq(image: Image.Image) -> tuple[str, int]:
    """(hash as 64 hex digits, quality 0 to 100) of an RGB picture; two of quality 50 or more that differ by at most 31
    bits show the same (Facebook, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm", 2019)."""
    try:
        import pdqhash
    except ModuleNotFoundError as error:
        raise MissingExtra("Comparing pictures", "media") from error
    from PIL.Image import Resampling

    small = image.convert("RGB").resize((GRID, GRID), Resampling.BILINEAR)
    bits, quality = pdqhash.compute(np.asarray(small))
    return np.packbits(bits.astype(bool)).tobytes().hex(), int(quality)
