"""Files in archives that hold no posts and are no fault either: pictures, read-me's, what file systems leave behind."""

from __future__ import annotations

import re

PICTURES, VIDEOS = "pictures", "videos"
HEAD_BYTES = 512
"""How much of the beginning tells."""

_MAGIC = (
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\0\0\0\0|II\x2a\0|MM\0\x2a", re.DOTALL), PICTURES),
    (re.compile(rb"....ftyp(?:hei|hev|mif|avif)", re.DOTALL), PICTURES),
    (re.compile(rb"....ftypM4A|ID3|OggS|fLaC|RIFF....WAVE|\xff[\xfb\xf3\xf2]|#!AMR", re.DOTALL), "sound recordings"),
    (re.compile(rb"....(?:ftyp|moov|mdat)|\x1a\x45\xdf\xa3|RIFF....AVI |FLV\x01|\0\0\x01\xba|\x47.{187}\x47", re.DOTALL), VIDEOS),
)  # fmt: skip
_NAMES = (
    (re.compile(r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE), "files of a file system"),
    (re.compile(r"(^|/)(read[-_ ]?me|licen[cs]e|copying|notice|change[-_ ]?log)(\.(txt|md|rst|html?|pdf))?$", re.IGNORECASE),
     "read-me's"),
    (re.compile(r"\.(css|map|woff2?|ttf|otf|eot|svg|ico)$", re.IGNORECASE), "parts of web pages"),
    (re.compile(r"\.tgs$", re.IGNORECASE), PICTURES),
)  # fmt: skip


def no_data(name: str, head: bytes) -> str | None:
    """What a file is that is passed over, in the plural; None when it may hold posts.

    name: its path in the archive.   head: its first bytes, at most HEAD_BYTES of them; b"" when it is empty.
    """
    if not head:
        return "empty files"
    by_name = (kind for pattern, kind in _NAMES if pattern.search(name))
    by_content = (kind for pattern, kind in _MAGIC if pattern.match(head))
    return next(by_name, None) or next(by_content, None)
