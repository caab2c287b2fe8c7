"""Tar archives, read once from the beginning to the end.

tarfile of the standard library reads headers of any length into memory, and some of its versions search a hostile one for ever
(CVE-2024-6232, CVE-2025-8194); what is needed here is little, and every length in it is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.forward import Forward
from inconcert.ingest.stream.member_name import decoded

BLOCK = 512
HEADER_BYTES_MAX = 1 << 20
"""No header of a file (a long name, a list of properties) is longer."""

_READ_BYTES = 1 << 20
_FILES = (b"0", b"\0", b"7")
_KINDS = {b"1": "links", b"2": "links", b"3": "devices", b"4": "devices", b"5": "folders", b"6": "devices"}
_LONG_NAME, _PROPERTIES = b"L", b"x"
_ABOUT_OTHERS = (b"K", b"g", b"V")  # where a link leads, properties of all files, the name of the archive
_SPARSE = b"S"


@dataclass(frozen=True)
class TarEntry:
    """One file of an archive.   kind: None for an ordinary file, else what it is.   start: place of its bytes in the archive.

    blocks: its bytes, once, and only before the next entry is asked for.
    """

    name: str
    kind: str | None
    start: int
    size: int
    blocks: Iterator[bytes]


def is_tar(head: bytes) -> bool:
    """Whether the first 512 bytes are the header of a file in a tar archive."""
    return len(head) >= BLOCK and head[0] != 0 and _sum_is_right(head[:BLOCK])


def entries(blocks: Iterator[bytes]) -> Iterator[TarEntry]:
    """The files, in the order of the archive; Damaged where it ends early or what follows is no header."""
    source = Forward(blocks)
    properties: dict[str, bytes] = {}
    while True:
        header = source.read(BLOCK)
        if len(header) < BLOCK:
            raise Damaged(source.damage or "the tar data end without their end mark; the archive may be incomplete")
        if not header.strip(b"\0"):
            return
        if not _sum_is_right(header):
            raise Damaged(f"there is no tar header at byte {source.place - BLOCK:,}")
        kind, size = header[156:157], _number(header[124:136])
        if kind == _LONG_NAME:
            properties["path"] = _header_text(source, size).split(b"\0")[0]
            continue
        if kind == _PROPERTIES:
            properties |= _properties(_header_text(source, size))
            continue
        if kind in _ABOUT_OTHERS:
            source.skip(_padded(size))
            continue
        if "size" in properties:
            size = _decimal(properties["size"])
        start = source.place
        yield TarEntry(_name(header, properties), _kind(kind, properties), start, size, _content(source, size))
        source.skip(start + _padded(size) - source.place)
        properties = {}


def _content(source: Forward, size: int) -> Iterator[bytes]:
    """The next bytes in blocks; Damaged where they end early."""
    while size > 0:
        block = source.read(min(size, _READ_BYTES))
        size -= len(block)
        if block:
            yield block
        if source.damage is not None or not block:
            raise Damaged(source.damage or "the archive ends within this file")


def _sum_is_right(header: bytes) -> bool:
    try:
        stated = int(header[148:156].strip(b" \0"), 8)
    except ValueError:
        return False
    rest = header[:148] + b" " * 8 + header[156:]
    signed = sum(byte - 256 if byte > 127 else byte for byte in rest)
    return stated in (sum(rest), signed)


def _number(field: bytes) -> int:
    """Octal digits, or a number of 11 bytes after a mark; Damaged for another."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    try:
        number = int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        number = -1
    if number < 0:
        raise Damaged(f"a tar header states the size {field!r}")
    return number


def _decimal(field: bytes) -> int:
    if not (field.isdigit() and len(field) <= 19):
        raise Damaged(f"a tar header states the size {field[:30]!r}")
    return int(field)


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _header_text(source: Forward, size: int) -> bytes:
    if size > HEADER_BYTES_MAX:
        raise Damaged(f"a tar header claims to be {size:,} bytes long")
    return source.read(_padded(size))[:size]


def _properties(text: bytes) -> dict[str, bytes]:
    """The records "length name=value" that matter; those after one that makes no sense are left out."""
    known: dict[str, bytes] = {}
    place = 0
    while place < len(text):
        length, space, _ = text[place : place + 20].partition(b" ")
        if not (space and length.isdigit()) or int(length) <= len(length) + 1:
            break
        name, _, value = text[place + len(length) + 1 : place + int(length) - 1].partition(b"=")
        if name in (b"path", b"size"):
            known[name.decode("ascii")] = value
        elif name.startswith(b"GNU.sparse."):
            known["sparse"] = b""
        place += int(length)
    return known


def _name(header: bytes, properties: dict[str, bytes]) -> str:
    if "path" in properties:
        return decoded(properties["path"])
    prefix = header[345:500].split(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    name = header[:100].split(b"\0")[0]
    return decoded(prefix + b"/" + name if prefix else name)


def _kind(kind: bytes, properties: dict[str, bytes]) -> str | None:
    if kind == _SPARSE or "sparse" in properties:
        return "files stored with holes"
    if kind in _FILES:
        return "folders" if properties.get("path", b"").endswith(b"/") else None
    return _KINDS.get(kind, "entries of an unknown kind")
