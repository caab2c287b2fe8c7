"""What a file is, by its first bytes; its name says nothing."""

from __future__ import annotations

import re

from inconcert.errors import InputError

HEAD = 4096
"""Bytes that `mime_of` wants to see."""

VIDEOS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-msvideo": "avi"}
"""Videos that are read, with the one demuxer each is given to: one chosen by guessing could follow a playlist elsewhere."""

PICTURES = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
"""Pictures that are read, with Pillow's name of the format."""

_SIGNS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"BM.{8}....[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL), "image/bmp"),
    (re.compile(rb"II\*\0|MM\0\*"), "image/tiff"),
    (re.compile(rb"....ftypqt  ", re.DOTALL), "video/quicktime"),
    (re.compile(rb"....ftyp(?!avi[fs]|hei|hev|mif1|msf1)", re.DOTALL), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
    (re.compile(rb"RIFF....AVI ", re.DOTALL), "video/x-msvideo"),
)

_REFUSED: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*<.*<svg|\s*<svg", re.DOTALL | re.IGNORECASE), "SVG can hold scripts and is not opened"),
    (re.compile(rb"\s*<(!doctype|html|head|body|script)", re.IGNORECASE), "is a web page, not a picture"),
    (re.compile(rb"%PDF-"), "is a PDF document and is not opened; export its pictures"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "is a PostScript program and is not opened"),
    (re.compile(rb"....ftyp", re.DOTALL), "HEIC and AVIF pictures are not read; convert it to JPEG or PNG"),
    (re.compile(rb"#EXTM3U|<\?xml.*<MPD", re.DOTALL), "is a playlist that names files elsewhere and is not followed"),
)


def mime_of(head: bytes) -> str:
    """The media type of a file that begins with these bytes: a key of PICTURES or VIDEOS; InputError says why it is none."""
    if not head:
        raise InputError("is empty")
    for sign, mime in _SIGNS:
        if sign.match(head):
            return mime
    start = head.removeprefix(b"\xef\xbb\xbf")
    for sign, reason in _REFUSED:
        if sign.match(start):
            raise InputError(reason)
    raise InputError("is no picture or video that is read: PNG, JPEG, GIF, WebP, BMP, TIFF, MP4, MOV, WebM, MKV or AVI")
