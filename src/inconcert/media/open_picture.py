"""The bytes of a picture become an RGB image: hostile until shown otherwise, nothing outside the bytes is ever asked."""

from __future__ import annotations

import logging
import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from inconcert.errors import InputError, MissingExtra
from inconcert.media.content import PICTURES, mime_of
from inconcert.media.opened import MOST_FRAME_PIXELS, MOST_PIXELS, Frame, Opened
from inconcert.media.rgb import rgb
from inconcert.media.sampling import Sampled

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2048
"""Pictures are kept no larger, pixels: words in a screenshot stay legible, and no picture takes more than 13 MB."""

MOST_FRAMES_READ = 1000
"""Frames of an animation that are decoded."""

MOST_ANIMATED_PIXELS = 1_000_000_000
"""Pixels of an animation that are decoded, all frames together: a few seconds of work."""

DECODER_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's decoders have been seen to raise, or can, on damaged files; it promises no class of its own."""

_ANIMATED = ("image/gif", "image/png", "image/webp")
_ORIENTATION, _SOFTWARE = 0x0112, 0x0131


def open_picture(data: bytes) -> Opened:
    """The picture in these bytes, an animation with up to 16 of its frames.

    InputError says why it cannot be: no picture, too large, truncated, damaged. Its declared size is judged before anything
    is decoded. Metadata that cannot be read are left out.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ModuleNotFoundError as error:
        raise MissingExtra("Reading pictures", "media") from error
    logging.getLogger("PIL").setLevel(logging.CRITICAL)  # it prints of damaged files what the error says too
    mime = mime_of(data)
    if mime not in PICTURES:
        raise InputError("is a video, not a picture")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about damaged metadata, and sizes that are judged here
        try:
            with Image.open(BytesIO(data), formats=(PICTURES[mime],)) as image:
                return _opened(image, mime)
        except Image.DecompressionBombError as error:
            raise InputError(_too_large(str(error))) from error
        except UnidentifiedImageError as error:
            raise InputError(f"has the signature of {PICTURES[mime]} and is none, or is damaged") from error
        except InputError:
            raise
        except DECODER_FAULTS as error:
            what = str(error).strip() or type(error).__name__
            raise InputError(f"cannot be decoded: {what[:200]}") from error


def _opened(image: Image.Image, mime: str) -> Opened:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise InputError(_too_large(f"{width:,} x {height:,}"))
    turn = _orientation(image)
    software = _software(image)
    if mime in _ANIMATED and getattr(image, "is_animated", False):
        duration_s, frames = _animation(image)
    else:
        if mime == "image/jpeg":
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        duration_s, frames = None, (Frame(None, _turned(_small(image), turn)),)
    if turn >= 5:
        width, height = height, width
    return Opened(mime, width, height, duration_s, software, frames)


def _too_large(size: str) -> str:
    return f"declares more pixels than the {MOST_PIXELS:,} that are opened ({size}); nothing of it was decoded"


def _animation(image: Image.Image) -> tuple[float | None, tuple[Frame, ...]]:
    """(duration in s, frames kept), as for a video; None when it turns out to have one frame only."""
    area = image.width * image.height
    if area > MOST_FRAME_PIXELS:
        raise InputError(f"is an animation with frames of more than {MOST_FRAME_PIXELS:,} pixels")
    sampled = Sampled()
    at_s, number = 0.0, 0
    while number < MOST_FRAMES_READ and number * area <= MOST_ANIMATED_PIXELS:
        try:
            image.seek(number)
        except EOFError:
            break
        if sampled.wants(at_s):
            sampled.add(at_s, _small(image))
        else:
            image.load()
        # viewers show a frame without a stated time, or of less than 20 ms, for a tenth of a second
        length_s = float(image.info.get("duration") or 0) / 1000
        at_s += length_s if length_s >= 0.02 else 0.1
        number += 1
    if number <= 1:
        return None, tuple(Frame(None, frame.image) for frame in sampled.frames())
    return at_s, sampled.frames()


def _small(image: Image.Image) -> Image.Image:
    """The picture as RGB, its longest side at most LONGEST_SIDE."""
    from PIL.Image import Resampling

    if image.mode in ("P", "PA", "1"):
        small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    else:  # Pillow scales 16 bits only in the byte order of its own
        small = image.convert("I") if image.mode in ("I;16B", "I;16N") else image.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Resampling.BILINEAR)
    return rgb(small)


def _orientation(image: Image.Image) -> int:
    """1 to 8 as EXIF defines them; 1 when it is not stated or the metadata are damaged."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except DECODER_FAULTS:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    return image.transpose(turns[orientation]) if orientation in turns else image


def _software(image: Image.Image) -> str | None:
    try:
        value = image.getexif().get(_SOFTWARE) or image.info.get("Software")
    except DECODER_FAULTS:
        return None
    text = str(value or "").replace("\0", "").strip()[:200]
    return text.encode("utf-8", "replace").decode("utf-8") or None
