"""What opening a picture or video gives: its facts and its frames as pictures of ordinary size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 80_000_000
"""Largest picture, pixels: above what phones take in one shot by default; decoded it takes 320 MB at most for a moment."""

MOST_FRAME_PIXELS = 4096 * 4096
"""Largest frame of a video or animation, pixels: a decoder holds up to 16 of them."""


@dataclass(frozen=True)
class Frame:
    """at_s: seconds from the start, None in a still picture.   image: RGB, orientation applied, longest side at most 2048."""

    at_s: float | None
    image: Image.Image


@dataclass(frozen=True)
class Opened:
    """mime: see content.   width, height: pixels as shown, before it was made smaller.   duration_s: None for a still one.
    software: the program that wrote it, by its own metadata.   frames: one for a still picture, in order of time."""

    mime: str
    width: int
    height: int
    duration_s: float | None
    software: str | None
    frames: tuple[Frame, ...]
