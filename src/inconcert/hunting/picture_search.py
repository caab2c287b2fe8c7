"""Which pictures show what a given picture shows: the same bytes, near-identical, or a part of one another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.copies.details_kernel import alike
from inconcert.copies.picture_kernel import NEAR
from inconcert.errors import InputError
from inconcert.media.features import features, points
from inconcert.media.hashes import LEAST_QUALITY, pdq
from inconcert.media.open_picture import open_picture

SAME_BYTES, NEAR_IDENTICAL, PART = "same bytes", "near-identical", "part"
"""How a picture is met again, best first."""

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Look:
    """What a picture looks like. pdq: (frames, 4) uint64 of its frames of quality enough.   described: their features."""

    sha256: str
    pdq: Words
    described: tuple[bytes, ...]


@dataclass(frozen=True)
class Shown:
    """A file that shows it. how: SAME_BYTES, NEAR_IDENTICAL or PART.   bits: of 256 by which the hashes differ, best frames."""

    sha256: str
    how: str
    bits: int


def look(data: bytes) -> Look:
    """The look of the picture in these bytes; InputError says why they are none, MissingExtra what is to be installed."""
    opened = open_picture(data)
    hashed = [(*pdq(frame.image), frame.image) for frame in opened.frames]
    told = [(hexes, image) for hexes, quality, image in hashed if quality >= LEAST_QUALITY]
    if not told:
        raise InputError("is too plain to be told from other pictures")
    return Look(
        hashlib.sha256(data).hexdigest(), _words([hexes for hexes, _ in told]), tuple(features(i) for _, i in told)
    )


def showing(sought: Look, pictures: Iterable[pa.RecordBatch]) -> dict[str, Shown]:
    """The files that show it, by their hash; of a video or animation, one frame is enough.

    pictures: sha256, pdq, quality and features of schema PICTURES, batch by batch; a frame may come twice.
    """
    found: dict[str, Shown] = {}
    for batch in pictures:
        rows = batch.to_pydict()
        apart = np.bitwise_count(_words(rows["pdq"])[:, None, :] ^ sought.pdq[None, :, :]).sum(axis=2).min(axis=1)
        parts = _parts(sought, rows["features"])
        for sha256, quality, bits, part in zip(rows["sha256"], rows["quality"], apart.tolist(), parts, strict=True):
            if sha256 == sought.sha256:
                how = SAME_BYTES
            elif quality < LEAST_QUALITY or (bits > NEAR and not part):
                continue
            else:
                how = NEAR_IDENTICAL if bits <= NEAR else PART
            known = found.get(sha256)
            if known is None or bits < known.bits:
                found[sha256] = Shown(sha256, how, bits)
    return found


def _parts(sought: Look, described: list[bytes]) -> list[bool]:
    """Of each picture, whether its details are those of a frame sought."""
    own = [points(one) for one in sought.described]
    known = [*own, *(points(one) for one in described)]
    details = np.concatenate([its for _, _, its in known])
    ends = np.cumsum([0, *(len(its) for _, _, its in known)])
    extent = np.array([(width, height) for width, height, _ in known], np.float64)
    extent /= extent.max(axis=1, keepdims=True, initial=1)
    x, y = ((details[axis] / np.float32(65535)).astype(np.float32) for axis in "xy")
    size, hashes = details["size"].astype(np.int8), details["hash"].astype(np.uint64)
    return [
        any(
            alike(x, y, size, hashes, ends[a], ends[a + 1], ends[b], ends[b + 1], extent[a], extent[b])
            for a in range(len(own))
        )
        for b in range(len(own), len(known))
    ]


def _words(hexes: list[str]) -> Words:
    return np.frombuffer(bytes.fromhex("".join(hexes)), ">u8").astype(np.uint64).reshape(-1, 4)
