"""Small pictures for the page, drawn anew from the originals of a case: nothing of a file but its shapes and colours goes on."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from inconcert.case import Case
from inconcert.errors import CaseError, InputError, MissingExtra
from inconcert.media.content import HEAD, VIDEOS, mime_of
from inconcert.media.frames import open_video
from inconcert.media.open_picture import open_picture
from inconcert.media.opened import Opened

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE, BOXED_SIDE, CROP_WIDTH, CROP_HEIGHT = 128, 240, 560, 160
"""Pixels: longest side of a picture, and of one in which a place is boxed; largest cutting of that place."""

QUALITY = 62
"""Of the JPEG; faces and shapes are still known at it, and a picture takes about three kilobytes."""

NO_ROOM = "left out to keep the page small"
NO_FILE = "the case does not hold the file"
NO_PICTURE = "the file cannot be opened"
A_VIDEO = "a further video file, not drawn"
NO_PLACE = "the place is not in the picture"
_MARK = (196, 87, 10)
_MARGIN = 0.25
"""Of the height of a place, added around its cutting."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the sides."""


@dataclass(frozen=True)
class Thumbnail:
    """A picture as a data address, and its size in pixels."""

    uri: str
    width: int
    height: int


@dataclass
class Drawer:
    """Draws pictures of a case as long as there is room. It stops at the first that needs a part which is not installed.

    room: characters of data addresses that may still be drawn.   missing: what to install, once that is known.
    """

    case: Case
    room: int
    missing: str | None = None
    _opened: dict[str, Opened | str] = field(default_factory=dict)

    def whole(self, sha256: str, *, videos: bool = True) -> Thumbnail | str:
        """The picture, or the first frame of a video, small; or why there is none. videos: whether they are opened, which takes
        seconds."""
        image = self._image(sha256, 0, videos=videos)
        return image if isinstance(image, str) else self._kept(_fitted(image, SIDE, SIDE))

    def boxed(self, sha256: str, frame: int, place: Box) -> Thumbnail | str:
        """The picture with a box around a place; or why there is none."""
        image = self._image(sha256, frame)
        if isinstance(image, str):
            return image
        from PIL import ImageDraw

        small = _fitted(image, BOXED_SIDE, BOXED_SIDE)
        left, top, right, bottom = _within(place)
        corners = (left * small.width - 2, top * small.height - 2, right * small.width + 1, bottom * small.height + 1)
        ImageDraw.Draw(small).rectangle(corners, outline=_MARK, width=2)
        return self._kept(small)

    def cutting(self, sha256: str, frame: int, place: Box) -> Thumbnail | str:
        """The place itself with a little around it, large enough to read; or why there is none."""
        image = self._image(sha256, frame)
        if isinstance(image, str):
            return image
        left, top, right, bottom = _within(place)
        margin = _MARGIN * (bottom - top) * image.height
        corners = (
            max(0, int(left * image.width - margin)),
            max(0, int(top * image.height - margin)),
            min(image.width, int(right * image.width + margin) + 1),
            min(image.height, int(bottom * image.height + margin) + 1),
        )
        if corners[0] >= corners[2] or corners[1] >= corners[3]:
            return NO_PLACE
        return self._kept(_fitted(image.crop(corners), CROP_WIDTH, CROP_HEIGHT))

    def _image(self, sha256: str, frame: int, *, videos: bool = True) -> Image | str:
        if self.missing is not None:
            return ""
        if self.room <= 0:
            return NO_ROOM
        if sha256 not in self._opened:
            self._opened.clear()
            self._opened[sha256] = self._open(sha256, videos)
        opened = self._opened[sha256]
        if isinstance(opened, str):
            return opened
        return opened.frames[frame].image if 0 <= frame < len(opened.frames) else NO_PLACE

    def _open(self, sha256: str, videos: bool) -> Opened | str:
        try:
            file = self.case.original(sha256)
            with file.open("rb") as source:
                mime = mime_of(source.read(HEAD))
            if mime not in VIDEOS:
                return open_picture(file.read_bytes())
            return open_video(file, mime) if videos else A_VIDEO
        except MissingExtra as error:
            self.missing = str(error)
            return ""
        except CaseError:
            return NO_FILE
        except (InputError, OSError):
            return NO_PICTURE

    def _kept(self, small: Image) -> Thumbnail | str:
        uri = _encoded(small)
        if len(uri) > self.room:
            self.room = 0
            return NO_ROOM
        self.room -= len(uri)
        return Thumbnail(uri, small.width, small.height)


def _within(place: Box) -> Box:
    """The place inside the picture, its corners in order."""
    left, top, right, bottom = (min(max(side, 0.0), 1.0) if side == side else 0.0 for side in place)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _fitted(image: Image, width: int, height: int) -> Image:
    """A copy that fits, never enlarged, with nothing of the file's own notes."""
    from PIL import Image as pillow

    scale = min(1.0, width / image.width, height / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    fresh = pillow.new("RGB", size)
    fresh.paste(image.resize(size, pillow.Resampling.LANCZOS, reducing_gap=3.0))
    return fresh


def _encoded(image: Image) -> str:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
