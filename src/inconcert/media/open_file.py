"""A file becomes a picture or a video: an ordinary file of bearable size, told by its content."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from inconcert.errors import InputError
from inconcert.media.content import HEAD, VIDEOS, mime_of
from inconcert.media.frames import open_video
from inconcert.media.open_picture import open_picture
from inconcert.media.opened import Opened

MOST_BYTES = 64 << 20
"""Of a picture; it is read whole."""

MOST_VIDEO_BYTES = 4 << 30


def open_file(file: Path) -> Opened:
    """The picture or video in a file; InputError says why it cannot be opened."""
    try:
        # a link, or a pipe that nobody writes to, is refused and not waited for
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise InputError("is not an ordinary file")
    with os.fdopen(handle, "rb") as source:
        mime = mime_of(source.read(HEAD))
        most = MOST_VIDEO_BYTES if mime in VIDEOS else MOST_BYTES
        if status.st_size > most:
            raise InputError(f"has {status.st_size:,} bytes; up to {most:,} are opened")
        if mime not in VIDEOS:
            source.seek(0)
            return open_picture(source.read(MOST_BYTES))
    return open_video(file, mime)
