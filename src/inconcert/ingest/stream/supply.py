"""Bytes that wait to be cut into records, filled up from blocks as they are used."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from inconcert.ingest.stream.byte_stream import Damaged

RECORD_BYTES_MAX = 16 << 20
"""No record is longer."""
BLOCK_BYTES = 16 << 20


class Supply:
    """The text still to be used; a line end is added at its end, unless it breaks off.

    damage: why the bytes broke off, None while they have not.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.damage: str | None = None
        self._blocks, self._ended = blocks, False
        self._text, self._place = b"", 0

    def __len__(self) -> int:
        return len(self._text) - self._place

    def waiting(self) -> NDArray[np.uint8]:
        """All that waits, without copying it."""
        return np.frombuffer(self._text, np.uint8)[self._place :]

    def last_line_end(self) -> int:
        """Length up to and with the last line end; 0 without one."""
        last = max(self._text.rfind(b"\n", self._place), self._text.rfind(b"\r", self._place))
        return last + 1 - self._place if last >= 0 else 0

    def more(self) -> bool:
        """Have BLOCK_BYTES waiting, or all that is left; False when nothing came, or a whole record's worth waits already."""
        if self._ended or len(self) >= RECORD_BYTES_MAX:
            return False
        parts, size = [self._text[self._place :]], len(self)
        while not self._ended and size < BLOCK_BYTES:
            parts.append(self._next())
            size += len(parts[-1])
        self._text, self._place = b"".join(parts), 0
        return len(parts) > 1

    def take(self, length: int) -> bytes:
        """Use the first bytes."""
        start, self._place = self._place, self._place + length
        return self._text[start : self._place]

    def take_line(self) -> bytes:
        """Use the first line, however long, and its end; its first RECORD_BYTES_MAX bytes, without the end."""
        line = b""
        while True:
            end = self._text.find(b"\n", self._place)
            earlier = self._text.find(b"\r", self._place, end if end >= 0 else None)
            end = earlier if earlier >= 0 else end
            line += self._text[self._place : end if end >= 0 else None][: RECORD_BYTES_MAX - len(line)]
            if end >= 0:
                self._place = end + 1
                return line
            if self._ended:
                self._text, self._place = b"", 0
                return line
            self._text, self._place = self._next(), 0

    def take_rest(self) -> bytes:
        """Use all that waits; its first RECORD_BYTES_MAX bytes."""
        rest = self._text[self._place :][:RECORD_BYTES_MAX]
        self._text, self._place = b"", 0
        return rest

    def _next(self) -> bytes:
        try:
            block = next(self._blocks, None)
        except Damaged as damage:
            self._ended, self.damage = True, str(damage)
            return b""
        if block is None:
            self._ended = True
            return b"\n"
        return block
