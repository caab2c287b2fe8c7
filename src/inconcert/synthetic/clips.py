"""Short generated videos and animations, and the ways in which their copies are encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from inconcert.synthetic.pictures import draw

if TYPE_CHECKING:
    from PIL import Image


def clip(number: int, seed: int, *, seconds: float = 4.0, fps: int = 10, side: int = 192) -> list[Image.Image]:
    """Frames of a film of that number: scenes of 1 to 2 seconds, each a slow walk over a drawn picture."""
    rng = np.random.default_rng([seed, 3, number])
    frames: list[Image.Image] = []
    scene = 0
    while len(frames) < seconds * fps:
        wide, high = side, side * 3 // 4
        room = (side * 4 // 3, side)
        picture = draw("photo", 0, 1_000_000 + 100 * number + scene, seed, room[0]).resize(room)
        start, step = rng.uniform(0, side / 4, 2), rng.uniform(-0.6, 0.6, 2)
        for at in range(int(rng.uniform(1, 2) * fps)):
            x, y = np.clip(start + step * at, 0, [room[0] - wide, room[1] - high]).astype(int).tolist()
            frames.append(picture.crop((x, y, x + wide, y + high)))
        scene += 1
    return frames[: int(seconds * fps)]


def video(
    frames: Sequence[Image.Image], *, fps: float = 10, codec: str = "mpeg4", format: str = "mp4", quality: int = 5,
    size: tuple[int, int] | None = None,
) -> bytes:  # fmt: skip
    """A video file of these frames.   quality: 2 (best) to 31, or higher for other codecs than mpeg4 and mjpeg.   size: width and height, even."""
    import av

    width, height = size or frames[0].size
    out = BytesIO()
    with av.open(out, "w", format=format) as container:
        stream: Any = container.add_stream(codec, rate=round(fps))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        fixed = ("qmin", "qmax") if codec in ("mpeg4", "mjpeg") else ("crf",)
        stream.options = dict.fromkeys(fixed, str(quality))
        for packet in _packets(stream, frames, av):
            container.mux(packet)
    return out.getvalue()


def _packets(stream: Any, frames: Sequence[Image.Image], av: Any) -> Iterator[Any]:
    for frame in frames:
        yield from stream.encode(av.VideoFrame.from_image(frame.resize((stream.width, stream.height))))
    yield from stream.encode()


def animation(frames: Sequence[Image.Image], *, fps: float = 10, format: str = "GIF") -> bytes:
    """An animated GIF, WEBP or PNG of these frames."""
    out = BytesIO()
    first, *rest = frames
    first.save(out, format, save_all=True, append_images=rest, duration=round(1000 / fps), loop=0)
    return out.getvalue()
