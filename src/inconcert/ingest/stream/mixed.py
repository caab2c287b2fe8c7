"""Text in UTF-8 after which UTF-16 follows, as where two files were put one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.encoding import UTF16_WITHIN, utf16_begins
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

_BEFORE = 64
"""Bytes kept of the block before, by which it shows that UTF-8 went before."""


class Mixed(Damaged):
    """UTF-16 begins here.   rest: what follows, its first RECORD_BYTES_MAX bytes."""

    def __init__(self, rest: bytes) -> None:
        super().__init__(UTF16_WITHIN)
        self.rest = rest


def before_utf16(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks of UTF-8 text up to where UTF-16 begins; Mixed there."""
    last = b""
    for block in blocks:
        content = last + block
        start = next((n for n, byte in enumerate(content[:4]) if byte & 0xC0 != 0x80), 0)  # within a character
        place = utf16_begins(content[start:]) if b"\0" in block or b"\xff" in block else None
        if place is not None:
            place = max(start + place, len(last))
            yield content[len(last) : place]
            raise Mixed(_rest(content[place:], blocks))
        yield block
        last = content[-_BEFORE:]


def _rest(beginning: bytes, blocks: Iterator[bytes]) -> bytes:
    parts, size = [beginning], len(beginning)
    with suppress(Damaged):  # one fault is told, and it comes first
        while size < RECORD_BYTES_MAX and (block := next(blocks, None)) is not None:
            parts.append(block)
            size += len(block)
    return b"".join(parts)[:RECORD_BYTES_MAX]
