"""A file's bytes, unpacked on the way: plain, gzip, zstd, or a zip archive of one file.

Unpacking is bounded: past 256 MiB a file may unpack to at most 100 times its own size. Exports of posts pack 3 to 30 times;
archives made to exhaust a machine pack a thousand times and more.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from inconcert.errors import InputError

EXPANSION_MAX = 100
"""Unpacked bytes for each packed byte, beyond EXPANSION_FREE_BYTES."""
EXPANSION_FREE_BYTES = 256 << 20

_READ_BYTES = 256 << 10
_ZSTD_READ_BYTES = 4 << 10  # a block of 4 bytes can unpack to 128 KiB, and its output cannot be bounded otherwise
_ZSTD_WINDOW_MAX = 1 << 31  # archives of Reddit need it
_OUTPUT_BYTES = 4 << 20

_REFUSED = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "an SQLite database: export its table as CSV",
    b"\xd0\xcf\x11\xe0": "an Office document: save its sheet as CSV, with the id columns as text",
    b"ARROW1": "an Arrow file: write it as Parquet",
    b"\x7fELF": "a program",
    b"Rar!": "a RAR archive: unpack it first",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it first",
    b"BZh": "packed with bzip2: unpack it first",
    b"\xfd7zXZ": "packed with xz: unpack it first",
}


class Damaged(Exception):
    """The bytes end or break off here; what came before is good. The message says why."""


class ByteStream(Protocol):
    """Blocks of unpacked bytes, and how far into the file they reach."""

    @property
    def size(self) -> int:
        """Bytes of the file itself."""

    @property
    def done(self) -> int:
        """How many of them were read."""

    def blocks(self) -> Iterator[bytes]:
        """The unpacked bytes, in blocks of at most a few MiB; Damaged where they break off."""


def check_file(path: Path) -> None:
    """InputError when the path is not an ordinary file with at least one byte that may be read.

    A pipe or device is recognised without opening it, so it cannot block.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        where = f"{path} (a link to {path.readlink()})" if path.is_symlink() else str(path)
        raise InputError(f"No file {where}.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if stat.S_ISDIR(state.st_mode):
        raise InputError(f"{path} is a folder. Name the files in it, for instance {path}/*.csv.")
    if not stat.S_ISREG(state.st_mode):
        raise InputError(f"{path} is not an ordinary file (a pipe, socket or device). Save it to a file first.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if empty:
        raise InputError(f"{path} is empty (0 bytes).")


def open_bytes(path: Path, name: str) -> ByteStream:
    """The stream of a file that `check_file` accepted; InputError names what a file is that holds no table.

    name: what messages call the file.
    """
    with path.open("rb") as file:
        head = file.read(16)
    for magic, what in _REFUSED.items():
        if head.startswith(magic):
            raise InputError(f"{name} is {what}, not a table of posts. CSV, TSV, JSON lines and Parquet are read.")
    if head.startswith(b"\x1f\x8b"):
        return _Gzip(path, name)
    if head.startswith(zstandard.FRAME_HEADER) or (head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5):
        return _Zstd(path, name)
    if head.startswith(b"PK\x03\x04"):
        return _Zip(path, name)
    return _Plain(path, name)


class _Plain:
    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.size, self.done = path.stat().st_size, 0

    def blocks(self) -> Iterator[bytes]:
        """The unpacked bytes."""
        unpacked = 0
        with self.path.open("rb") as file:
            for block in self._unpack(file):
                unpacked += len(block)
                if unpacked > max(EXPANSION_FREE_BYTES, EXPANSION_MAX * self.done):
                    raise InputError(
                        f"{self.name} unpacks to more than {EXPANSION_MAX} times its size ({self.done:,} bytes gave "
                        f"{unpacked:,}), which no export of posts does. If it is genuine, unpack it first."
                    )
                yield block

    def _unpack(self, file: BinaryIO) -> Iterator[bytes]:
        while block := file.read(_OUTPUT_BYTES):
            self.done = file.tell()
            yield block


class _Gzip(_Plain):
    def _unpack(self, file: BinaryIO) -> Iterator[bytes]:
        member = zlib.decompressobj(wbits=31)
        waiting = b""
        while waiting or (waiting := file.read(_READ_BYTES)):
            try:
                block = member.decompress(waiting, _OUTPUT_BYTES)
            except zlib.error as error:
                raise Damaged(f"the gzip data are damaged ({error})") from error
            waiting = member.unconsumed_tail
            self.done = file.tell() - len(waiting)
            if block:
                yield block
            if member.eof:
                waiting = (member.unused_data or file.read(_READ_BYTES)).lstrip(b"\0")  # padding of tape archives
                if not waiting:
                    return
                member = zlib.decompressobj(wbits=31)
        raise Damaged("the gzip data end early; the file is incomplete")


class _Zstd(_Plain):
    def _unpack(self, file: BinaryIO) -> Iterator[bytes]:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_MAX)
        frame, inside = unpacker.decompressobj(), False
        while waiting := file.read(_ZSTD_READ_BYTES):
            self.done = file.tell()
            while waiting:
                inside = True
                try:
                    block = frame.decompress(waiting)
                except zstandard.ZstdError as error:
                    raise Damaged(f"the zstd data are damaged ({error})") from error
                if block:
                    yield block
                waiting = b""
                if frame.eof:
                    waiting = frame.unused_data
                    frame, inside = unpacker.decompressobj(), False
        if inside:
            raise Damaged("the zstd data end early; the file is incomplete")


class _Zip(_Plain):
    def _unpack(self, file: BinaryIO) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(file) as archive, archive.open(self._member(archive)) as member:
                while block := member.read(_READ_BYTES):
                    self.done = file.tell()
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Damaged(f"the zip data are damaged ({error})") from error
        except RuntimeError as error:
            raise InputError(f"{self.name} is encrypted. Unpack it with its password first.") from error

    def _member(self, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
        inside = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
        if any(member.filename == "[Content_Types].xml" for member in inside):
            raise InputError(f"{self.name} is an Office workbook. Save its sheet as CSV, with the id columns as text.")
        if len(inside) != 1:
            names = ", ".join(member.filename for member in inside[:3])
            raise InputError(f"{self.name} holds {len(inside)} files ({names} ...). Unpack it and name the files.")
        return inside[0]
