"""Frames of a video, decoded by FFmpeg through PyAV within fixed limits and from the given file alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inconcert.errors import InputError, MissingExtra
from inconcert.media.content import VIDEOS
from inconcert.media.opened import MOST_FRAME_PIXELS, Opened
from inconcert.media.sampling import Sampled, step_s

MOST_DECODED = 5000
"""Frames decoded of one video."""

MOST_DECODED_PIXELS = 4_000_000_000
"""Pixels decoded of one video: 2,000 frames of full HD, some ten seconds of work."""

LONG_JUMP_S = 4.0
"""From here on, seeking to the next frame wanted costs less than decoding all in between."""

LONGEST_S = 24 * 3600.0


def open_video(file: Path, mime: str) -> Opened:
    """A video with up to 16 frames, at the same times in every copy.

    mime: of content.VIDEOS; no other format is tried. InputError says why it cannot be: damaged, no moving picture in it, too
    large. Damage further on ends the video where it begins. Nothing but this file is read.
    """
    try:
        import av
    except ModuleNotFoundError as error:
        raise MissingExtra("Reading videos", "media") from error
    faults = (av.FFmpegError, OSError, ValueError, RuntimeError, MemoryError, ArithmeticError, LookupError, TypeError)
    av.logging.set_level(None)
    with file.open("rb") as source:
        try:
            container = av.open(
                source,
                format=VIDEOS[mime],
                io_open=_nothing_else,
                options={"max_pixels": str(MOST_FRAME_PIXELS)},
                metadata_errors="replace",
            )
        except faults as error:
            raise InputError(f"cannot be decoded: {_said(error)}") from error
        with container:
            try:
                return _opened(container, mime, faults)
            except InputError:
                raise
            except faults as error:
                raise InputError(f"cannot be decoded: {_said(error)}") from error


def _nothing_else(url: str, flags: int, options: object) -> Any:
    raise OSError("a video may not name other files")


def _said(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error).strip() or type(error).__name__)[:200]


def _opened(container: Any, mime: str, faults: tuple[type[Exception], ...]) -> Opened:
    if not container.streams.video:
        raise InputError("has sound but no picture")
    stream = container.streams.video[0]
    if stream.codec_context is None:
        raise InputError("is encoded in a way that is not known")
    stream.codec_context.thread_count = 1
    width, height = stream.codec_context.width, stream.codec_context.height
    if not 0 < width * height <= MOST_FRAME_PIXELS:
        raise InputError(f"has frames of {width:,} x {height:,} pixels; up to {MOST_FRAME_PIXELS:,} pixels are opened")
    stated_s = float(stream.duration * stream.time_base) if stream.duration else (container.duration or 0) / 1e6
    stated_s = min(max(stated_s, 0.0), LONGEST_S)
    step = step_s(stated_s) if stated_s else None
    sampled = Sampled(step) if step else Sampled()
    last_s, turned = 0.0, 0
    try:
        for at_s, frame in _decoded(container, stream, step or 0.0, width * height):
            last_s = max(last_s, at_s)
            if sampled.wants(at_s):
                turned = round(getattr(frame, "rotation", 0) or 0) % 360
                sampled.add(at_s, _shown(frame, turned))
    except faults as error:
        if last_s == 0.0 and not sampled.frames():
            raise InputError(f"cannot be decoded: {_said(error)}") from error
    frames = sampled.frames()
    if not frames:
        raise InputError("holds no frame that can be decoded")
    if turned in (90, 270):
        width, height = height, width
    software = container.metadata.get("encoder") or stream.metadata.get("encoder")
    return Opened(mime, width, height, stated_s or last_s, software[:200] if software else None, frames)


def _decoded(container: Any, stream: Any, step: float, area: int) -> Iterator[tuple[float, Any]]:
    """(seconds, frame) in order of time; with a long step only those near its multiples."""
    origin_s: float | None = None
    budget = min(MOST_DECODED, MOST_DECODED_PIXELS // area)
    wanted_s, jumped = 0.0, False
    while budget > 0:
        again = False
        for frame in container.decode(stream):
            budget -= 1
            if frame.time is not None:
                origin_s = frame.time if origin_s is None else origin_s
                at_s = frame.time - origin_s
                jumped = jumped and at_s < wanted_s
                if not jumped:
                    yield at_s, frame
                    wanted_s = (int(at_s / step) + 1) * step if step else at_s
                    if wanted_s - at_s > LONG_JUMP_S:
                        again = True
            if again or budget <= 0:
                break
        if not again:
            return
        # to the last frame before it that can be decoded by itself; from there on frame by frame
        container.seek(int((wanted_s + (origin_s or 0.0)) / stream.time_base), stream=stream, backward=True)
        jumped = True


def _shown(frame: Any, turned: int) -> Any:
    longest = max(frame.width, frame.height)
    if longest > 1024:  # scaled while colours are converted, which costs less than afterwards
        share = 1024 / longest
        frame = frame.reformat(max(1, round(frame.width * share)), max(1, round(frame.height * share)), format="rgb24")
    image = frame.to_image()
    return image.rotate(turned, expand=True) if turned else image
