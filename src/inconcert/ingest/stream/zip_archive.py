"""Zip archives: the files they list, or, where the list at their end is missing, the files found from their beginning."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from inconcert.errors import InputError
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.member_name import decoded
from inconcert.ingest.stream.packings import Unpack, unpack_bzip2, unpack_deflate, unpack_xz, unpack_zstd
from inconcert.ingest.stream.room import Room
from inconcert.ingest.stream.unpacked import Stretch, Unpacked

LIST_BYTES_MAX = 32 << 20
"""No longer list of files is read: it is held in memory."""

_HEADER = struct.Struct("<4s5H3L2H")
_BEGINS, _DESCRIBES = b"PK\x03\x04", b"PK\x07\x08"
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 1, 8, 0x800
_UNKNOWN = 0xFFFFFFFF
_SCAN_BYTES = 1 << 20
_STORED = 0
_METHODS: dict[int, Unpack] = {8: unpack_deflate, 12: unpack_bzip2, 93: unpack_zstd, 95: unpack_xz}


@dataclass(frozen=True)
class ZipEntry:
    """One file of an archive.   start: place of its header.   packed, crc: bytes of its data, and their check unpacked; None unknown.
    limit: where the next entry begins.
    """

    name: str
    start: int
    packed: int
    method: int
    crc: int | None
    limit: int
    folder: bool
    link: bool
    encrypted: bool


def listed(path: Path, name: str) -> list[ZipEntry]:
    """The files that the list at the end of the archive names, in the order of their bytes; Damaged when it cannot be read.

    name: what messages call the archive. InputError when the list is too long.
    """
    try:
        with _Listing(path) as file, zipfile.ZipFile(file) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
            ends = [*(info.header_offset for info in infos), archive.start_dir][1:]
    except _TooLong:
        raise InputError(
            f"{name} lists more files than can be read at once (its list has over {LIST_BYTES_MAX >> 20} MiB). Unpack it first."
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError) as error:
        raise Damaged(f"the list of its files cannot be read ({error})") from error
    return [_of_list(info, end) for info, end in zip(infos, ends, strict=True)]


def found(path: Path) -> Iterator[ZipEntry]:
    """The files whose headers follow each other from the beginning, for an archive that broke off."""
    size, start = path.stat().st_size, 0
    with path.open("rb") as file:
        while (header := _header_at(file, start)) is not None:
            flags, method, crc, packed, raw, data = header
            check: int | None = crc
            end: int | None = data + packed
            if flags & _SIZES_FOLLOW and not packed:
                end, packed, check = _described(file, data, size)
            yield ZipEntry(
                name=raw.decode("utf-8", "replace") if flags & _UTF8 else decoded(raw),
                start=start,
                packed=packed,
                method=method,
                crc=check,
                limit=size if end is None else max(end, data + packed),
                folder=raw.endswith((b"/", b"\\")),
                link=False,
                encrypted=bool(flags & _ENCRYPTED),
            )
            if end is None:
                return
            start = end


def content(path: Path, entry: ZipEntry, name: str, room: Room) -> ByteStream:
    """The bytes of a file of the archive.   name: what messages call that file.

    InputError when it is encrypted, packed in an unknown manner, or not where the list says.
    """
    if entry.encrypted:
        raise InputError(f"{name} is encrypted. Unpack it with its password first.")
    if entry.method != _STORED and entry.method not in _METHODS:
        raise InputError(f"{name} is packed in a manner that is not read (method {entry.method}). Unpack it first.")
    with path.open("rb") as file:
        header = _header_at(file, entry.start)
    if header is None:
        raise InputError(f"{name} is not where the archive says. Fetch the archive again.")
    data = header[-1]
    if data + entry.packed > entry.limit:
        raise InputError(f"{name} shares its bytes with another file of the archive, as no archive of a person does.")
    unpack = partial(_checked, crc=entry.crc, unpack=_METHODS.get(entry.method))
    return Unpacked(Stretch(path, data, entry.packed, name, room), unpack, name, room)


class _TooLong(Exception):
    """The list of files does not fit."""


class _Listing(io.FileIO):
    """A file of which no more is read at once than a list of files may have: zipfile reads as much as a header claims."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LIST_BYTES_MAX:
            raise _TooLong
        return super().read(-1 if size is None else size) or b""


def _of_list(info: zipfile.ZipInfo, end: int) -> ZipEntry:
    utf8 = bool(info.flag_bits & _UTF8)
    return ZipEntry(
        name=info.filename if utf8 else decoded(info.orig_filename.encode("cp437", "replace")),
        start=info.header_offset,
        packed=info.compress_size,
        method=info.compress_type,
        crc=info.CRC,
        limit=end,
        folder=info.filename.endswith(("/", "\\")),
        link=stat.S_ISLNK(info.external_attr >> 16),
        encrypted=bool(info.flag_bits & _ENCRYPTED),
    )


def _header_at(file: BinaryIO, start: int) -> tuple[int, int, int, int, bytes, int] | None:
    """Flags, method, CRC, packed bytes, name and place of the data of the header there; None when there is no header."""
    if not 0 <= start < file.seek(0, io.SEEK_END):
        return None
    file.seek(start)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    signature, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = _HEADER.unpack(head)
    if signature != _BEGINS:
        return None
    name, extra = file.read(name_length), file.read(extra_length)
    if len(name) + len(extra) < name_length + extra_length:
        return None
    if packed == _UNKNOWN:
        packed = _long_size(extra, after_unpacked=unpacked == _UNKNOWN)
    return flags, method, crc, packed, name, start + _HEADER.size + name_length + extra_length


def _long_size(extra: bytes, *, after_unpacked: bool) -> int:
    """The packed size of zip64, out of the extra field 1."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        at = place + 4 + 8 * after_unpacked
        if kind == 1 and at + 8 <= min(len(extra), place + 4 + length):
            return int(struct.unpack_from("<Q", extra, at)[0])
        place += 4 + length
    return _UNKNOWN


def _described(file: BinaryIO, data: int, size: int) -> tuple[int | None, int, int | None]:
    """Where a file ends whose sizes follow its data, its packed bytes and its CRC; (None, the rest, None) if nothing says."""
    tail, place = b"", data
    file.seek(data)
    while chunk := file.read(_SCAN_BYTES):
        text = tail + chunk
        at = text.find(_DESCRIBES)
        while 0 <= at <= len(text) - 24:
            packed = place - len(tail) + at - data
            crc, short = struct.unpack_from("<2L", text, at + 4)
            long = struct.unpack_from("<Q", text, at + 8)[0]
            if packed == short and packed != long:
                return data + packed + 16, packed, int(crc)
            if packed == long:
                return data + packed + 24, packed, int(crc)
            at = text.find(_DESCRIBES, at + 1)
        place += len(chunk)
        tail = text[-23:]
    return None, size - data, None


def _checked(pieces: Iterator[bytes], crc: int | None, unpack: Unpack | None) -> Iterator[bytes]:
    check = 0
    for block in pieces if unpack is None else unpack(pieces):
        check = zlib.crc32(block, check)
        yield block
    if crc is not None and check != crc:
        raise Damaged("its bytes are not those that the archive was made of (the CRC differs)")
