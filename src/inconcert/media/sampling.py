"""Which frames of a video or animation are kept: at the same times in every copy, whatever its frame rate and length."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from inconcert.media.opened import Frame

if TYPE_CHECKING:
    from PIL import Image

MOST_FRAMES = 16
"""Frames kept of one file."""

FIRST_STEP_S = 0.25
FRAME_SIDE = 1024
"""Longest side of a frame that is kept, pixels."""


def step_s(duration_s: float) -> float:
    """Seconds between the frames kept of a video of that length: 0.25 doubled until 16 frames reach its end.

    Doubling makes the times of a longer copy, with some seconds added at its end, a part of those of a shorter one.
    """
    times = max(duration_s, FIRST_STEP_S) / (FIRST_STEP_S * MOST_FRAMES)
    return math.ldexp(FIRST_STEP_S, max(0, math.ceil(math.log2(times))))


class Sampled:
    """Frames offered in order of time; holds at most 17 of them, at multiples of a step that doubles as time goes on."""

    def __init__(self, step: float = FIRST_STEP_S) -> None:
        self._step = step
        self._kept: dict[int, tuple[float, Image.Image]] = {}

    def wants(self, at_s: float) -> bool:
        """Whether the frame shown from that time on is the first at or after the next multiple of the step."""
        return self._place(at_s) not in self._kept

    def add(self, at_s: float, image: Image.Image) -> None:
        """Keep a frame that is wanted."""
        image.thumbnail((FRAME_SIDE, FRAME_SIDE))
        self._kept[self._place(at_s)] = (at_s, image)
        while len(self._kept) > MOST_FRAMES:
            self._step *= 2
            self._kept = {place // 2: frame for place, frame in self._kept.items() if place % 2 == 0}

    def frames(self) -> tuple[Frame, ...]:
        """The frames kept, in order of time. Still ones too: which of them show something new, compression would decide."""
        return tuple(Frame(at_s, image) for at_s, image in self._kept.values())

    def _place(self, at_s: float) -> int:
        return int(at_s / self._step + 1e-6)
