"""CAR files of version 1: sections with their length before them, a header and then blocks, each named by its hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import libipld

from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

CID = re.compile(rb"\x01[\x55\x71]\x12\x20.{32}", re.DOTALL)
"""The names of blocks that repositories use: version 1, of plain bytes or of a record, by SHA-256."""
CID_BYTES = 36


@dataclass(frozen=True)
class Block:
    """cid: its name.   content: its bytes, which have the hash that is in the name.   is_root: whether the header names it."""

    cid: bytes
    content: bytes
    is_root: bool


def blocks(stream: ByteStream) -> Iterator[Block | Item]:
    """The blocks whose bytes have the hash that names them, in order; an Item for what is damaged."""
    window = _Window(stream)
    header = decoded(window.section() or b"")
    roots = header.get("roots") if isinstance(header, dict) else None
    if not isinstance(roots, list):
        yield Item(None, "", "the header of the CAR file is damaged")
    while (section := window.section()) is not None:
        cid, content = section[:CID_BYTES], section[CID_BYTES:]
        if CID.fullmatch(cid) is None:
            yield Item(None, section[:100].hex(), "a block that is not named as those of repositories are")
        elif hashlib.sha256(content).digest() != cid[4:]:
            yield Item(None, libipld.encode_cid(cid), "a block whose bytes do not have the hash that names it")
        else:
            yield Block(cid, content, isinstance(roots, list) and cid in roots)
    if window.fault is not None:
        yield Item(None, "", window.fault)


class _Window:
    """Bytes of the stream, cut into sections by the lengths written before them.   fault: why no more can be cut."""

    def __init__(self, stream: ByteStream) -> None:
        self.fault: str | None = None
        self._blocks, self._held, self._place = stream.blocks(), b"", 0

    def section(self) -> bytes | None:
        """The next section; None at the end, or where the file breaks off."""
        if self.fault is not None or not self._fill(1):
            return None
        length = shift = 0
        while True:
            if shift > 28 or not self._fill(1):
                self._end("a length that makes no sense")
                return None
            byte = self._held[self._place]
            self._place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if length > RECORD_BYTES_MAX:
            self._end(f"a block of {length:,} bytes, which is more than {RECORD_BYTES_MAX >> 20} MiB")
            return None
        if not self._fill(length):
            self._end("the file ends in the middle of a block")
            return None
        self._place += length
        return self._held[self._place - length : self._place]

    def _end(self, fault: str) -> None:
        self.fault = f"{self.fault or fault}; what follows cannot be told apart and was not read"

    def _fill(self, length: int) -> bool:
        size = len(self._held) - self._place
        if size >= length:
            return True
        parts = [self._held[self._place :]]
        try:
            while size < length and (part := next(self._blocks, None)) is not None:
                parts.append(part)
                size += len(part)
        except Damaged as damage:
            self.fault = str(damage)
        self._held, self._place = b"".join(parts), 0
        return size >= length


def decoded(content: bytes) -> Any:
    """What the bytes stand for; None when they make no sense."""
    try:
        return libipld.decode_dag_cbor(content)
    except (ValueError, RecursionError):
        return None
