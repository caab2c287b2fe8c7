"""Packed bytes unpacked on the way: gzip, bzip2, xz, zstd, and the bare deflate of zip archives.

Each is a function from small pieces of packed bytes to blocks of at most a few MiB; Damaged where the data end or break off.
A piece is small because what a few bytes unpack to cannot be bounded in every packing.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

import zstandard

from inconcert.ingest.stream.byte_stream import Damaged

Unpack = Callable[[Iterator[bytes]], Iterator[bytes]]

PIECE_BYTES = 4 << 10
"""At most so many packed bytes at once: in zstd, 4 bytes can unpack to 128 KiB."""

_OUTPUT_BYTES = 4 << 20
_ZSTD_WINDOW_MAX = 1 << 31  # archives of Reddit need it
_XZ_MEMORY_MAX = 512 << 20  # xz -9 needs 65 MiB


class _Unpacker(Protocol):
    """What bz2 and lzma offer."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Inflater:
    """zlib in the same manner."""

    def __init__(self, window_bits: int) -> None:
        self._zlib = zlib.decompressobj(wbits=window_bits)
        self._filled = False

    @property
    def eof(self) -> bool:
        """Whether the data are complete."""
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more data."""
        return not self._zlib.unconsumed_tail and not self._filled

    @property
    def unused_data(self) -> bytes:
        """What follows the complete data."""
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next unpacked bytes."""
        block = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._filled = len(block) == max_length
        return block


def _unpack(
    pieces: Iterator[bytes], new: Callable[[], _Unpacker], what: str, *, single: bool = False
) -> Iterator[bytes]:
    """single: the data are one stream, and what follows it is something else."""
    unpacker: _Unpacker | None = new()
    for piece in pieces:
        while piece:
            if unpacker is None:
                piece = piece.lstrip(b"\0")  # padding of tape archives, and between streams of xz
                if not piece:
                    break
                unpacker = new()
            try:
                while True:
                    if block := unpacker.decompress(piece, _OUTPUT_BYTES):
                        yield block
                    piece = b""
                    if unpacker.eof or unpacker.needs_input:
                        break
            except (zlib.error, OSError, lzma.LZMAError, EOFError) as error:
                raise Damaged(f"the {what} data are damaged ({error})") from error
            if unpacker.eof:
                piece, unpacker = unpacker.unused_data, None
                if single:
                    return
    if unpacker is not None:
        raise Damaged(f"the {what} data end early; the file is incomplete")


def unpack_zstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """zstd, one frame or many."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_MAX)
    frame, inside = unpacker.decompressobj(), False
    for piece in pieces:
        while piece:
            inside = True
            try:
                block = frame.decompress(piece)
            except zstandard.ZstdError as error:
                raise Damaged(f"the zstd data are damaged ({error})") from error
            if block:
                yield block
            piece = b""
            if frame.eof:
                piece = frame.unused_data
                frame, inside = unpacker.decompressobj(), False
    if inside:
        raise Damaged("the zstd data end early; the file is incomplete")


unpack_gzip: Unpack = partial(_unpack, new=partial(_Inflater, 31), what="gzip")
unpack_deflate: Unpack = partial(_unpack, new=partial(_Inflater, -15), what="deflate", single=True)
unpack_bzip2: Unpack = partial(_unpack, new=bz2.BZ2Decompressor, what="bzip2")
unpack_xz: Unpack = partial(
    _unpack, new=partial(lzma.LZMADecompressor, format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY_MAX), what="xz"
)


def packing_of(head: bytes) -> Unpack | None:
    """How a file is unpacked that begins with these bytes (16 are enough); None when it is not packed, or an archive."""
    if head.startswith(b"\x1f\x8b"):
        return unpack_gzip
    if head.startswith(zstandard.FRAME_HEADER) or (head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5):
        return unpack_zstd
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return unpack_bzip2
    return unpack_xz if head.startswith(b"\xfd7zXZ\0") else None
