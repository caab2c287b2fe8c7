"""Details of a picture that crops, bars and words laid over it leave alone: small patches around points that stand out.

A point stands out where a difference of Gaussians peaks, at one of six sizes of the picture; those kept are spread over it.
The 24 x 24 patch around it is hashed as a whole picture is by PDQ: signs of 64 low frequencies of its cosine transform. As
copies are never turned, and patches neither, equal details have nearly equal hashes (Lowe, IJCV 2004, for points at several
sizes; Zauner 2010 for hashes of cosine transforms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

from inconcert.media.trimmed import trimmed

if TYPE_CHECKING:
    from PIL import Image

SIDE = 256
"""Longest side of the picture at the first size, pixels; the others are smaller by 2 ** (1 / 4) each."""
SIZES = 6
STEP = 2**0.25
PATCH = 24
POINTS = 24
"""Points kept at each size."""
FAINTEST = 1.5
"""Contrast below which a peak is noise of compression, grey levels."""

POINT = np.dtype([("x", "<u2"), ("y", "<u2"), ("size", "u1"), ("hash", "<u8")])
"""x, y: in the picture without bars, both in 65535ths of its longest side.   size: 0 to 5.   hash: lowest frequencies in the
lowest bits, which change least."""

_BASE = fft.dct(np.eye(PATCH), norm="ortho", axis=0)[:10].astype(np.float32)
_FREQUENCIES = sorted(((u, v) for u in range(10) for v in range(10) if u + v), key=lambda f: (f[0] + f[1], f))[:64]
_U, _V = (np.array(axis) for axis in zip(*_FREQUENCIES, strict=True))


def features(image: Image.Image) -> bytes:
    """Width and height without bars (u2 each, little-endian), then up to 144 POINTs; what `points` reads."""
    inside = trimmed(image).convert("L")
    found = [_points(inside, size) for size in range(SIZES)]
    return np.array(inside.size, "<u2").tobytes() + np.concatenate(found).tobytes()


def points(described: bytes) -> tuple[int, int, NDArray[np.void]]:
    """(width, height, POINTs) of what `features` gave."""
    width, height = np.frombuffer(described[:4], "<u2")
    return int(width), int(height), np.frombuffer(described[4:], POINT)


def _points(grey: Image.Image, size: int) -> NDArray[np.void]:
    from PIL.Image import Resampling

    share = SIDE / STEP**size / max(grey.size)
    shape = [max(PATCH + 2, round(side * share)) for side in grey.size]
    pixels = np.asarray(grey.resize((shape[0], shape[1]), Resampling.BILINEAR), np.float32)
    blurred = (ndimage.gaussian_filter(pixels, sigma, truncate=3) for sigma in (1.6, 2.6))
    contrast = np.abs(next(blurred) - next(blurred))
    peaks = (contrast == ndimage.maximum_filter(contrast, 7)) & (contrast > FAINTEST)
    half = PATCH // 2
    inner = (slice(half, 1 - half), slice(half, 1 - half))
    y, x = (place + half for place in np.nonzero(peaks[inner]))
    if not len(x):
        return np.empty(0, POINT)
    chosen = _spread(x * 4 // shape[0] + y * 4 // shape[1] * 4, contrast[y, x])
    y, x = y[chosen], x[chosen]
    patches = np.lib.stride_tricks.sliding_window_view(pixels, (PATCH, PATCH))[y - half, x - half]
    waves = np.einsum("up,npq,vq->nuv", _BASE, patches, _BASE, optimize=True)[:, _U, _V]
    made = np.empty(len(x), POINT)
    made["x"], made["y"] = ((place + 0.5) / max(shape) * 65535 for place in (x, y))
    made["size"] = size
    signs = np.packbits(waves > 0, axis=1, bitorder="little")
    made["hash"] = np.ascontiguousarray(signs).view("<u8")[:, 0]
    return made


def _spread(cell: NDArray[np.int64], contrast: NDArray[np.float32]) -> NDArray[np.int64]:
    """The POINTS peaks to keep: the strongest of each of the 16 cells of the picture, then their second ones, and so on."""
    order = np.lexsort((-contrast, cell))
    turn = np.arange(len(order)) - np.searchsorted(cell[order], cell[order])
    return order[np.lexsort((-contrast[order], turn))][:POINTS]
