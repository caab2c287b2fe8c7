"""Streams of bytes that lie within others: unpacked, a stretch of a file, or passing by only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.packings import PIECE_BYTES, Unpack
from inconcert.ingest.stream.room import Room, whole

_READ_BYTES = 256 << 10
_MEMORY_BYTES = 8 << 20


class Unpacked:
    """What another stream unpacks to (`ByteStream`); InputError while reading when that is far too much."""

    def __init__(self, below: ByteStream, unpack: Unpack, name: str, room: Room) -> None:
        self._below, self._unpack, self._name, self._room = below, unpack, name, room
        self._charged = 0

    @property
    def size(self) -> int:
        """Bytes of the stream below."""
        return self._below.size

    @property
    def done(self) -> int:
        """How many of them were read."""
        return self._below.done

    def blocks(self) -> Iterator[bytes]:
        """The unpacked bytes."""
        taken = unpacked = 0

        def pieces() -> Iterator[bytes]:
            nonlocal taken
            for block in self._below.blocks():
                for start in range(0, len(block), PIECE_BYTES):
                    piece = block[start : start + PIECE_BYTES]
                    taken += len(piece)
                    yield piece

        for block in self._unpack(pieces()):
            unpacked += len(block)
            if unpacked > max(byte_stream.EXPANSION_FREE_BYTES, byte_stream.EXPANSION_MAX * taken):
                raise InputError(
                    f"{self._name} unpacks to more than {byte_stream.EXPANSION_MAX} times its size ({taken:,} bytes gave "
                    f"{unpacked:,}), which no export of posts does. If it is genuine, unpack it first."
                )
            if unpacked > self._charged:  # read again, the same bytes are no more than they were
                self._room.charge(unpacked - self._charged)
                self._charged = unpacked
            yield block

    def path(self) -> Path:
        """An unpacked copy."""
        return whole(self._room, self.blocks(), self._name)


class Stretch:
    """Part of a file (`ByteStream`)."""

    def __init__(self, file: Path, start: int, size: int, name: str, room: Room) -> None:
        self._file, self._start, self.size, self.done = file, start, size, 0
        self._name, self._room = name, room

    def blocks(self) -> Iterator[bytes]:
        """The bytes of the stretch."""
        with self._file.open("rb") as file:
            file.seek(self._start)
            place = 0
            while place < self.size:
                block = file.read(min(_READ_BYTES, self.size - place))
                if not block:
                    raise Damaged("the archive ends within this file")
                place += len(block)
                self.done = place
                yield block

    def path(self) -> Path:
        """A copy of the stretch."""
        return whole(self._room, self.blocks(), self._name)


class Passing:
    """Bytes that come by only once (`ByteStream`): what was read of them is kept, and read again from there.

    The first MiBs are kept in memory, so that small files of an archive never touch the disk.
    """

    def __init__(self, blocks: Iterator[bytes], size: int, name: str, room: Room) -> None:
        self._coming, self.size, self.done = blocks, size, 0
        self._name, self._room = name, room
        self._memory: list[bytes] = []
        self._file: Path | None = None
        self._kept_bytes = 0
        self._damage: str | None = None
        self._refusal: InputError | None = None

    def blocks(self) -> Iterator[bytes]:
        """The bytes from the beginning: those kept, then those that come."""
        self.done = 0
        place = 0
        while block := (self._again(place) if place < self._kept_bytes else self._next()):
            place += len(block)
            self.done = place
            yield block
        if self._damage is not None:
            raise Damaged(self._damage)

    def path(self) -> Path:
        """A file with all of them; InputError when they break off."""
        for _ in self.blocks():
            pass
        if self._damage is not None:
            raise InputError(f"{self._name} cannot be read whole: {self._damage}. Fetch it again.")
        return self._to_file()

    def _again(self, start: int) -> bytes:
        if self._file is not None:
            with self._file.open("rb") as file:
                file.seek(start)
                return file.read(_READ_BYTES)
        for block in self._memory:
            if start < len(block):
                return block[start:]
            start -= len(block)
        return b""

    def _next(self) -> bytes:
        if self._refusal is not None:  # nothing more comes, but that is no end
            raise self._refusal
        try:
            block = next(self._coming, b"")
            self._memory.append(block)
            self._kept_bytes += len(block)
            if self._file is not None or self._kept_bytes > _MEMORY_BYTES:
                self._to_file()
        except Damaged as damage:
            self._damage = str(damage)
            return b""
        except InputError as refusal:
            self._refusal = refusal
            raise
        return block

    def _to_file(self) -> Path:
        """Move what is kept in memory to the file."""
        if self._file is None:
            self._file = self._room.new_file(self._name)
            self._file.touch()
        for block in self._memory:
            self._room.write(self._file, block, self._name)
        self._memory.clear()
        return self._file
