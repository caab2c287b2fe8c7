"""What unpacking one file may use up: bytes in all, and room in a scratch folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream
from inconcert.ingest.stream.byte_stream import Damaged

DISK_LEFT_BYTES = 512 << 20
"""Unpacking stops before a disk has less left than that."""


class Room:
    """Counts what is unpacked out of one file over all levels, and keeps the files that had to be written for it.

    folder: where they are written, under numbers and never under names out of an archive; None where nothing may be written.
    """

    def __init__(self, packed_bytes: int, name: str, folder: Path | None) -> None:
        """packed_bytes: size of the file.   name: what messages call it."""
        self._limit = max(byte_stream.EXPANSION_FREE_BYTES, byte_stream.EXPANSION_MAX * packed_bytes)
        self._name, self._folder = name, folder
        self._unpacked = 0
        self._written: list[Path] = []
        self._numbers = iter(range(1 << 62))

    @property
    def writable(self) -> bool:
        """Whether files may be written."""
        return self._folder is not None

    def charge(self, unpacked_bytes: int) -> None:
        """Count bytes that were unpacked; InputError when they are too many."""
        self._unpacked += unpacked_bytes
        if self._unpacked > self._limit:
            raise InputError(
                f"{self._name} unpacks to more than {byte_stream.EXPANSION_MAX} times its size, all files in it together "
                f"({self._unpacked:,} bytes so far). If it is genuine, unpack it first."
            )

    def new_file(self, name: str) -> Path:
        """The path of a file to write, removed at the end of `emptied`.   name: what is to be unpacked, for messages."""
        if self._folder is None:
            raise InputError(f"{name} can only be read when it is unpacked. Unpack {self._name} first.")
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / str(next(self._numbers))
        self._written.append(path)
        return path

    def write(self, path: Path, block: bytes, name: str) -> None:
        """Add bytes to a file of `new_file`; InputError when the disk is nearly full."""
        try:
            if shutil.disk_usage(path.parent).free - len(block) < DISK_LEFT_BYTES:
                raise InputError(_full(name, path.parent))
            with path.open("ab") as file:
                file.write(block)
        except OSError as error:
            raise InputError(f"{_full(name, path.parent)} ({error.strerror})") from error

    def copy(self, blocks: Iterable[bytes], name: str) -> tuple[Path, str | None]:
        """All blocks as a file, and why they break off if they do."""
        path = self.new_file(name)
        path.touch()
        try:
            for block in blocks:
                self.write(path, block, name)
        except Damaged as damage:
            return path, str(damage)
        return path, None

    def leave(self) -> None:
        """Remove the folder, unless somebody else has files in it."""
        if self._folder is not None and self._folder.is_dir() and not any(self._folder.iterdir()):
            self._folder.rmdir()

    @contextmanager
    def emptied(self) -> Iterator[None]:
        """Remove, when the block ends, the files that were written within it."""
        before = len(self._written)
        try:
            yield
        finally:
            for path in self._written[before:]:
                path.unlink(missing_ok=True)
            del self._written[before:]


def whole(room: Room, blocks: Iterable[bytes], name: str) -> Path:
    """All blocks as a file; InputError when they break off."""
    path, damage = room.copy(blocks, name)
    if damage is not None:
        raise InputError(f"{name} cannot be read whole: {damage}. Fetch it again.")
    return path


def _full(name: str, folder: Path) -> str:
    return f"There is no room to unpack {name} in {folder}. Make room there, or unpack it elsewhere and name the files."
