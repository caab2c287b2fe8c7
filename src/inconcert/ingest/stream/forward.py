"""Bytes read forwards by lengths and lines, for formats whose records say how long they are."""

from __future__ import annotations

from collections.abc import Iterator

from inconcert.ingest.stream.byte_stream import Damaged


class Forward:
    """A reader of blocks that keeps one block and what was asked for.

    place: bytes used so far.   damage: why the bytes broke off, None while they have not.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.place = 0
        self.damage: str | None = None
        self._blocks, self._block, self._used = blocks, b"", 0

    def read(self, length: int) -> bytes:
        """So many bytes, fewer only where they end."""
        parts = []
        while length > 0 and self._more():
            parts.append(self._take(length))
            length -= len(parts[-1])
        return b"".join(parts)

    def skip(self, length: int) -> int:
        """Pass so many bytes; how many there were."""
        passed = 0
        while passed < length and self._more():
            passed += len(self._take(length - passed))
        return passed

    def line(self, most: int) -> bytes:
        """The next line with its end, or its first `most` bytes; empty at the end."""
        parts: list[bytes] = []
        while most > 0 and self._more():
            end = self._block.find(b"\n", self._used)
            length = (end + 1 if end >= 0 else len(self._block)) - self._used
            parts.append(self._take(min(length, most)))
            most -= len(parts[-1])
            if parts[-1].endswith(b"\n"):
                break
        return b"".join(parts)

    def ahead(self, mark: bytes) -> bool:
        """Whether these are the next bytes."""
        while len(self._block) - self._used < len(mark):
            rest = self._block[self._used :]
            self._block, self._used = b"", 0
            if not self._more():
                self._block = rest
                return False
            self._block = rest + self._block
        return self._block.startswith(mark, self._used)

    def _take(self, most: int) -> bytes:
        part = self._block[self._used : self._used + most]
        self._used += len(part)
        self.place += len(part)
        return part

    def _more(self) -> bool:
        """Whether a byte waits."""
        while self._used == len(self._block):
            try:
                block = next(self._blocks, None)
            except Damaged as damage:
                self.damage, block = str(damage), None
            if block is None:
                self._blocks = iter(())
                return False
            self._block, self._used = block, 0
        return True
